import type { TSESTree } from '@typescript-eslint/utils';

import type { CallNode } from '../control-flow/model.js';
import type { Variables } from '../scope/variables.js';
import { memberName } from '../syntax/member-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import type { FoundAcquire } from './acquires.js';

/**
 * Whether waiting for `node` is waiting for acquires that are never rejected, and for nothing else: `Promise.all` over
 * them, or over a constant array to which only they are added.
 */
export function waitsForAcquires(
  node: TSESTree.Expression,
  acquires: ReadonlyMap<CallNode, FoundAcquire>,
  variables: Variables,
): boolean {
  const call = skipWrappers(node);
  if (call.type !== 'CallExpression' || memberName(call.callee) !== 'all') {
    return false;
  }
  const [list] = call.arguments;
  return list !== undefined && list.type !== 'SpreadElement' && isList(skipWrappers(list));

  function isList(value: TSESTree.Expression): boolean {
    if (value.type === 'ArrayExpression') {
      return value.elements.every(element => element !== null && isSafeAcquire(element));
    }
    const variable = value.type === 'Identifier' ? variables.of(value) : undefined;
    const definition = variable?.defs[0];
    if (variable === undefined || definition?.type !== 'Variable' || definition.parent.kind !== 'const') {
      return false;
    }
    const { init } = definition.node;
    return (
      init?.type === 'ArrayExpression' &&
      isList(init) &&
      variable.references.every(({ identifier, init: isInit }) => isInit === true || identifier === value || isAddition(identifier))
    );
  }

  /** `list.push(mutex.acquire())` */
  function isAddition({ parent }: TSESTree.Node): boolean {
    return (
      parent?.type === 'MemberExpression' &&
      memberName(parent) === 'push' &&
      parent.parent.type === 'CallExpression' &&
      parent.parent.callee === parent &&
      parent.parent.arguments.every(isSafeAcquire)
    );
  }

  function isSafeAcquire(element: TSESTree.Node): boolean {
    return element.type === 'CallExpression' && acquires.get(element)?.site.mayFail === false;
  }
}
