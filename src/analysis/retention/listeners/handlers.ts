import type { TSESTree } from '@typescript-eslint/utils';

import { isFunction } from '../../syntax/functions.js';
import { propertyName } from '../../syntax/property-name.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';
import type { Keys } from './keys.js';
import type { Handler } from './model.js';

/** What an argument is as a handler; undefined for what is no function at all. */
export function handlerOf(argument: TSESTree.CallExpressionArgument | undefined, keys: Keys): Handler | undefined {
  if (argument === undefined || argument.type === 'SpreadElement') return undefined;
  const node = skipWrappers(argument);
  switch (node.type) {
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return { kind: 'fresh', node, of: calledBy(node, keys), own: node.id ? keys.of(node.id) : undefined };
    case 'CallExpression': {
      const bound = boundFunction(node);
      return bound === undefined ? { kind: 'unknown', node } : { kind: 'fresh', node, of: keys.of(bound), own: undefined };
    }
    case 'Identifier':
    case 'MemberExpression':
    case 'ThisExpression': {
      const key = keys.of(node);
      return key === undefined || isNothing(node) ? { kind: 'unknown', node } : { kind: 'named', node, key };
    }
    case 'AssignmentExpression':
      return node.left.type === 'Identifier' || node.left.type === 'MemberExpression'
        ? handlerOf(node.left, keys)
        : { kind: 'unknown', node };
    case 'ConditionalExpression':
    case 'LogicalExpression':
    case 'AwaitExpression':
    case 'SequenceExpression':
    case 'ObjectExpression':
      return { kind: 'unknown', node };
    default:
      return undefined;
  }
}

/** The function that `x.bind(…)` binds. */
export function boundFunction(node: TSESTree.Expression): TSESTree.Expression | undefined {
  const call = skipWrappers(node);
  if (call.type !== 'CallExpression') return undefined;
  const callee = skipWrappers(call.callee);
  const isBind = callee.type === 'MemberExpression' && propertyName(callee) === 'bind' && call.arguments.length > 0;
  // `_.bind(f, this)` binds its argument.
  return isBind && !isLibrary(callee.object) ? skipWrappers(callee.object) : undefined;
}

function isLibrary(node: TSESTree.Expression): boolean {
  return node.type === 'Identifier' && /^(?:_|\$|lodash|underscore|Function|R|angular|jQuery)$/u.test(node.name);
}

function isNothing(node: TSESTree.Expression): boolean {
  return node.type === 'Identifier' && node.name === 'undefined';
}

/** The name of the one function that a function calls and does nothing else: `() => controller.abort()`. */
function calledBy(node: TSESTree.ArrowFunctionExpression | TSESTree.FunctionExpression, keys: Keys): string | undefined {
  const expression = onlyExpression(node);
  const call = expression === undefined ? undefined : unwrapped(expression);
  return call?.type === 'CallExpression' && !isFunction(call.callee) ? keys.of(call.callee) : undefined;
}

function unwrapped(node: TSESTree.Expression): TSESTree.Expression {
  const expression = skipWrappers(node);
  const isWrapper =
    expression.type === 'AwaitExpression' || (expression.type === 'UnaryExpression' && expression.operator === 'void');
  return isWrapper ? unwrapped(expression.argument) : expression;
}

function onlyExpression({
  body,
}: TSESTree.ArrowFunctionExpression | TSESTree.FunctionExpression): TSESTree.Expression | undefined {
  if (body.type !== 'BlockStatement') return body;
  const [statement] = body.body;
  if (body.body.length !== 1 || statement === undefined) return undefined;
  if (statement.type === 'ExpressionStatement') return statement.expression;
  return statement.type === 'ReturnStatement' ? (statement.argument ?? undefined) : undefined;
}
