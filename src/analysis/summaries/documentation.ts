import type * as ts from 'typescript';

/**
 * The text of the documentation comment before a function, or before the declaration that it is the value of. Read from
 * the text of the file: whether TypeScript parses such comments depends on the parser's options.
 */
export function documentationOf(node: ts.FunctionLikeDeclaration, typescript: typeof ts): string | undefined {
  const { text } = node.getSourceFile();
  const comments = typescript.getLeadingCommentRanges(text, documentedNode(node, typescript).getFullStart());
  const last = comments?.at(-1);
  const comment = last && text.slice(last.pos, last.end);
  return comment?.startsWith('/**') === true ? comment : undefined;
}

function documentedNode(node: ts.Node, typescript: typeof ts): ts.Node {
  const { parent } = node;
  if (typescript.isVariableDeclaration(parent)) {
    return parent.parent.parent;
  }
  return typescript.isPropertyAssignment(parent) || typescript.isPropertyDeclaration(parent) ? parent : node;
}
