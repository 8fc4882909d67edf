import type { TSESTree } from '@typescript-eslint/utils';

import type { Obligation } from '../analysis/findings.js';
import type { Release } from '../analysis/specification.js';
import { skipWrappers } from '../analysis/syntax/skip-wrappers.js';
import type { EditContext } from './context.js';
import { receivingCallbackOf } from './receiving-callback.js';

/**
 * The expression that releases where the code itself never does: the specification's first release that can be written
 * here, awaited if it gives a promise.
 *
 * @param name the variable that holds what releases, if there is one
 * @returns null if none can be written: the lock has no stable name, or the function cannot await
 */
export function writeRelease(context: EditContext, obligation: Obligation, name: string | undefined): string | null {
  const { specification } = obligation;
  const owner = receivingCallbackOf(obligation) ?? obligation.owner;
  const canAwait = owner.type !== 'Program' && owner.async;
  if (specification.awaitRelease === true && !canAwait) {
    return null;
  }
  for (const way of specification.release) {
    const call = writeCall(context, obligation, way, name);
    if (call !== undefined) {
      return specification.awaitRelease === true ? `await ${call}` : call;
    }
  }
  return null;
}

function writeCall(
  context: EditContext,
  { acquire, way: { obligation: carrier } }: Obligation,
  way: Release,
  name: string | undefined,
): string | undefined {
  const receiver = receiverOf(context, acquire);
  if ('call' in way) {
    return name === undefined ? undefined : `${name}()`;
  }
  if ('method' in way) {
    const object = carrier === 'receiver' ? receiver : name;
    return object === undefined ? undefined : `${object}.${way.method}()`;
  }
  if ('receiverMethod' in way) {
    const given = way.argument === undefined ? '' : way.argument === 0 ? name : undefined;
    return receiver === undefined || given === undefined ? undefined : `${receiver}.${way.receiverMethod}(${given})`;
  }
  const isNamed = acquire.type !== 'Identifier' && typeof carrier === 'object' && 'argument' in carrier;
  const argument = isNamed ? acquire.arguments[carrier.argument] : undefined;
  const value = argument === undefined || !isStable(argument) ? name : context.sourceCode.getText(argument);
  return receiver === undefined || value === undefined || way.argument !== 0 ? undefined : `${receiver}.${way.function}(${value})`;
}

/** What the acquire is called on, if it can be written again: it names the same object each time. */
function receiverOf({ sourceCode }: EditContext, acquire: Obligation['acquire']): string | undefined {
  const callee = acquire.type === 'Identifier' ? undefined : skipWrappers(acquire.callee);
  return callee?.type === 'MemberExpression' && isStable(callee.object) ? sourceCode.getText(callee.object) : undefined;
}

function isStable(node: TSESTree.Node): boolean {
  switch (node.type) {
    case 'Identifier':
    case 'Literal':
    case 'ThisExpression':
      return true;
    case 'MemberExpression':
      return isStable(node.object) && !node.optional && (!node.computed || isStable(node.property));
    case 'TSNonNullExpression':
      return isStable(node.expression);
    default:
      return false;
  }
}
