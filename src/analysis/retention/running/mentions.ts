import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { childrenOf } from '../../syntax/children.js';
import { propertyName } from '../../syntax/property-name.js';

/** What the search for things that run looks at, collected in one walk. */
export interface Mentions {
  readonly calls: readonly (TSESTree.CallExpression | TSESTree.NewExpression)[];
  /** Every member access, by the name of the member. */
  readonly members: ReadonlyMap<string, readonly TSESTree.MemberExpression[]>;
}

const cache = new WeakMap<TSESLint.SourceCode, Mentions>();

/** The calls and member accesses of a file, in source order. */
export function mentionsIn(sourceCode: TSESLint.SourceCode): Mentions {
  let mentions = cache.get(sourceCode);
  if (mentions === undefined) {
    mentions = collected(sourceCode);
    cache.set(sourceCode, mentions);
  }
  return mentions;
}

function collected({ ast, visitorKeys }: TSESLint.SourceCode): Mentions {
  const calls: (TSESTree.CallExpression | TSESTree.NewExpression)[] = [];
  const members = new Map<string, TSESTree.MemberExpression[]>();
  visit(ast);
  return { calls, members };

  function visit(node: TSESTree.Node): void {
    if (node.type === 'CallExpression' || node.type === 'NewExpression') calls.push(node);
    const name = node.type === 'MemberExpression' ? propertyName(node) : undefined;
    if (node.type === 'MemberExpression' && name !== undefined) members.set(name, [...(members.get(name) ?? []), node]);
    for (const child of childrenOf(node, visitorKeys)) visit(child);
  }
}
