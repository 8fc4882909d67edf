import type { TSESTree } from '@typescript-eslint/utils';

import { ancestorsOf } from '../../syntax/ancestors.js';
import { isFunction } from '../../syntax/functions.js';

/** Whether the result of a registration goes anywhere: it may be what takes the listener off. */
export function isUsed(call: TSESTree.CallExpression): boolean {
  let node: TSESTree.Node = call;
  for (const parent of ancestorsOf(call)) {
    switch (parent.type) {
      case 'ExpressionStatement':
        return false;
      case 'AwaitExpression':
      case 'ChainExpression':
      case 'LogicalExpression':
      case 'SequenceExpression':
      case 'TSNonNullExpression':
      case 'UnaryExpression':
        break;
      case 'ConditionalExpression':
        if (parent.test === node) return true;
        break;
      case 'MemberExpression':
        // A further call of the chain.
        if (parent.parent.type !== 'CallExpression' || parent.parent.callee !== parent) return true;
        break;
      case 'CallExpression':
        if (parent.callee !== node) return true;
        break;
      default:
        return true;
    }
    node = parent;
  }
  return true;
}

/** The names that a function returns, as far as its own block shows it. */
export function returnedIdentifiers(node: TSESTree.Node): TSESTree.Identifier[] {
  if (!isFunction(node)) return [];
  if (node.body.type !== 'BlockStatement') return identifiersOf(node.body);
  return node.body.body.flatMap(statement =>
    statement.type === 'ReturnStatement' && statement.argument !== null ? identifiersOf(statement.argument) : [],
  );
}

/** The variables that a returned expression hands out: itself, or in an object or a list. */
function identifiersOf(node: TSESTree.Node): TSESTree.Identifier[] {
  switch (node.type) {
    case 'Identifier':
      return [node];
    case 'ObjectExpression':
      return node.properties.flatMap(property => (property.type === 'Property' ? identifiersOf(property.value) : []));
    case 'ArrayExpression':
      return node.elements.flatMap(element => (element === null ? [] : identifiersOf(element)));
    default:
      return [];
  }
}
