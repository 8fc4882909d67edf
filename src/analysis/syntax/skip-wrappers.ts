import type { TSESTree } from '@typescript-eslint/utils';

type Wrapper =
  | TSESTree.ChainExpression
  | TSESTree.TSAsExpression
  | TSESTree.TSInstantiationExpression
  | TSESTree.TSNonNullExpression
  | TSESTree.TSSatisfiesExpression
  | TSESTree.TSTypeAssertion;

/** Whether the node is a type assertion, `!` or the wrapper of an optional chain: none of them changes the value. */
export function isWrapper(node: TSESTree.Node): node is Wrapper {
  switch (node.type) {
    case 'ChainExpression':
    case 'TSAsExpression':
    case 'TSInstantiationExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
      return true;
    default:
      return false;
  }
}

/** The expression inside all wrappers. */
export function skipWrappers(node: TSESTree.Expression): TSESTree.Expression {
  return isWrapper(node) ? skipWrappers(node.expression) : node;
}
