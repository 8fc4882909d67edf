import { skipWrappers } from '../syntax/skip-wrappers.js';
import type { Evaluated, Machine } from './machine.js';
import type { AcquireSite, CallNode } from './model.js';
import { unknown, withAcquire, withStatus, withVariable, type Path, type Value, type Variable } from './path.js';

/** From here on the object that the method is called on carries the duty. */
export function acquireObject(machine: Machine, node: CallNode, site: AcquireSite, path: Path): Evaluated[] {
  const variable = ownObject(machine, node);
  if (variable === undefined) {
    return [{ path: withStatus(path, site.id, { kind: 'escaped', reason: 'releasedElsewhere', node }), value: unknown }];
  }
  const held = withAcquire(path, site.id, { kind: site.awaited ? 'pending' : 'held' }, node);
  const value: Value = { kind: 'flag', id: site.id };
  return [
    {
      path: withVariable(held, variable, { kind: 'resource', id: site.id }),
      value: site.awaited ? { kind: 'promise', of: value } : value,
    },
  ];
}

/**
 * The local variable that holds the object which the method `call` is called on, if the function has built that object
 * and given it to nobody yet: `const client = new Client(); await client.connect();`.
 */
function ownObject(machine: Machine, call: CallNode): Variable | undefined {
  const callee = skipWrappers(call.callee);
  const object = callee.type === 'MemberExpression' ? skipWrappers(callee.object) : undefined;
  const variable = object?.type === 'Identifier' ? machine.variableOf(object) : undefined;
  return variable !== undefined &&
    variable.defs[0]?.type === 'Variable' &&
    machine.isLocal(variable) &&
    !machine.sharedVariables.has(variable) &&
    isBuiltHere(variable) &&
    isStillOwn(variable, call)
    ? variable
    : undefined;
}

function isBuiltHere({ references }: Variable): boolean {
  const written = references.filter(reference => reference.isWrite()).map(({ writeExpr }) => writeExpr ?? undefined);
  return written.length > 0 && written.every(value => value?.type === 'NewExpression' || isNothing(value));
}

function isNothing(value: Variable['references'][number]['writeExpr'] | undefined): boolean {
  return (value?.type === 'Literal' && value.raw === 'null') || (value?.type === 'Identifier' && value.name === 'undefined');
}

/** Whether only members of the object are named before the call. */
function isStillOwn({ references }: Variable, call: CallNode): boolean {
  return references.every(reference => {
    const { identifier } = reference;
    const isBefore = reference.isRead() && identifier.range[0] < call.range[0];
    return !isBefore || (identifier.parent.type === 'MemberExpression' && identifier.parent.object === identifier);
  });
}
