import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../findings.js';

/** The text of the documentation comment before a field or function, or the declaration that it is the value of. */
export function documentationOf(
  node: FunctionNode | TSESTree.PropertyDefinition,
  sourceCode: Readonly<TSESLint.SourceCode>,
): string | undefined {
  const comment = sourceCode.getCommentsBefore(documentedNode(node)).at(-1);
  return comment?.type === 'Block' && comment.value.startsWith('*') ? comment.value : undefined;
}

function documentedNode(node: FunctionNode | TSESTree.PropertyDefinition): TSESTree.Node {
  const { parent } = node;
  switch (parent.type) {
    case 'MethodDefinition':
    case 'Property':
    case 'PropertyDefinition':
      return parent;
    case 'VariableDeclarator':
      return exported(parent.parent);
    default:
      return exported(node);
  }
}

function exported(node: TSESTree.Node): TSESTree.Node {
  const { parent } = node;
  return parent?.type === 'ExportNamedDeclaration' || parent?.type === 'ExportDefaultDeclaration' ? parent : node;
}
