import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Finding, FindingKind, Obligation } from './analysis/findings.js';
import type { ObligationCarrier, Release } from './analysis/specification.js';
import { mention } from './mention.js';

/** One message for each way in which an obligation is missed. The ids are public, the texts are not. */
export const messages = {
  neverReleased: 'The {{noun}} of `{{acquire}}` is never released. {{remedy}}',
  missedOnException: '{{release}} is not called when `{{witness}}` {{happens}} (line {{line}}). {{remedy}}',
  missedOnReturn: '{{release}} is not called before `{{witness}}` leaves (line {{line}}). {{remedy}}',
  missedOnEnd: '{{release}} is not called on a path to the end of the function (line {{line}}). {{remedy}}',
  missedInCallback: '{{release}} is not called when its callback leaves at `{{witness}}` (line {{line}}). {{remedy}}',
  acquiredInsideTry:
    '`finally` releases the {{noun}} even when `{{witness}}` {{happens}} before it is acquired (line {{line}}). {{remedy}}',
  overwritten:
    '`{{witness}}` is assigned anew while it holds the {{noun}} of `{{acquire}}` (line {{line}}). {{remedy}}',
  reacquired: 'The next round of the loop acquires the {{noun}} again while it is held. {{remedy}}',
  handleDropped: 'Only the result of `{{acquire}}` can release the {{noun}}, and it is dropped. {{remedy}}',
  releasedEarly:
    '`finally` releases the {{noun}} before the promise of `{{witness}}` settles (line {{line}}). {{remedy}}',
  usedAfterRelease: '`{{witness}}` uses the {{noun}} of `{{acquire}}` after its release. {{remedy}}',
  borrowedReleased: '`{{acquire}}` is only borrowed, and `{{witness}}` releases it (line {{line}}). {{remedy}}',
  borrowedKept: '`{{acquire}}` is only borrowed, and `{{witness}}` keeps it (line {{line}}). {{remedy}}',
  settledWithout: 'The promise is settled at `{{witness}}`, and the {{noun}} of `{{acquire}}` lives on (line {{line}}). {{remedy}}',
  neverReleasedByOwner: 'The class that keeps the {{noun}} of `{{acquire}}` never releases it. {{remedy}}',
  missedByDisposer: '`{{witness}}` does not release the {{noun}} of `{{acquire}}` (line {{line}}). {{remedy}}',
  droppedFromContainer: '`{{witness}}` drops the {{noun}} of `{{acquire}}` and does not end it (line {{line}}). {{remedy}}',
  replaced: '`{{witness}}` is assigned anew while the {{noun}} in it may be live (line {{line}}). {{remedy}}',
} as const satisfies Record<FindingKind, string>;

/** What the placeholders of the finding's message stand for. */
export function messageData(sourceCode: Readonly<TSESLint.SourceCode>, finding: Finding): Record<string, string> {
  const { obligation, witness } = finding;
  const release = releaseText(sourceCode, obligation);
  return {
    noun: obligation.specification.noun,
    acquire: nameOrText(sourceCode, obligation),
    release: capitalized(release),
    witness: isEnd(witness) ? '}' : mention(sourceCode, finding.kind === 'usedAfterRelease' ? calleeOf(witness) : witness),
    happens: witness.type === 'ThrowStatement' ? 'is reached' : 'throws',
    line: String(isEnd(witness) ? witness.loc.end.line : witness.loc.start.line),
    remedy: remedyOf(finding, release),
  };
}

/** Where a finding is reported: at the acquire, without the type of a parameter; at the use that comes too late. */
export function reportLocation({ kind, witness, obligation: { acquire } }: Finding): TSESTree.SourceLocation {
  if (kind === 'usedAfterRelease') {
    return witness.loc;
  }
  const { start, end } = acquire.loc;
  return acquire.type === 'Identifier'
    ? { start, end: { line: start.line, column: start.column + acquire.name.length } }
    : { start, end };
}

function nameOrText(sourceCode: Readonly<TSESLint.SourceCode>, { acquire }: Obligation): string {
  return acquire.type === 'Identifier' ? acquire.name : mention(sourceCode, acquire);
}

function calleeOf(witness: TSESTree.Node): TSESTree.Node {
  return witness.type === 'CallExpression' ? witness.callee : witness;
}

/** Whether the witness is a whole function body: what loses the resource is its end. */
function isEnd(witness: TSESTree.Node): boolean {
  return witness.type === 'BlockStatement';
}

function remedyOf({ kind, obligation }: Finding, release: string): string {
  const { awaitRelease, kind: resource, releaseAfterFailure, scopedForm } = obligation.specification;
  const isThread = resource === 'worker' || resource === 'pool';
  const call = awaitRelease === true ? 'await' : 'call';
  const orScoped = scopedForm === undefined ? '' : `, or use \`${scopedForm.method}\``;
  switch (kind) {
    case 'neverReleased':
      if (isThread) return `${capitalized(call)} ${release} when its work is done.`;
      return `${capitalized(call)} ${release} in \`finally\`${orScoped}.`;
    case 'handleDropped':
      return `Keep the result and ${call} ${ownRelease(obligation)} ${isThread ? 'when its work is done' : `in \`finally\`${orScoped}`}.`;
    case 'missedOnException':
      if (isThread && obligation.releases.length === 0) return `${capitalized(call)} it in \`catch\`.`;
      return typeof releaseAfterFailure === 'object'
        ? 'method' in releaseAfterFailure
          ? `${capitalized(call)} \`${releaseAfterFailure.method}\` in \`catch\`.`
          : `${capitalized(call)} it with the error in \`catch\`.`
        : releaseAfterFailure === 'different'
          ? `Undo in \`catch\` what was begun, and ${call} it in \`finally\`.`
          : `${capitalized(call)} it in \`finally\`.`;
    case 'missedOnReturn':
    case 'missedOnEnd':
      return `${capitalized(call)} it in \`finally\`.`;
    case 'missedInCallback':
      return `${capitalized(call)} it on every path of the callback.`;
    case 'acquiredInsideTry':
      return 'Acquire it before `try`.';
    case 'usedAfterRelease':
      return 'Release it after the last use.';
    case 'borrowedReleased':
    case 'borrowedKept':
      return 'Leave that to the caller, or say `@owns`.';
    case 'settledWithout':
      return `${capitalized(call)} ${release} before.`;
    case 'neverReleasedByOwner':
      return `${capitalized(call)} ${release} where the class ends.`;
    case 'missedByDisposer':
      return `${capitalized(call)} ${release} there.`;
    case 'droppedFromContainer':
    case 'replaced':
    case 'overwritten':
      return 'Release it first.';
    case 'reacquired':
      return `${capitalized(call)} ${release} in every round.`;
    case 'releasedEarly':
      return 'Await the promise first.';
  }
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** How the code releases, or would: `release`, `client.release`. */
function releaseText(sourceCode: Readonly<TSESLint.SourceCode>, obligation: Obligation): string {
  const written = obligation.releases.map(releaserOf).find(node => node !== undefined);
  if (written !== undefined) return `\`${mention(sourceCode, written)}\``;
  const { binding, specification, acquire, way } = obligation;
  const callee = acquire.type === 'Identifier' ? undefined : acquire.callee;
  const receiver = callee?.type === 'MemberExpression' ? sourceCode.getText(callee.object) : undefined;
  const value =
    obligation.field === undefined
      ? binding && `${binding.name}${partText(binding, way.obligation)}`
      : `this.${obligation.field}`;
  const texts = specification.release.flatMap(release => textOf(release, way.obligation, value, receiver) ?? []);
  if (texts[0] !== undefined) return `\`${texts[0]}\``;
  const [method] = specification.release.flatMap(release => ('method' in release ? [release.method] : []));
  return method === undefined ? `the releaser of the ${specification.noun}` : `\`${method}\` of the ${specification.noun}`;
}

/** The part of a variable that holds the whole result of the acquire: `lease.release`, `pair[1]`. */
function partText({ parent }: TSESTree.Identifier, carrier: ObligationCarrier): string {
  const isWhole = parent.type === 'VariableDeclarator' || parent.type === 'AssignmentExpression';
  if (!isWhole || typeof carrier === 'string') return '';
  if ('property' in carrier) return `.${[carrier.property].flat()[0] ?? ''}`;
  return 'element' in carrier ? `[${String(carrier.element)}]` : '';
}

function textOf(
  release: Release,
  carrier: ObligationCarrier,
  value: string | undefined,
  receiver: string | undefined,
): string | undefined {
  if ('function' in release) return release.function;
  if ('receiverMethod' in release) return receiver && `${receiver}.${release.receiverMethod}`;
  const object = carrier === 'receiver' ? receiver : value;
  if ('method' in release) return object && `${object}.${release.method}`;
  return carrier === 'receiver' ? undefined : value;
}

/** How a result that has no name yet would release: `its \`release\``, `it`. */
function ownRelease({ specification }: Obligation): string {
  const [release] = specification.release;
  return release !== undefined && 'method' in release ? `its \`${release.method}\`` : 'it';
}

/** What is called where the code releases; undefined where it hands the releaser to a promise. */
function releaserOf(release: TSESTree.Node): TSESTree.Node | undefined {
  if (release.type !== 'CallExpression') return undefined;
  const { callee } = release;
  // Compiled code calls `(0, module.unlock)(…)`.
  if (callee.type === 'SequenceExpression') return callee.expressions.at(-1);
  const isChain =
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    ['catch', 'finally', 'then'].includes(callee.property.name);
  return isChain ? undefined : callee;
}
