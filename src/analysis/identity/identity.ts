import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { createVariables } from '../scope/variables.js';
import type { CallPattern, Source } from '../specification.js';
import { propertyName } from '../syntax/property-name.js';
import type { Origin, Types } from '../types/types.js';
import { createEvaluation } from './evaluation.js';
import { createMatcher, isDeclared, siblingSource } from './matching.js';

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

/** What a file's identity rests on beside its text. */
export interface IdentityOptions {
  /** The path of the file; absolute, or relative to the working directory. */
  filename: string;
  /** The answers of the type checker, where there is one: they add to what the text shows and never take away. */
  types?: Types | undefined;
}

/**
 * The identity of the expressions of a file. Answers are remembered; whatever cannot be resolved is `false`. The caller
 * asks only where a name already fits, as an answer costs a search.
 */
export function createIdentity(sourceCode: TSESLint.SourceCode, { filename, types }: IdentityOptions): Identity {
  const evaluation = createEvaluation(sourceCode, createVariables(sourceCode));
  const matcher = createMatcher(evaluation, filename);

  return { isExport, isSibling, isInstance, isCallOf };

  function isExport(node: TSESTree.Node, source: Source): boolean {
    return matcher.isExport(evaluation.valueOf(node), source) || isExportByType(node, source);
  }

  function isSibling(node: TSESTree.Node, source: Source, name: string): boolean {
    return isExport(node, siblingSource(source, name));
  }

  function isInstance(node: TSESTree.Node, source: Source): boolean {
    return matcher.isInstance(evaluation.valueOf(node), source) || isInstanceByType(node, source);
  }

  function isExportByType(node: TSESTree.Node, source: Source): boolean {
    if (types === undefined) return false;
    if ('global' in source && types.isGlobal(node, source.global)) return true;
    return types.originsOf(node).some(origin => isDeclared(origin, source));
  }

  function isInstanceByType(node: TSESTree.Node, source: Source): boolean {
    const alternatives: readonly (readonly Origin[])[] = types?.instanceOriginsOf(node) ?? [];
    return (
      alternatives.length > 0 &&
      alternatives.every(origins => origins.some(origin => isDeclared(origin, source)))
    );
  }

  function isCallOf(call: TSESTree.CallExpression | TSESTree.NewExpression, pattern: CallPattern): boolean {
    const { method, ...source } = pattern;
    if (method === undefined) return isExport(call.callee, source);
    if (call.callee.type !== 'MemberExpression' || propertyName(call.callee) !== method) return false;
    return isExport(call.callee.object, source) || isInstance(call.callee.object, source);
  }
}
