import type { TSESTree } from '@typescript-eslint/utils';

import { skipWrappers } from './skip-wrappers.js';

/** What a call calls. Compiled code writes `(0, module.name)(…)`. */
export function calleeOf({ callee }: TSESTree.CallExpression | TSESTree.NewExpression): TSESTree.Expression {
  const called = skipWrappers(callee);
  return (called.type === 'SequenceExpression' ? called.expressions.at(-1) : undefined) ?? called;
}
