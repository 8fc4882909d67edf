import type { TSESTree } from '@typescript-eslint/utils';

import type { Variables } from '../../scope/variables.js';
import { isExpression } from '../../syntax/expressions.js';
import { memberName } from '../../syntax/member-name.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';
import type { Types } from '../../types/types.js';
import type { Failures } from '../../value-flow/failure.js';
import { resolveCallee } from '../../value-flow/resolve-callee.js';

/** What tells a promise: the text of the file, and the types where there are any. */
interface PromiseContext {
  readonly variables: Variables;
  readonly types: Types | undefined;
  readonly failures: Failures;
}

const maximumDepth = 4;

/**
 * Whether the value is a promise that may be rejected, as far as anybody can tell: a request, the call of an async
 * function of the file, a chain on one of them without a handler of its own; with types whatever call gives a promise.
 */
export function isUnhandledPromise(node: TSESTree.Expression | undefined, context: PromiseContext, depth = 0): boolean {
  if (node === undefined || depth > maximumDepth) return false;
  const value = skipWrappers(node);
  switch (value.type) {
    case 'AssignmentExpression':
      return isUnhandledPromise(value.right, context, depth + 1);
    case 'CallExpression':
      return isUnhandledCall(value, context, depth);
    case 'Identifier': {
      const given = context.variables.of(value)?.references.flatMap(({ writeExpr }) => (writeExpr != null && isExpression(writeExpr) ? [writeExpr] : [])) ?? [];
      return given.some(each => isUnhandledPromise(each, context, depth + 1));
    }
    default:
      return false;
  }
}

function isUnhandledCall(call: TSESTree.CallExpression, context: PromiseContext, depth: number): boolean {
  const { variables, types, failures } = context;
  const { callee, arguments: given } = call;
  const name = memberName(callee);
  if (name === 'catch' || (name === 'then' && given.length > 1)) return false;
  if (callee.type === 'MemberExpression' && (name === 'then' || name === 'finally')) {
    return isUnhandledPromise(callee.object, context, depth + 1);
  }
  if (callee.type === 'Identifier' && callee.name === 'fetch' && variables.isUnshadowedGlobal(callee)) return true;
  const called = resolveCallee(call, variables);
  if (called === undefined) return types?.isPromiseLike(call) === true;
  return called.async && !called.generator && failures.ofAwait(call) !== 'impossible';
}
