import type { TSESLint } from '@typescript-eslint/utils';

import type { EndlessRun } from '../analysis/threads/endless-runs.js';
import { functionAround } from '../analysis/syntax/functions.js';

/**
 * Makes an endless loop go on under a condition: `while (true)` becomes `while (!this.#closed)`.
 *
 * @returns null unless a condition is at hand and the function may end: it has nothing else to give
 */
export function loopCondition({ node, condition }: EndlessRun): TSESLint.ReportFixFunction | null {
  if (condition === undefined || !mayEnd(node)) return null;
  switch (node.type) {
    case 'DoWhileStatement':
    case 'WhileStatement':
      return fixer => fixer.replaceText(node.test, condition);
    case 'ForStatement': {
      const { test, init, update, body } = node;
      if (test !== null) return fixer => fixer.replaceText(test, condition);
      if (init !== null || update !== null) return null;
      return fixer => fixer.replaceTextRange([node.range[0], body.range[0]], `while (${condition}) `);
    }
    default:
      return null;
  }
}

function mayEnd(loop: EndlessRun['node']): boolean {
  const returned = functionAround(loop)?.returnType?.typeAnnotation;
  if (returned === undefined || returned.type === 'TSVoidKeyword') return true;
  const [given] = returned.type === 'TSTypeReference' ? (returned.typeArguments?.params ?? []) : [];
  return given?.type === 'TSVoidKeyword';
}
