import type { TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../../findings.js';
import type { Variables } from '../../scope/variables.js';
import { ancestorsOf } from '../../syntax/ancestors.js';
import { isFunction } from '../../syntax/functions.js';
import { memberName } from '../../syntax/member-name.js';
import { nameOfKey } from '../../classes/methods.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';
import type { Running } from './leak.js';

/** The function that a one-shot timer runs, if that is the one in which it is started, on every path through it. */
export function rearmed({ start }: Running, variables: Variables): FunctionNode | undefined {
  const around = functionOnEveryPath(start);
  const [scheduled] = start.arguments;
  if (around === undefined || scheduled === undefined || scheduled.type === 'SpreadElement') return undefined;
  return names(calledIn(scheduled), around, variables) ? around : undefined;
}

/** The nearest function, if nothing decides whether it gets to `node`: no condition, no loop, no early way out. */
function functionOnEveryPath(node: TSESTree.Node): FunctionNode | undefined {
  let inner = node;
  for (const outer of ancestorsOf(node)) {
    if (isFunction(outer)) return outer;
    switch (outer.type) {
      case 'BlockStatement':
        if (outer.body.some(statement => statement.range[1] <= inner.range[0] && !isPlain(statement))) return undefined;
        break;
      case 'AwaitExpression':
      case 'ExpressionStatement':
        break;
      case 'TryStatement':
        if (inner === outer.handler) return undefined;
        break;
      default:
        return undefined;
    }
    inner = outer;
  }
  return undefined;
}

function isPlain(statement: TSESTree.Statement): boolean {
  return (
    statement.type === 'ExpressionStatement' ||
    statement.type === 'FunctionDeclaration' ||
    statement.type === 'VariableDeclaration'
  );
}

/** `f` of `() => f()`, `() => { f(); }` and `f.bind(this)`; else the function itself. */
function calledIn(node: TSESTree.Expression): TSESTree.Expression {
  const value = skipWrappers(node);
  if (value.type === 'CallExpression' && value.callee.type === 'MemberExpression' && memberName(value.callee) === 'bind') {
    return skipWrappers(value.callee.object);
  }
  if (value.type !== 'ArrowFunctionExpression') return value;
  const { body } = value;
  const [statement] = body.type === 'BlockStatement' ? body.body : [];
  const call =
    body.type !== 'BlockStatement' ? body : statement?.type === 'ExpressionStatement' ? statement.expression : undefined;
  const plain = call?.type === 'UnaryExpression' && call.operator === 'void' ? call.argument : call;
  const inner = plain === undefined ? undefined : skipWrappers(plain);
  return inner?.type === 'CallExpression' ? skipWrappers(inner.callee) : value;
}

function names(node: TSESTree.Expression, around: FunctionNode, variables: Variables): boolean {
  if (node.type === 'Identifier') {
    const definition = variables.of(node)?.defs[0];
    return definition?.type === 'Variable'
      ? definition.node.init === around
      : definition?.type === 'FunctionName' && definition.node === around;
  }
  const name = node.type === 'MemberExpression' && node.object.type === 'ThisExpression' ? memberName(node) : undefined;
  const { parent } = around;
  const isMember = parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition';
  return name !== undefined && isMember && !parent.static && nameOfKey(parent) === name;
}
