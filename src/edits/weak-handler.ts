import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { BackReference } from '../analysis/retention/listeners/model.js';
import { createVariables } from '../analysis/scope/variables.js';
import { descendantsOf } from '../analysis/syntax/descendants.js';
import { isClass, isFunction } from '../analysis/syntax/functions.js';
import { statementAround } from '../analysis/syntax/statement-around.js';
import { classAround } from './hoisted-handler.js';
import { createLayout } from './layout.js';

const name = 'instance';

/**
 * Lets a handler hold its instance weakly: `() => { this.update(); }` becomes `() => { instance.deref()?.update(); }`.
 *
 * @returns null if the handler is no arrow function that does nothing but call a method of the instance
 */
export function weakHandler(
  sourceCode: Readonly<TSESLint.SourceCode>,
  { registration: { call, handler } }: BackReference,
): TSESLint.ReportFixFunction | null {
  const statement = statementAround(call);
  if (classAround(call) === undefined || statement.type !== 'ExpressionStatement' || statement.parent.type !== 'BlockStatement') {
    return null;
  }
  const self = handler.node.type === 'ArrowFunctionExpression' ? receiverIn(handler.node) : undefined;
  const isTaken = createVariables(sourceCode).named(name, handler.node) !== undefined;
  if (self === undefined || isTaken) return null;
  const member = sourceCode.getTokenAfter(self);
  const { indentAt, newline, semicolon } = createLayout(sourceCode);
  const [start] = statement.range;
  return fixer => [
    fixer.insertTextBeforeRange([start, start], `const ${name} = new WeakRef(this)${semicolon}${newline}${indentAt(start)}`),
    fixer.replaceText(self, member?.value === '?.' ? `${name}.deref()` : `${name}.deref()?`),
  ];

  /** The only `this` of a function, if that calls a method of it and does nothing else. */
  function receiverIn(node: TSESTree.ArrowFunctionExpression): TSESTree.ThisExpression | undefined {
    const called = onlyCall(node);
    const root = called?.type === 'CallExpression' ? rootOf(called.callee) : undefined;
    const nodes = [...descendantsOf(node, sourceCode.visitorKeys)];
    const mentions = nodes.filter(({ type }) => type === 'ThisExpression' || type === 'Super');
    const isPlain = !nodes.some(each => each !== node && (isFunction(each) || isClass(each)));
    return root?.type === 'ThisExpression' && mentions.length === 1 && isPlain ? root : undefined;
  }
}

/** The expression that a function consists of. */
function onlyCall({ body }: TSESTree.ArrowFunctionExpression): TSESTree.Expression | undefined {
  if (body.type !== 'BlockStatement') return body;
  const [statement] = body.body;
  return body.body.length === 1 && statement?.type === 'ExpressionStatement' ? statement.expression : undefined;
}

function rootOf(node: TSESTree.Expression): TSESTree.Expression {
  return node.type === 'MemberExpression' ? rootOf(node.object) : node;
}
