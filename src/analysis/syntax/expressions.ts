import type { TSESTree } from '@typescript-eslint/utils';

const endings = /(?:Expression|Literal)$|^(?:Identifier|ClassExpression)$/u;

/** Whether `node` is an expression: what a variable is given, as the scope analysis tells it, may be any node. */
export function isExpression(node: TSESTree.Node): node is TSESTree.Expression {
  return endings.test(node.type) && !node.type.startsWith('JSX') && !/^TS(?:Empty|Interface)/u.test(node.type);
}
