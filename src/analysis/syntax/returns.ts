import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../findings.js';
import { childrenOf } from './children.js';
import { isFunction } from './functions.js';

const cache = new WeakMap<FunctionNode, readonly (TSESTree.Expression | null)[]>();

/** What each return of a function gives, in source order; null for one without a value. */
export function returnedValues(
  node: FunctionNode,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): readonly (TSESTree.Expression | null)[] {
  if (node.body.type !== 'BlockStatement') return [node.body];
  let values = cache.get(node);
  if (values === undefined) {
    values = returnStatementsIn(node.body, visitorKeys).map(({ argument }) => argument);
    cache.set(node, values);
  }
  return values;
}

/** The return statements among a statement and those inside it, without those of functions inside. */
export function returnStatementsIn(
  node: TSESTree.Node,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): TSESTree.ReturnStatement[] {
  if (node.type === 'ReturnStatement') return [node];
  return isFunction(node) ? [] : childrenOf(node, visitorKeys).flatMap(child => returnStatementsIn(child, visitorKeys));
}
