import type { TSESTree } from '@typescript-eslint/utils';

/** Whether `inner` is `outer` or stands inside it. */
export function contains(outer: TSESTree.Node, inner: TSESTree.Node): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}
