import type { TSESTree } from '@typescript-eslint/utils';

import { childrenOf } from '../analysis/syntax/children.js';
import type { EditContext } from './context.js';

/** Whether the function is still being written: a block on the way is empty. */
export function isUnfinished(context: EditContext, body: readonly TSESTree.Node[]): boolean {
  return body.some(
    node =>
      (node.type === 'BlockStatement' && node.body.length === 0 && context.sourceCode.getCommentsInside(node).length === 0) ||
      isUnfinished(context, childrenOf(node, context.sourceCode.visitorKeys)),
  );
}
