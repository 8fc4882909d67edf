import type { TSESTree } from '@typescript-eslint/utils';

import type { Variables } from '../scope/variables.js';
import { isFunction } from '../syntax/functions.js';
import { memberName } from '../syntax/member-name.js';

/** Methods that put a value into a container. */
const storingMethods = new Set(['add', 'enqueue', 'push', 'set', 'unshift']);

/**
 * Whether a new promise starts no work of its own: its executor only keeps `resolve` for somebody else to call,
 * `new Promise(resolve => this.waiting.push(resolve))`.
 */
export function isDeferred({ arguments: [executor] }: TSESTree.NewExpression, variables: Variables): boolean {
  const resolve = executor !== undefined && isFunction(executor) ? executor.params[0] : undefined;
  if (resolve?.type !== 'Identifier') {
    return false;
  }
  const uses = variables.of(resolve)?.references ?? [];
  return uses.length > 0 && uses.every(({ identifier }) => isStored(identifier));
}

/** Whether a value goes into a field, a variable or a container, by itself or as a part of a literal. */
function isStored(node: TSESTree.Node): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case 'ArrayExpression':
    case 'ObjectExpression':
    case 'Property':
      return isStored(parent);
    case 'AssignmentExpression':
      return parent.right === node;
    case 'CallExpression': {
      const name = parent.callee === node ? undefined : memberName(parent.callee);
      return name !== undefined && storingMethods.has(name);
    }
    default:
      return false;
  }
}
