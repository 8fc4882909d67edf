import type { TSESTree } from '@typescript-eslint/utils';

import type { CallPattern, Source } from '../specification.js';

/** Answers what an expression denotes, by binding and, where there are types, by the declaration of its type. */
export interface Identity {
  /** Whether `node` denotes one of the exports (or the global) that `source` names: the class, function or object itself. */
  isExport(node: TSESTree.Node, source: Source): boolean;
  /** Whether `node` denotes the export `name` of the same package, module or file as `source`. */
  isSibling(node: TSESTree.Node, source: Source, name: string): boolean;
  /** Whether the value of `node` is an instance of what `source` names. */
  isInstance(node: TSESTree.Node, source: Source): boolean;
  /** Whether `call` is a call that `pattern` describes. */
  isCallOf(call: TSESTree.CallExpression | TSESTree.NewExpression, pattern: CallPattern): boolean;
}
