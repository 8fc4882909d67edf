import type { TSESTree } from '@typescript-eslint/utils';

import type { AcquireSite } from '../control-flow/model.js';
import type { Variables } from '../scope/variables.js';
import { isFunction } from '../syntax/functions.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';

/** Whether nobody outside this file can reach the object that the acquire was called on. */
export function ownReceiver({ node }: AcquireSite, variables: Variables): boolean {
  const callee = skipWrappers(node.callee);
  if (callee.type !== 'MemberExpression') {
    return false;
  }
  const object = skipWrappers(callee.object);
  if (object.type === 'MemberExpression') {
    return object.object.type === 'ThisExpression' && object.property.type === 'PrivateIdentifier';
  }
  return object.type === 'Identifier' && isLocalConstruction(object, variables);
}

/** Whether the lock is built by a function for its own use, so that it is gone when that function has failed. */
export function diesWithItsFunction({ node }: AcquireSite, variables: Variables): boolean {
  const callee = skipWrappers(node.callee);
  const object = callee.type === 'MemberExpression' ? skipWrappers(callee.object) : undefined;
  if (object?.type !== 'Identifier' || !isLocalConstruction(object, variables)) {
    return false;
  }
  // The scope of a CommonJS module is that of a function, too: its block is the program.
  const block = variables.of(object)?.scope.variableScope.block;
  return block !== undefined && isFunction(block);
}

/** A const that is built here and only ever has its methods called. */
function isLocalConstruction(node: TSESTree.Identifier, variables: Variables): boolean {
  const variable = variables.of(node);
  const definition = variable?.defs[0];
  if (definition?.type !== 'Variable' || definition.parent.parent.type === 'ExportNamedDeclaration') {
    return false;
  }
  return (
    definition.node.init?.type === 'NewExpression' &&
    variable?.references.every(
      ({ identifier, init }) =>
        init === true ||
        (identifier.parent.type === 'MemberExpression' && identifier.parent.object === identifier),
    ) === true
  );
}
