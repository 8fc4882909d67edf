import type { TSESTree } from '@typescript-eslint/utils';

import type { Completion, Evaluated, Machine } from './machine.js';
import { thrown } from './machine.js';
import type { Path, Value } from './path.js';
import { unknown, withStatus } from './path.js';

/** A call or tag may throw at `node`, as far as the model cannot rule it out. */
export function raise(
  machine: Machine,
  node: TSESTree.CallExpression | TSESTree.NewExpression | TSESTree.TaggedTemplateExpression,
  path: Path,
  abrupt: Completion[],
): void {
  switch (machine.model.callFailure(node)) {
    case 'assumed':
      abrupt.push(thrown(path, node, 'mayThrow', { kind: 'callMayThrow', node }));
      return;
    case 'shown':
      abrupt.push(thrown(path, node, 'throws'));
      return;
    case 'impossible':
  }
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
  switch (machine.model.awaitFailure(node)) {
    case 'assumed':
      abrupt.push(thrown(path, node, 'mayThrow', { kind: 'callMayThrow', node }));
      break;
    case 'shown':
      abrupt.push(thrown(path, node, 'mayThrow'));
      break;
    case 'impossible':
  }
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
