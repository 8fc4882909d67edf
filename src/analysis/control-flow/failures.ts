import type { TSESTree } from '@typescript-eslint/utils';

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

/** Adds the throw completion of a failure at `node`. Cleanup is written not to fail: that it does is a weak assumption. */
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
  if (isCleanup(machine, node)) {
    abrupt.push(thrown(path, node, 'mayThrow', { kind: 'cleanupMayThrow', node }));
  } else if (failure === 'assumed') {
    abrupt.push(thrown(path, node, 'mayThrow', { kind: 'callMayThrow', node }));
  } else {
    abrupt.push(thrown(path, node, shown));
  }
}

/** Whether the node stands in a `finally` of the function that is interpreted. */
function isCleanup(machine: Machine, node: TSESTree.Node): boolean {
  for (let inner = node; inner.parent !== undefined && inner !== machine.unit; inner = inner.parent) {
    if (inner.parent.type === 'TryStatement' && inner.parent.finalizer === inner) {
      return true;
    }
  }
  return false;
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
  return [{ path: withStatus(path, value.id, { kind: site?.optional === true ? 'perhaps' : 'held' }), value }];
}
