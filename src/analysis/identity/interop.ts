import type { TSESTree } from '@typescript-eslint/utils';

import type { Evaluation, Value } from './value.js';

/** The helpers that compilers put around `require`: TypeScript and tslib, Babel, esbuild, webpack. */
const helper = /^(?:__importDefault|__importStar|__toESM|_?interopRequire(?:Default|Wildcard)\w*|_interop\w*)$/u;

/** The module that compiled code requires through a helper: `__importDefault(require('p'))`. */
export function interopModule(node: TSESTree.CallExpression, evaluation: Evaluation): Value | undefined {
  const { callee } = node;
  const name =
    callee.type === 'Identifier'
      ? callee.name
      : callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
        ? callee.property.name
        : undefined;
  const [first] = node.arguments;
  if (name === undefined || first === undefined || !helper.test(name)) return undefined;
  const value = evaluation.valueOf(first);
  return value.kind === 'module' ? value : undefined;
}
