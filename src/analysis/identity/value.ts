import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Variables } from '../scope/variables.js';

/**
 * What an expression denotes, as far as one file tells.
 *
 * - `module`: an export of a module, by its path from the module object: `[]` is that object, `['default', 'lock']` is
 *   `lock` of the default export. `global`: an unshadowed global, by its dotted path.
 * - `class`, `function`, `interface`, `object`: declared or written in this file, or a type literal.
 * - `instance`: what `new` of a value gives, or a value annotated with that type.
 * - `result`: what calling something of another file gives.
 * - `promise`, `collection`: of values of one kind; `items` are the elements of an array literal.
 * - `every`: one of several known values. `some`: several truths about one value, or a choice whose other branches
 *   are unknown; one that matches is enough.
 * - `absent`: null or undefined. `unknown`: nothing is known.
 */
export type Value =
  | { kind: 'module'; specifier: string; path: readonly string[] }
  | { kind: 'global'; path: readonly string[] }
  | { kind: 'class'; node: ClassNode }
  | { kind: 'function'; node: CallableNode }
  | { kind: 'interface'; node: TSESTree.TSInterfaceDeclaration }
  | { kind: 'object'; node: TSESTree.ObjectExpression | TSESTree.TSTypeLiteral }
  | { kind: 'instance'; of: Value }
  | { kind: 'result'; callee: Value; call: TSESTree.CallExpression }
  | { kind: 'promise'; of: Value }
  | { kind: 'collection'; element: Value; items?: readonly Value[]; form?: CollectionForm }
  | { kind: 'every' | 'some'; of: readonly Value[] }
  | { kind: 'absent' }
  | { kind: 'unknown' };

/** A `map` iterates over pairs, a `record` is read by the names of properties; default `list`. */
export type CollectionForm = 'list' | 'map' | 'record';

export type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** Whatever can be called and says in this file what it returns. */
export type CallableNode =
  | TSESTree.ArrowFunctionExpression
  | TSESTree.FunctionDeclaration
  | TSESTree.FunctionExpression
  | TSESTree.TSDeclareFunction
  | TSESTree.TSEmptyBodyFunctionExpression
  | TSESTree.TSFunctionType
  | TSESTree.TSMethodSignature;

/** The questions that the parts of the evaluation ask each other. Each answer is computed once. */
export interface Evaluation {
  readonly sourceCode: TSESLint.SourceCode;
  readonly variables: Variables;
  /** What an expression denotes. */
  valueOf(node: TSESTree.Node): Value;
  /** What a value of a type is; unknown without a type. */
  valueOfType(type: TSESTree.TypeNode | undefined): Value;
  /** What a variable holds. */
  valueOfVariable(variable: TSESLint.Scope.Variable): Value;
  /** What the property `name` of a value is. */
  member(value: Value, name: string): Value;
  /** What a call of a value gives; `call` is the call, if it is written in this file. */
  returned(callee: Value, call?: TSESTree.CallExpression): Value;
}

export const unknown: Value = { kind: 'unknown' };
export const absent: Value = { kind: 'absent' };

/** More alternatives are not worth following. */
const maximumAlternatives = 32;

/** One of `values`: unknown if one of them is. Absent ones do not count. */
export function everyOf(values: readonly Value[]): Value {
  const present = alternativesIn('every', values);
  return present.some(value => value.kind === 'unknown') ? unknown : choice('every', present);
}

/** All that is known of `values`: unknown only if all of them are. Absent ones do not count. */
export function someOf(values: readonly Value[]): Value {
  const present = alternativesIn('some', values);
  const known = present.filter(value => value.kind !== 'unknown');
  return known.length === 0 && present.length > 0 ? unknown : choice('some', known);
}

function alternativesIn(kind: 'every' | 'some', values: readonly Value[]): Value[] {
  const flat = values.flatMap(value => (value.kind === kind ? value.of : value));
  return [...new Set(flat)].filter(value => value.kind !== 'absent');
}

function choice(kind: 'every' | 'some', of: readonly Value[]): Value {
  const [first] = of;
  if (first === undefined) return absent;
  if (of.length > maximumAlternatives) return unknown;
  return of.length === 1 ? first : { kind, of };
}

/** Applies `change` to each alternative of a value. */
export function mapAlternatives(value: Value, change: (alternative: Value) => Value): Value {
  switch (value.kind) {
    case 'every':
      return everyOf(value.of.map(alternative => mapAlternatives(alternative, change)));
    case 'some':
      return someOf(value.of.map(alternative => mapAlternatives(alternative, change)));
    default:
      return change(value);
  }
}

/** What `await` makes of a value. */
export function awaited(value: Value): Value {
  return mapAlternatives(value, alternative => (alternative.kind === 'promise' ? awaited(alternative.of) : alternative));
}
