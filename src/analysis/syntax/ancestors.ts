import type { TSESTree } from '@typescript-eslint/utils';

/** The nodes around `node`, the nearest first and the program last: ESLint sets the program's own parent to null. */
export function* ancestorsOf(node: TSESTree.Node): Generator<TSESTree.Node> {
  for (let current = node; current.type !== 'Program'; current = current.parent) {
    yield current.parent;
  }
}
