import type { TSESTree } from '@typescript-eslint/utils';

import type { Finding, FunctionNode } from '../analysis/findings.js';
import { contains } from '../analysis/syntax/contains.js';
import { functionAround } from '../analysis/syntax/functions.js';
import { memberName } from '../analysis/syntax/member-name.js';
import type { EditContext } from './context.js';
import type { Repair } from './repair.js';
import { givesNothing, promisenessOf } from './returned-promises.js';

/**
 * A release that hangs on the success of a promise hangs on its end instead: `work().finally(() => release())`.
 *
 * @returns null if the handler does more than to release, or what it gives is of use
 */
export function releaseInFinallyHandler(context: EditContext, { obligation, witness, others }: Finding): Repair | null {
  const [release, ...further] = obligation.releases;
  const chain = release === undefined || further.length > 0 ? undefined : chainOf(release);
  if (chain === undefined || ![witness, ...others.map(exit => exit.witness)].every(node => contains(chain, node))) {
    return null;
  }
  const { callee } = chain;
  const use = chain.parent.type === 'AwaitExpression' ? chain.parent.parent : chain.parent;
  const isDropped = use.type === 'ExpressionStatement';
  const isReturned = use.type === 'ReturnStatement' || use.type === 'ArrowFunctionExpression';
  if (callee.type !== 'MemberExpression' || !isPromise(context, callee.object) || !(isDropped || (isReturned && givesNothing(context, callee.object)))) {
    return null;
  }
  return {
    messageId: 'releaseInFinally',
    isExact: isDropped,
    draft: { span: chain.range, pieces: [{ kind: 'replace', range: callee.property.range, text: 'finally' }], shifts: [] },
  };
}

/** The `then` whose only handler does nothing but to release. */
function chainOf(release: TSESTree.Node): TSESTree.CallExpression | undefined {
  const handler = functionAround(release);
  const call =
    release.type === 'CallExpression' && isThen(release)
      ? release
      : handler?.params.length === 0 && isOnlyStatement(handler, release)
        ? handler.parent
        : undefined;
  return call?.type === 'CallExpression' && isThen(call) && call.arguments.length === 1 ? call : undefined;
}

function isThen({ callee }: TSESTree.CallExpression): boolean {
  return memberName(callee) === 'then';
}

function isOnlyStatement({ body }: FunctionNode, release: TSESTree.Node): boolean {
  const statements: readonly TSESTree.Node[] = body.type === 'BlockStatement' ? body.body : [body];
  return statements.length === 1 && statements.every(statement => isReleaseOnly(statement, release));
}

function isReleaseOnly(node: TSESTree.Node, release: TSESTree.Node): boolean {
  switch (node.type) {
    case 'AwaitExpression':
      return node.argument === release;
    case 'ExpressionStatement':
      return isReleaseOnly(node.expression, release);
    default:
      return node === release;
  }
}

/** Whether the value has a `finally`: what has only a `then` may have none. */
function isPromise(context: EditContext, node: TSESTree.Expression): boolean {
  return context.types === undefined
    ? promisenessOf(context, node) === 'yes'
    : context.types.isBuiltin(node, ['Promise']);
}
