import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { AnalysisFailure, Assumption, Finding, Obligation } from '../analysis/findings.js';
import { addDisposer } from './add-disposer.js';
import { addRelease } from './add-release.js';
import { awaitReturnedPromise } from './await-returned.js';
import { childrenOf } from '../analysis/syntax/children.js';
import { functionAround, isFunction } from '../analysis/syntax/functions.js';
import type { EditContext } from './context.js';
import { createEditContext } from './context.js';
import type { Draft } from './draft.js';
import { areCompatible, areEntangled, isConsistent, render } from './draft.js';
import { heldRegionOf, regionOfCallback } from './held-region.js';
import { moveAcquireBeforeTry } from './move-acquire.js';
import { releaseInFinallyHandler } from './promise-chain.js';
import { parameterOf, receivingCallbackOf } from './receiving-callback.js';
import { releaseBeforeReturn } from './release-before-return.js';
import { releaseBeforeHandOver, releaseOnFailure } from './release-on-error.js';
import { releaseBeforeDropping } from './release-dropped.js';
import { writeRelease } from './release-text.js';
import { releaseStatementsOf, valueOf } from './release-statements.js';
import { releaserOf } from './releaser-name.js';
import type { Repair } from './repair.js';
import { releaseBeforeReplacing, releaseInDisposer } from './release-field.js';
import { terminateAfterMessage } from './terminate-after-message.js';
import { terminateWhenSettled } from './terminate-when-settled.js';
import { useScopedForm } from './scoped-form.js';
import { finalSectionOf, openSection, sectionOf } from './section.js';
import { coverWithFinally } from './try-finally.js';

export type { RepairId } from './repair.js';
export { repairMessages } from './repair.js';

/** What an editor can do about one finding. Both are ready for a report descriptor. */
export interface Edits {
  readonly fix: TSESLint.ReportFixFunction | null;
  readonly suggest: readonly Suggestion[];
}

export interface Suggestion {
  readonly messageId: Repair['messageId'];
  readonly data?: Record<string, string>;
  readonly fix: TSESLint.ReportFixFunction;
}

export interface EditOptions {
  readonly fixes?: 'none' | 'safe' | undefined;
  readonly onFailure: (failure: AnalysisFailure) => void;
}

/**
 * The edits for the findings of one rule in one file. Every edit replaces the text of the whole function that it was
 * reasoned about, so that no other fix of the same pass changes what it rests on; an automatic one repairs all findings
 * of its function that can be repaired together.
 *
 * @param options.fixes `none` makes suggestions of the automatic edits
 * @param options.onFailure called when the search for a finding's edits fails; it goes without
 */
export function editsOf(
  sourceCode: TSESLint.SourceCode,
  findings: readonly Finding[],
  { fixes = 'safe', onFailure }: EditOptions,
): Map<Finding, Edits> {
  const context = createEditContext(sourceCode, findings);
  const repairs = new Map(findings.map(finding => [finding, repairsOrNone(finding)]));
  const automatic = fixes === 'none' ? new Map<Finding, Repair>() : automaticOf(repairs);
  return new Map(
    findings.map(finding => {
      const own = automatic.get(finding);
      const fix = own === undefined ? null : replacement(context, finding.obligation.owner, mergedDrafts(finding, own.draft, automatic));
      const suggest = (repairs.get(finding) ?? [])
        .filter(repair => repair !== own)
        .map(({ messageId, data, draft, scope = finding.obligation.owner }) => ({
          messageId,
          ...(data === undefined ? {} : { data: { ...data } }),
          fix: replacement(context, scope, [draft]),
        }));
      return [finding, { fix, suggest }];
    }),
  );

  function repairsOrNone(finding: Finding): Repair[] {
    try {
      return repairsOf(context, finding);
    } catch (error) {
      onFailure({ node: finding.obligation.acquire, error });
      return [];
    }
  }
}

function automaticOf(repairs: ReadonlyMap<Finding, readonly Repair[]>): Map<Finding, Repair> {
  const exact = new Map(
    [...repairs].flatMap(([finding, [first]]): [Finding, Repair][] =>
      first?.isExact === true && allowsFix(finding) ? [[finding, first]] : [],
    ),
  );
  const isFree = ([finding, { draft }]: [Finding, Repair]): boolean =>
    [...exact].every(
      ([other, repair]) => other.obligation.owner !== finding.obligation.owner || !areEntangled(draft, repair.draft),
    );
  return new Map([...exact].filter(isFree));
}

/** That a call fails, nothing else: if it never does, the edit changes nothing. */
const callsThatFail: ReadonlySet<Assumption['kind']> = new Set(['callMayThrow', 'promiseMayReject']);

/**
 * Whether the finding is sure enough, and the code shows enough of what its author wants, that nobody has to look: it
 * is released on some path, a release means the same after a failure, and `finally` waits for nothing that can fail, as
 * that would mask the error on its way.
 */
function allowsFix({ assumptions, kind, obligation: { releases, specification } }: Finding): boolean {
  const { releaseAfterFailure = 'same', awaitRelease = false } = specification;
  return (
    assumptions.every(assumption => callsThatFail.has(assumption.kind)) &&
    kind !== 'missedInCallback' &&
    releases.length > 0 &&
    releaseAfterFailure === 'same' &&
    (!awaitRelease || kind === 'acquiredInsideTry' || kind === 'releasedEarly')
  );
}

/** The drafts of the function's automatic edits: this one and, in source order, what can be done along with it. */
function mergedDrafts({ obligation }: Finding, own: Draft, automatic: ReadonlyMap<Finding, Repair>): Draft[] {
  const drafts = [own];
  for (const [other, { draft }] of automatic) {
    if (other.obligation.owner === obligation.owner && drafts.every(taken => taken !== draft && areCompatible(taken, draft))) {
      drafts.push(draft);
    }
  }
  return drafts;
}

function replacement(context: EditContext, { range }: TSESTree.Node, drafts: readonly Draft[]): TSESLint.ReportFixFunction {
  const text = render(context.sourceCode, context.layout, range, drafts);
  return fixer => fixer.replaceTextRange(range, text);
}

/** What repairs a finding, best first. */
function repairsOf(context: EditContext, finding: Finding): Repair[] {
  const { obligation } = finding;
  const binding = obligation.binding ?? parameterOf(obligation);
  const named = binding === undefined ? finding : { ...finding, obligation: { ...obligation, binding } };
  return builders(context, named).flatMap(repair => (repair !== null && isConsistent(repair.draft) ? [repair] : []));
}

function builders(context: EditContext, finding: Finding): (Repair | null)[] {
  const { kind, obligation } = finding;
  switch (kind) {
    case 'releasedEarly':
      return [awaitReturnedPromise(context, finding)];
    case 'acquiredInsideTry':
      return [moveAcquireBeforeTry(context, obligation)];
    case 'missedInCallback':
      return [coverCallback(context, finding)];
    case 'borrowedKept':
    case 'borrowedReleased':
    case 'usedAfterRelease':
      return [];
    case 'droppedFromContainer':
      return [releaseBeforeDropping(context, finding)];
    case 'neverReleasedByOwner':
      return [addDisposer(context, finding)];
    case 'missedByDisposer':
      return [releaseInDisposer(context, finding)];
    case 'replaced':
      return [releaseBeforeReplacing(context, finding)];
    case 'settledWithout':
      return [terminateWhenSettled(context, obligation)];
    default:
      if (worksOnItsOwn(context, obligation)) {
        return [isSettling(obligation) ? terminateWhenSettled(context, obligation) : terminateAfterMessage(context, obligation)];
      }
      return obligation.releases.length === 0 ? coverRest(context, finding) : coverReleased(context, finding);
  }
}

function isSettling({ settlements = [] }: Obligation): boolean {
  return settlements.length > 0;
}

/** Whether the function goes on without a thread that it has started: to end it at its end would be too soon. */
function worksOnItsOwn({ sourceCode }: EditContext, { owner, acquire, releases, specification: { kind } }: Obligation): boolean {
  return (kind === 'worker' || kind === 'pool') && releases.length === 0 && (owner.type === 'Program' || !waits(owner.body));

  function waits(node: TSESTree.Node): boolean {
    return (
      (node.type === 'AwaitExpression' && node.range[0] > acquire.range[0]) ||
      (node.type === 'ReturnStatement' && node.argument !== null && kind === 'pool') ||
      (!isFunction(node) && childrenOf(node, sourceCode.visitorKeys).some(waits))
    );
  }
}

/** The code up to the last release is covered. */
function coverReleased(context: EditContext, finding: Finding): (Repair | null)[] {
  const { obligation } = finding;
  const releases = tellsResult(obligation)
    ? null
    : releaseStatementsOf(obligation, receivingCallbackOf(obligation) ?? obligation.owner);
  const region = heldRegionOf(context, finding, releases ?? []);
  if (releases === null || region === null) {
    const releaser = releaserOf(context, obligation);
    const release = releaser?.name === undefined ? null : writeRelease(context, obligation, releaser.name);
    return [
      releaseInFinallyHandler(context, finding),
      region === null || release === null ? null : releaseBeforeHandOver(context, finding, region, [], release),
      release === null ? null : releaseBeforeReturn(context, finding, release),
    ];
  }
  const section = finalSectionOf(context, finding, region, releases) ?? sectionOf(context, finding, region, releases);
  if (section === null) {
    const [release] = releases.flatMap(statement => valueOf(statement) ?? []).map(value => context.sourceCode.getText(value));
    return release === undefined
      ? []
      : [
          releaseBeforeHandOver(context, finding, region, releases, release),
          releaseBeforeReturn(context, finding, release),
        ];
  }
  return isDifferentOnFailure(obligation)
    ? [releaseOnFailure(context, obligation, section)]
    : [coverWithFinally(context, obligation, section), useScopedForm(context, obligation, section)];
}

/** Whether a release also tells how the work went, `done(null, value)`, which is not the same on every way out. */
function tellsResult({ releases, way }: Obligation): boolean {
  return (
    typeof way.obligation === 'object' &&
    'callback' in way.obligation &&
    releases.some(release => release.type === 'CallExpression' && release.arguments.length > 0)
  );
}

/** Whether what releases after a failure is another call than what releases otherwise. */
function isDifferentOnFailure({ specification: { releaseAfterFailure } }: Obligation): boolean {
  return typeof releaseAfterFailure === 'object';
}

/** Whether a `finally` would end a failure and a success in the same way, which are to end in two. */
function endsInTwoWays({ specification: { releaseAfterFailure } }: Obligation): boolean {
  return typeof releaseAfterFailure === 'object' && 'method' in releaseAfterFailure;
}

/** All code behind the acquire is covered, or what comes before the resource is handed over. */
function coverRest(context: EditContext, finding: Finding): (Repair | null)[] {
  const { obligation } = finding;
  const region = heldRegionOf(context, finding, []);
  const releaser = releaserOf(context, obligation);
  const release = releaser === null ? null : writeRelease(context, obligation, releaser.name);
  if (region === null || releaser === null || release === null) {
    return [];
  }
  const { semicolon } = context.layout;
  const section = openSection(context, finding, region, `${release}${semicolon}`);
  if (section === null) {
    return [
      releaseBeforeHandOver(context, finding, region, [], release),
      releaseBeforeReturn(context, finding, release),
      addRelease(context, obligation, region, `${release}${semicolon}`, releaser.pieces),
    ];
  }
  const withScopedForm = useScopedForm(context, obligation, section);
  return endsInTwoWays(obligation)
    ? [withScopedForm]
    : [coverWithFinally(context, obligation, section, releaser.pieces), withScopedForm];
}

/** The body of the callback that is to release is covered. */
function coverCallback(context: EditContext, finding: Finding): Repair | null {
  const { obligation } = finding;
  const [release] = obligation.releases;
  const callback = release === undefined ? undefined : functionAround(release);
  const releases = callback === undefined ? null : releaseStatementsOf(obligation, callback);
  const region = callback === undefined ? null : regionOfCallback(callback);
  const section = releases === null || region === null ? null : sectionOf(context, finding, region, releases);
  return section === null ? null : coverWithFinally(context, obligation, section);
}
