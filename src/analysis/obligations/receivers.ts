import type { TSESTree } from '@typescript-eslint/utils';

import type { AcquireSite } from '../control-flow/model.js';
import type { Variables } from '../scope/variables.js';
import { ancestorsOf } from '../syntax/ancestors.js';
import { isFunction } from '../syntax/functions.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import { livesOn } from './function-lives.js';

/** Whether nobody outside this file can reach the object that the acquire was called on. */
export function ownReceiver(site: AcquireSite, variables: Variables): boolean {
  const object = receiverOf(site);
  if (object?.type === 'MemberExpression') {
    return object.object.type === 'ThisExpression' && object.property.type === 'PrivateIdentifier';
  }
  return object?.type === 'Identifier' && isLocalConstruction(object, variables);
}

/**
 * Whether the lock is built by a function for its own use, so that it is gone when that function has failed at `failure`:
 * nobody else has got the lock by then, and no function that uses it lives on.
 */
export function diesWithItsFunction(site: AcquireSite, failure: TSESTree.Node, variables: Variables): boolean {
  const object = receiverOf(site);
  if (object?.type !== 'Identifier' || !isLocalConstruction(object, variables, failure)) {
    return false;
  }
  // The scope of a CommonJS module is that of a function, too: its block is the program.
  const block = variables.of(object)?.scope.variableScope.block;
  if (block === undefined || !isFunction(block)) {
    return false;
  }
  for (const ancestor of ancestorsOf(site.node)) {
    if (ancestor === block) {
      break;
    }
    if (isFunction(ancestor) && livesOn(ancestor, variables)) {
      return false;
    }
  }
  return true;
}

function receiverOf({ node }: AcquireSite): TSESTree.Node | undefined {
  const callee = node.type === 'Identifier' ? undefined : skipWrappers(node.callee);
  return callee?.type === 'MemberExpression' ? skipWrappers(callee.object) : undefined;
}

/** A const that is built here and, up to `end`, only has its methods called. */
function isLocalConstruction(node: TSESTree.Identifier, variables: Variables, end?: TSESTree.Node): boolean {
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
        (end !== undefined && identifier.range[0] >= end.range[1]) ||
        (identifier.parent.type === 'MemberExpression' && identifier.parent.object === identifier),
    ) === true
  );
}
