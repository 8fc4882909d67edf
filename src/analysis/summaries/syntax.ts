import type * as ts from 'typescript';

import { errorParameterName } from '../value-flow/harmless.js';

/** Questions about the TypeScript AST alone. All take the parser's own copy of TypeScript, whose syntax kinds count. */
type TypeScript = typeof ts;

type Wrapper =
  ts.AsExpression | ts.NonNullExpression | ts.ParenthesizedExpression | ts.SatisfiesExpression | ts.TypeAssertion;

/** Whether an expression is another one in parentheses, with a type assertion or with `!`: none changes the value. */
export function isWrapper(node: ts.Node, typescript: TypeScript): node is Wrapper {
  return (
    typescript.isParenthesizedExpression(node) ||
    typescript.isAsExpression(node) ||
    typescript.isNonNullExpression(node) ||
    typescript.isSatisfiesExpression(node) ||
    typescript.isTypeAssertionExpression(node)
  );
}

/** The expression inside all wrappers. */
export function skipWrappers(node: ts.Expression, typescript: TypeScript): ts.Expression {
  return isWrapper(node, typescript) ? skipWrappers(node.expression, typescript) : node;
}

/** Whether an expression is a function. */
export function isFunctionValue(
  node: ts.Node,
  typescript: TypeScript,
): node is ts.ArrowFunction | ts.FunctionExpression {
  return typescript.isArrowFunction(node) || typescript.isFunctionExpression(node);
}

/** Whether a declaration has one of these modifiers. */
export function hasModifier(node: ts.Declaration, flags: ts.ModifierFlags, typescript: TypeScript): boolean {
  return (typescript.getCombinedModifierFlags(node) & flags) !== 0;
}

/** What a class extends. */
export function superclassOf(node: ts.ClassLikeDeclaration, typescript: TypeScript): ts.Expression | undefined {
  const clause = node.heritageClauses?.find(({ token }) => token === typescript.SyntaxKind.ExtendsKeyword);
  return clause?.types[0]?.expression;
}

/** The child nodes of a node. */
export function childrenOf(node: ts.Node, typescript: TypeScript): readonly ts.Node[] {
  const children: ts.Node[] = [];
  typescript.forEachChild(node, child => {
    children.push(child);
  });
  return children;
}

/** A callback that is told of the failure, so that the call that it is given to does not throw it. */
export function isErrorCallback(node: ts.Node, typescript: TypeScript): boolean {
  const first = isFunctionValue(node, typescript) ? node.parameters[0]?.name : undefined;
  return first !== undefined && typescript.isIdentifier(first) && errorParameterName.test(first.text);
}
