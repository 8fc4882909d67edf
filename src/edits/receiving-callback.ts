import type { TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode, Obligation } from '../analysis/findings.js';
import { isFunction } from '../analysis/syntax/functions.js';
import { memberName } from '../analysis/syntax/member-name.js';

/**
 * The function that gets the resource as a parameter: `acquire(key, done => …)`, `acquire().then(release => …)`, or one
 * that says `@owns`.
 */
export function receivingCallbackOf({ acquire, owner, way: { obligation } }: Obligation): FunctionNode | undefined {
  if (acquire.type === 'Identifier') {
    return owner.type === 'Program' ? undefined : owner;
  }
  if (typeof obligation === 'object' && 'callback' in obligation) {
    const callback = acquire.arguments[obligation.callback];
    return isFunction(callback) ? callback : undefined;
  }
  const { parent } = acquire;
  const call = parent.type === 'MemberExpression' && memberName(parent) === 'then' ? parent.parent : undefined;
  const callback = call?.type === 'CallExpression' ? call.arguments[0] : undefined;
  return isFunction(callback) ? callback : undefined;
}

/** The parameter that holds what releases, in the function that gets the resource. */
export function parameterOf(obligation: Obligation): TSESTree.Identifier | undefined {
  const { obligation: carrier } = obligation.way;
  const index = typeof carrier === 'object' && 'callback' in carrier ? carrier.parameter : 0;
  const parameter = receivingCallbackOf(obligation)?.params[index];
  return parameter?.type === 'Identifier' ? parameter : undefined;
}
