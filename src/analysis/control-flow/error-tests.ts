import type { TSESTree } from '@typescript-eslint/utils';

import { isWrapper, skipWrappers } from '../syntax/skip-wrappers.js';
import type { Branches, Machine } from './machine.js';
import type { Path, Trail } from './path.js';

/**
 * A `catch` that singles an error out (`error.code === 'ENOENT'`, `error instanceof Timeout`) says that this one is
 * special: that the failure on the path is of that kind is an assumption, that it is any other is not.
 */
export function withErrorKind(machine: Machine, node: TSESTree.Expression, branches: Branches): Branches {
  const test = skipWrappers(node);
  if (!isErrorTest(machine, test)) {
    return branches;
  }
  const isNegated = test.type === 'BinaryExpression' && (test.operator === '!==' || test.operator === '!=');
  const assume = (path: Path): Path => ({
    ...path,
    trail: { ...doubted(path.trail, test), others: path.trail.others.map(trail => doubted(trail, test)) },
  });
  const { whenTrue, whenFalse } = branches;
  return isNegated
    ? { whenTrue, whenFalse: whenFalse.map(assume) }
    : { whenTrue: whenTrue.map(assume), whenFalse };
}

function doubted(trail: Trail, node: TSESTree.Node): Trail {
  return { ...trail, assumptions: [...trail.assumptions, { kind: 'errorIsSpecial', node }] };
}

/** Whether the expression asks about the error that a `catch` of the function has caught. */
function isErrorTest(machine: Machine, node: TSESTree.Node): boolean {
  if (isWrapper(node)) {
    return isErrorTest(machine, node.expression);
  }
  switch (node.type) {
    case 'Identifier':
      return machine.variableOf(node)?.defs[0]?.type === 'CatchClause';
    case 'BinaryExpression':
      return isErrorTest(machine, node.left) || isErrorTest(machine, node.right);
    case 'CallExpression':
      return isErrorTest(machine, node.callee) || node.arguments.some(argument => isErrorTest(machine, argument));
    case 'MemberExpression':
      return isErrorTest(machine, node.object);
    default:
      return false;
  }
}
