import type { TSESLint } from '@typescript-eslint/utils';

import type { Finding, Obligation } from '../analysis/findings.js';
import { isFunction } from '../analysis/syntax/functions.js';
import { awaitReturnedPromise } from './await-returned.js';
import type { EditContext } from './context.js';
import { createEditContext, functionOf } from './context.js';
import type { Draft } from './draft.js';
import { areCompatible, render } from './draft.js';
import { heldRegionOf, regionOfCallback } from './held-region.js';
import { moveAcquireBeforeTry } from './move-acquire.js';
import { writeRelease } from './release-text.js';
import { releaseStatementsOf } from './release-statements.js';
import { releaserOf } from './releaser-name.js';
import type { Repair } from './repair.js';
import { openSection, sectionOf } from './section.js';
import { coverWithFinally } from './try-finally.js';

export type { RepairId } from './repair.js';
export { repairMessages } from './repair.js';

/** What an editor can do about one finding. Both are ready for a report descriptor. */
export interface Edits {
  readonly fix: TSESLint.ReportFixFunction | null;
  readonly suggestions: readonly Suggestion[];
}

export interface Suggestion {
  readonly messageId: Repair['messageId'];
  readonly data?: Record<string, string>;
  readonly fix: TSESLint.ReportFixFunction;
}

/**
 * The edits for the findings of one rule in one file. Every edit replaces the text of the whole function that it was
 * reasoned about, so that no other fix of the same pass changes what it rests on; an automatic one repairs all findings
 * of its function that can be repaired together.
 *
 * @param options.fixes `none` makes suggestions of the automatic edits
 */
export function editsOf(
  sourceCode: TSESLint.SourceCode,
  findings: readonly Finding[],
  { fixes = 'safe' }: { fixes?: 'none' | 'safe' | undefined },
): Map<Finding, Edits> {
  const context = createEditContext(sourceCode);
  const repairs = new Map(findings.map(finding => [finding, repairsOf(context, finding)]));
  const automatic = new Map<Finding, Repair>();
  for (const [finding, [first]] of repairs) {
    if (fixes === 'safe' && first?.isExact === true && allowsFix(finding)) {
      automatic.set(finding, first);
    }
  }
  return new Map(
    findings.map(finding => {
      const own = automatic.get(finding);
      const fix = own === undefined ? null : replacement(context, finding.obligation, mergedDrafts(finding, own.draft, automatic));
      const suggestions = (repairs.get(finding) ?? [])
        .filter(repair => repair !== own)
        .map(({ messageId, data, draft }) => ({
          messageId,
          ...(data === undefined ? {} : { data: { ...data } }),
          fix: replacement(context, finding.obligation, [draft]),
        }));
      return [finding, { fix, suggestions }];
    }),
  );
}

/**
 * Whether the finding is sure enough, and the code shows enough of what its author wants, that nobody has to look: it
 * is released on some path, a release means the same after a failure, and `finally` waits for nothing that can fail, as
 * that would mask the error on its way.
 */
function allowsFix({ assumptions, kind, obligation: { releases, specification } }: Finding): boolean {
  const { releaseAfterFailure = 'same', awaitRelease = false } = specification;
  return (
    assumptions.every(assumption => assumption.kind === 'callMayThrow') &&
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

function replacement(context: EditContext, { owner }: Obligation, drafts: readonly Draft[]): TSESLint.ReportFixFunction {
  const text = render(context.sourceCode, context.layout, owner.range, drafts);
  return fixer => fixer.replaceTextRange(owner.range, text);
}

/** What repairs a finding, best first. */
function repairsOf(context: EditContext, finding: Finding): Repair[] {
  const repairs = builders(context, finding);
  return repairs.filter(repair => repair !== null);
}

function builders(context: EditContext, finding: Finding): (Repair | null)[] {
  const { kind, obligation } = finding;
  switch (kind) {
    case 'releasedEarly':
      return [awaitReturnedPromise(context, finding)];
    case 'acquiredInsideTry':
      return [moveAcquireBeforeTry(context, obligation)];
    case 'missedInCallback':
      return [coverCallback(context, obligation)];
    default:
      return [obligation.releases.length === 0 ? coverRest(context, obligation) : coverReleased(context, obligation)];
  }
}

/** The code up to the last release is covered. */
function coverReleased(context: EditContext, obligation: Obligation): Repair | null {
  const releases = releaseStatementsOf(obligation, obligation.owner);
  const region = releases === null ? null : heldRegionOf(obligation, releases);
  const section = releases === null || region === null ? null : sectionOf(context, obligation, region, releases);
  return section === null ? null : coverWithFinally(context, obligation, section);
}

/** All code behind the acquire is covered. */
function coverRest(context: EditContext, obligation: Obligation): Repair | null {
  const region = heldRegionOf(obligation, []);
  const releaser = releaserOf(context, obligation);
  const release = releaser === null ? null : writeRelease(context, obligation, releaser.name);
  if (region === null || releaser === null || release === null) {
    return null;
  }
  const end = region.after === undefined || context.layout.endsWithSemicolon(region.after) ? ';' : '';
  const section = openSection(context, obligation, region, `${release}${end}`);
  return section === null ? null : coverWithFinally(context, obligation, section, releaser.pieces);
}

/** The body of the callback that is to release is covered. */
function coverCallback(context: EditContext, obligation: Obligation): Repair | null {
  const [release] = obligation.releases;
  const callback = release === undefined ? undefined : functionOf(release);
  if (callback === undefined || !isFunction(callback)) {
    return null;
  }
  const releases = releaseStatementsOf(obligation, callback);
  const region = regionOfCallback(callback);
  const section = releases === null || region === null ? null : sectionOf(context, obligation, region, releases);
  return section === null ? null : coverWithFinally(context, obligation, section);
}
