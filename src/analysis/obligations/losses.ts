import type { TSESTree } from '@typescript-eslint/utils';

import type { Completion, LossEvent } from '../control-flow/machine.js';
import type { Status, Trail } from '../control-flow/path.js';
import type { Finding, LossyExit, Obligation, PathStep } from '../findings.js';
import { compareConfidence, confidenceOf } from '../findings.js';
import { contains } from '../syntax/contains.js';
import { isFunction } from '../syntax/functions.js';

type Told = Pick<LossyExit, 'kind' | 'witness'>;

/** The finding of an obligation: its most confident lossy exit, ties by what rests on less, then by source order. */
export function findingOf(obligation: Obligation, losses: readonly LossyExit[]): Finding {
  const [first, ...others] = [...losses].sort(
    (left, right) =>
      compareConfidence(confidenceOf(left.assumptions), confidenceOf(right.assumptions)) ||
      doubtsOf(left) - doubtsOf(right) ||
      placeOf(left) - placeOf(right),
  );
  if (first === undefined) {
    throw new Error('A finding needs a lossy exit.');
  }
  return { ...first, obligation, confidence: confidenceOf(first.assumptions), others };
}

/** How much an exit rests on. That a second acquire fails counts twice: most of them fail only where they are cancelled. */
function doubtsOf({ assumptions }: LossyExit): number {
  return assumptions.length + assumptions.filter(({ kind }) => kind === 'acquireMayFail').length;
}

/** Where the reader is sent: the end of a function is told by its last line. */
function placeOf({ kind, witness }: LossyExit): number {
  return witness.range[kind === 'missedOnEnd' ? 1 : 0];
}

/** What a loss is told of: the acquire and the releases that the code has. */
type Held = Pick<Obligation, 'acquire' | 'releases'>;

/** How one exit loses the obligation: by the exception on the way, by a jump or a return, or by reaching the end. */
export function lossOf(held: Held, { cause }: Pick<Completion, 'cause'>, status: Status, trail: Trail): LossyExit {
  if (status.kind === 'overwritten') {
    return withTrail({ kind: 'overwritten', witness: status.node }, trail);
  }
  return withTrail(wayOut(held, trail) ?? lastOf(trail, cause), trail);
}

/** How an event loses the obligation. A round that acquires again tells how the one before it came to an end. */
export function lossOfEvent(held: Held, { kind, witness, trail }: LossEvent): LossyExit {
  return withTrail((kind === 'reacquired' ? wayOut(held, trail) : undefined) ?? { kind, witness }, trail);
}

function withTrail(told: Told, trail: Trail): LossyExit {
  return { ...told, assumptions: [...trail.assumptions], path: [...trail.steps] };
}

/** What leads away from the release before the end of the function: an exception, a jump. */
function wayOut(held: Held, { steps }: Trail): Told | undefined {
  const { acquire } = held;
  const since = steps.slice(steps.findLastIndex(({ kind, node }) => kind === 'acquired' && node === acquire) + 1);
  const exception = since.findLast(({ kind }) => kind === 'mayThrow' || kind === 'throws');
  if (exception !== undefined) {
    return { kind: 'missedOnException', witness: exception.node };
  }
  const jump = since.findLast(({ kind, node }) => kind === 'breaks' && leaves(node, held));
  return jump && { kind: 'missedOnReturn', witness: jump.node };
}

function lastOf({ steps }: Trail, cause: TSESTree.Node): Told {
  const last: PathStep | undefined = steps.at(-1);
  return last?.kind === 'returns' && last.node.type !== 'BlockStatement'
    ? { kind: 'missedOnReturn', witness: last.node }
    : { kind: 'missedOnEnd', witness: last?.node ?? cause };
}

/**
 * Whether a `break` or `continue` leaves the statement, or the round of it, in which the acquire stands; or a `return` of
 * an inner function leaves out the release in it.
 */
function leaves(jump: TSESTree.Node, { acquire, releases }: Held): boolean {
  for (let node = jump.parent; node !== undefined; node = node.parent) {
    if (isFunction(node)) {
      const inner = node;
      return jump.type === 'ReturnStatement' && releases.some(release => contains(inner, release));
    }
    if (isTarget(node, jump)) {
      return contains(node, acquire);
    }
  }
  return false;
}

function isTarget(node: TSESTree.Node, jump: TSESTree.Node): boolean {
  if (jump.type !== 'BreakStatement' && jump.type !== 'ContinueStatement') {
    return false;
  }
  const { type, label } = jump;
  switch (node.type) {
    case 'DoWhileStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'ForStatement':
    case 'WhileStatement':
      return label === null;
    case 'SwitchStatement':
      return label === null && type === 'BreakStatement';
    case 'LabeledStatement':
      return node.label.name === label?.name;
    default:
      return false;
  }
}
