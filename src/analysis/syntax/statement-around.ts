import type { TSESTree } from '@typescript-eslint/utils';

/** The statement that `node` stands in, or is: the declaration and not the export for what is exported. */
export function statementAround(node: TSESTree.Node): TSESTree.Node {
  return node.parent === undefined || node.type.endsWith('Statement') || node.type === 'VariableDeclaration'
    ? node
    : statementAround(node.parent);
}
