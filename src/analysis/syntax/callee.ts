import type { TSESTree } from '@typescript-eslint/utils';

import { propertyName } from './property-name.js';
import { skipWrappers } from './skip-wrappers.js';

/** What a call calls. Compiled code writes `(0, module.name)(…)`. */
export function calleeOf({ callee }: TSESTree.CallExpression | TSESTree.NewExpression): TSESTree.Expression {
  const called = skipWrappers(callee);
  return (called.type === 'SequenceExpression' ? called.expressions.at(-1) : undefined) ?? called;
}

/** The name of the function or method that is called: `read` of `read(…)`, `fs.read(…)` and `fs['read'](…)`. */
export function calledName(callee: TSESTree.Expression): string | undefined {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
}
