import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Assumption, LossyExit, Obligation, Outcome } from '../findings.js';
import type { ResourceSpecification } from '../specification.js';
import { childrenOf } from '../syntax/children.js';
import { memberName } from '../syntax/member-name.js';
import type { FoundAcquire } from './acquires.js';
import { findingOf } from './losses.js';
import type { ScriptEnd, ScriptSurroundings } from './worker-script.js';
import { scriptEndOf } from './worker-script.js';

/** What is known of the file that starts a thread. */
export interface ThreadSurroundings extends ScriptSurroundings {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
}

/**
 * A thread may come to an end without a release, because its script does: such a finding is dropped, or rests on what
 * is not known of the script.
 *
 * @param isJoined whether something listens for the end of the worker
 */
export function withThreadLife(
  { isDeclaredOnly }: FoundAcquire,
  outcome: Outcome,
  isJoined: boolean,
  surroundings: ThreadSurroundings,
): Outcome {
  const { obligation } = outcome;
  const { specification } = obligation;
  if (outcome.kind !== 'reported') {
    return outcome;
  }
  const { script } = specification;
  const { acquire } = obligation;
  const end =
    script === undefined ? 'staysAlive' : acquire.type === 'Identifier' ? 'unknown' : scriptEndOf(acquire, script, surroundings);
  const isExpectedToEnd = isJoined || (neverReleased.has(outcome.finding.kind) && isToldToEnd(obligation, surroundings));
  if (end === 'ends' || (isExpectedToEnd && end !== 'staysAlive')) {
    return { kind: 'handedOver', obligation, reason: 'endsByItself', node: obligation.acquire };
  }
  const { finding } = outcome;
  const isHandedOver = obligation.releases.length === 0;
  const losses = [finding, ...finding.others].map(({ kind, witness, path, assumptions }): LossyExit => {
    const isWindow = kind === 'missedOnException' && isHandedOver;
    return {
      kind,
      witness,
      path,
      assumptions: [
        ...assumptions,
        ...(isDeclaredOnly === true ? [{ kind: 'resultIsFresh', node: obligation.acquire } as const] : []),
        ...threadAssumptions(specification, kind, end),
        ...(isWindow && assumptions.some(each => each.kind === 'callMayThrow') ? [{ kind: 'briefWindow', node: witness } as const] : []),
      ],
    };
  });
  return { ...outcome, finding: findingOf(obligation, losses) };
}

const endingWord = /close|dispose|destroy|exit|kill|quit|shut_?down|terminate/iu;

/** Whether a message tells the worker to end itself: `worker.postMessage({ kind: 'exit' })`. */
function isToldToEnd({ binding, owner }: Obligation, { sourceCode, variables }: ThreadSurroundings): boolean {
  const variable = binding && variables.of(binding);
  return variable !== undefined && tells(owner);

  function tells(node: TSESTree.Node): boolean {
    const isMessage =
      node.type === 'CallExpression' &&
      node.callee.type === 'MemberExpression' &&
      memberName(node.callee) === 'postMessage' &&
      node.callee.object.type === 'Identifier' &&
      variables.of(node.callee.object) === variable &&
      node.arguments.some(argument => endingWord.test(sourceCode.getText(argument)));
    return isMessage || childrenOf(node, sourceCode.visitorKeys).some(tells);
  }
}

/** Whether the resource runs on a thread of its own, or on several. */
export function isThread({ specification: { kind } }: Pick<Obligation, 'specification'>): boolean {
  return kind === 'worker' || kind === 'pool';
}

/** The findings of a resource that nothing releases anywhere. */
const neverReleased: ReadonlySet<LossyExit['kind']> = new Set([
  'handleDropped',
  'missedByDisposer',
  'neverReleased',
  'neverReleasedByOwner',
]);

/** What a finding about a thread rests on beside its path. */
function threadAssumptions(
  { from, script }: ResourceSpecification,
  kind: LossyExit['kind'],
  end: ScriptEnd,
): Assumption[] {
  const isNever = neverReleased.has(kind);
  return [
    ...('module' in from ? [{ kind: 'byConvention' } as const] : []),
    ...(script?.endsWhen === 'collected' ? [{ kind: 'notCollected' } as const] : []),
    ...(script?.endsWhen === 'idle' && isNever && end === 'unknown' ? [{ kind: 'scriptStaysAlive' } as const] : []),
  ];
}
