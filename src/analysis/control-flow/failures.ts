import type { TSESTree } from '@typescript-eslint/utils';

import type { Assumption } from '../findings.js';
import { ancestorsOf } from '../syntax/ancestors.js';
import { escapeResource } from './escapes.js';
import type { Completion, Evaluated, Machine } from './machine.js';
import { thrown } from './machine.js';
import type { Failure } from './model.js';
import type { Path, Value } from './path.js';
import { unknown, withStatus } from './path.js';

/** A call or tag may throw at `node`, as far as the model cannot rule it out. */
export function raise(
  machine: Machine,
  node: TSESTree.CallExpression | TSESTree.NewExpression | TSESTree.TaggedTemplateExpression,
  path: Path,
  abrupt: Completion[],
): void {
  fail(machine, node, machine.model.callFailure(node), 'throws', path, abrupt);
}

/** Adds the throw completion of a failure at `node`.  */
function fail(
  machine: Machine,
  node: TSESTree.Node,
  failure: Failure,
  shown: 'mayThrow' | 'throws',
  path: Path,
  abrupt: Completion[],
): void {
  if (failure === 'impossible') {
    return;
  }
  const assumption = assumptionOf(machine, node, failure);
  abrupt.push(thrown(path, node, assumption === undefined ? shown : 'mayThrow', assumption));
}

/** What a failure at `node` rests on; undefined if the code itself shows it. */
export function assumptionOf(
  machine: Machine,
  node: TSESTree.Node,
  failure: Exclude<Failure, 'impossible'>,
): Assumption | undefined {
  const place = cleanupOf(machine, node);
  if (place === 'finally' || (place === 'catch' && failure === 'assumed')) {
    return { kind: 'cleanupMayThrow', node };
  }
  switch (failure) {
    case 'assumed':
      return { kind: 'callMayThrow', node };
    case 'promised':
      return { kind: 'promiseMayReject', node };
    case 'doubtful':
      return { kind: 'calleeMayThrow', node };
    case 'shown':
      return undefined;
  }
}

/** The clause of the interpreted function in which the node tidies up after something, if it does. */
function cleanupOf(machine: Machine, node: TSESTree.Node): 'catch' | 'finally' | undefined {
  let inner = node;
  for (const parent of ancestorsOf(node)) {
    if (inner === machine.unit) {
      return undefined;
    }
    if (inner.type === 'CatchClause') {
      return 'catch';
    }
    if (parent.type === 'TryStatement' && parent.finalizer === inner) {
      return 'finally';
    }
    inner = parent;
  }
  return undefined;
}

/** The promise in `value` settles: the path goes on with what it gives, or throws. */
export function settle(
  machine: Machine,
  node: TSESTree.Expression,
  path: Path,
  value: Value,
  abrupt: Completion[],
): Evaluated[] {
  if (value.kind === 'rejected') {
    abrupt.push({ kind: 'throw', cause: node, path: { ...path, trail: value.trail } });
    return [];
  }
  if (value.kind === 'promise') {
    return fulfil(machine, node, path, value.of, abrupt);
  }
  if (value.kind !== 'unknown') {
    return [{ path, value }];
  }
  fail(machine, node, machine.model.awaitFailure(node), 'mayThrow', path, abrupt);
  return [{ path, value: unknown }];
}

/** A promise is fulfilled. If it was that of an acquire, the resource is held from here on. */
export function fulfil(
  machine: Machine,
  node: TSESTree.Expression,
  path: Path,
  value: Value,
  abrupt: Completion[],
): Evaluated[] {
  if ((value.kind !== 'resource' && value.kind !== 'flag') || path.status.get(value.id)?.kind !== 'pending') {
    return [{ path, value }];
  }
  const site = machine.sites.get(value.id);
  if (site?.mayFail === true) {
    abrupt.push(thrown(withStatus(path, value.id, undefined), node, 'mayThrow', { kind: 'acquireMayFail', node }));
  }
  const held = withStatus(path, value.id, { kind: site?.optional === true ? 'perhaps' : 'held' });
  const given = machine.givenWhenFulfilled.get(value.id) ?? [];
  return [{ path: given.reduce((next, id) => escapeResource(next, id, 'passedToCall', node), held), value }];
}
