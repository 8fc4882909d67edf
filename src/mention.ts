import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

const maximumLength = 60;

/** The source text of a node as a message quotes it: on one line and not too long. */
export function mention(sourceCode: Readonly<TSESLint.SourceCode>, node: TSESTree.Node): string {
  const text = sourceCode.getText(node).replaceAll(/\s+/gu, ' ');
  return text.length <= maximumLength ? text : `${text.slice(0, maximumLength - 1)}…`;
}
