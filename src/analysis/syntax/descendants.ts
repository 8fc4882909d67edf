import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { childrenOf } from './children.js';

/** `node` and the nodes inside it, in source order. */
export function* descendantsOf(
  node: TSESTree.Node,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
): Generator<TSESTree.Node> {
  yield node;
  for (const child of childrenOf(node, visitorKeys)) yield* descendantsOf(child, visitorKeys);
}
