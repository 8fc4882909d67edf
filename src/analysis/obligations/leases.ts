import type { TSESTree } from '@typescript-eslint/utils';

import { isFunction } from '../syntax/functions.js';
import { memberName } from '../syntax/member-name.js';
import type { FoundAcquire } from './acquires.js';

/**
 * Whether a lease is meant to run out: nothing takes the lock that the acquire gives, `await redlock.lock(key, day);`. It
 * marks that something was done.
 */
export function isLeftToExpire({ specification, site, through }: FoundAcquire): boolean {
  return specification.expires === true && site.carrier === 'result' && through === undefined && isIgnored(site.node);
}

/** Whether nobody gets the value, or what the promise of it gives. */
function isIgnored(node: TSESTree.Node): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case 'ExpressionStatement':
      return true;
    case 'AwaitExpression':
    case 'UnaryExpression':
      return isIgnored(parent);
    case 'MemberExpression':
      return parent.object === node && parent.parent.type === 'CallExpression' && isIgnoringChain(parent.parent);
    default:
      return false;
  }
}

/** A handler without parameters gets nothing; `catch` lets the value pass. */
function isIgnoringChain(call: TSESTree.CallExpression): boolean {
  const name = memberName(call.callee);
  const [handler] = call.arguments;
  if (name === 'then') {
    return handler !== undefined && isFunction(handler) && handler.params.length === 0;
  }
  return name === 'catch' && isIgnored(call);
}
