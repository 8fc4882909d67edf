import type { TSESTree } from '@typescript-eslint/utils';

/** The expression inside type assertions, `!` and the wrapper of an optional chain: none of them changes the value. */
export function skipWrappers(node: TSESTree.Expression): TSESTree.Expression {
  switch (node.type) {
    case 'ChainExpression':
    case 'TSAsExpression':
    case 'TSInstantiationExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
      return skipWrappers(node.expression);
    default:
      return node;
  }
}
