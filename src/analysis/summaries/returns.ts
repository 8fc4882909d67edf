import type * as ts from 'typescript';
import { skipWrappers } from './syntax.js';

/** One expression that a function returns. */
export interface Returned {
  /** The call or construction whose value it is. */
  readonly call: ts.CallExpression | ts.NewExpression;
  /** The local variable that holds it on the way. */
  readonly variable?: ts.Identifier;
}

/**
 * The calls whose values a function returns, a plain local variable in between; undefined if it returns anything else
 * at any place, or nothing at all.
 */
export function returnedCalls(body: ts.ConciseBody, typescript: typeof ts): Returned[] | undefined {
  const expressions = typescript.isBlock(body) ? returnedExpressions(body, typescript) : [body];
  const calls = expressions.map(expression => returnedCall(expression, body, typescript));
  const known = calls.flatMap(call => call ?? []);
  return known.length === 0 || known.length < calls.length ? undefined : known;
}

function returnedExpressions(body: ts.Node, typescript: typeof ts): ts.Expression[] {
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (typescript.isReturnStatement(node)) {
      if (node.expression !== undefined) {
        found.push(node.expression);
      }
    } else if (!typescript.isFunctionLike(node) && !typescript.isClassLike(node) && !typescript.isExpression(node)) {
      typescript.forEachChild(node, visit);
    }
  };
  visit(body);
  return found;
}

function returnedCall(expression: ts.Expression, body: ts.ConciseBody, typescript: typeof ts): Returned | undefined {
  const value = withoutAwait(expression, typescript);
  if (typescript.isCallExpression(value) || typescript.isNewExpression(value)) {
    return { call: value };
  }
  const declaration = typescript.isIdentifier(value) ? declarationOf(value, body, typescript) : undefined;
  if (declaration?.initializer === undefined || !typescript.isIdentifier(declaration.name)) {
    return undefined;
  }
  const init = withoutAwait(declaration.initializer, typescript);
  return typescript.isCallExpression(init) || typescript.isNewExpression(init)
    ? { call: init, variable: declaration.name }
    : undefined;
}

function withoutAwait(expression: ts.Expression, typescript: typeof ts): ts.Expression {
  const value = skipWrappers(expression, typescript);
  return typescript.isAwaitExpression(value) ? withoutAwait(value.expression, typescript) : value;
}

/** The declaration of a local variable, by its name: two of one name are not told apart, so neither is taken. */
function declarationOf(
  { text }: ts.Identifier,
  body: ts.ConciseBody,
  typescript: typeof ts,
): ts.VariableDeclaration | undefined {
  const found: ts.VariableDeclaration[] = [];
  const visit = (node: ts.Node): void => {
    if (typescript.isVariableDeclaration(node) && typescript.isIdentifier(node.name) && node.name.text === text) {
      found.push(node);
    }
    if (!typescript.isFunctionLike(node)) {
      typescript.forEachChild(node, visit);
    }
  };
  visit(body);
  return found.length === 1 ? found[0] : undefined;
}
