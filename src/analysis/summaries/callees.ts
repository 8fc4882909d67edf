import type * as ts from 'typescript';

import type { Types } from '../types/types.js';
import { hasModifier, isFunctionValue, skipWrappers } from './syntax.js';

/** A function whose body can be read. */
export interface Callee {
  readonly node: ts.FunctionLikeDeclaration;
  readonly body: ts.ConciseBody;
}

/** Finds the functions and classes that calls of a program lead to. Undefined where no single body can be read. */
export interface Callees {
  /** The function that `call` runs. */
  functionOf(call: ts.CallExpression): Callee | undefined;
  /** The class that an expression denotes. */
  classOf(node: ts.Expression): ts.ClassLikeDeclaration | undefined;
  /** The constructor that a class itself declares. */
  constructorOf(node: ts.ClassLikeDeclaration): Callee | undefined;
  /** The accessors of `this` that a member access may run. */
  accessorsOf(node: ts.PropertyAccessExpression): readonly Callee[];
  /** What an expression denotes, imports followed. */
  symbolOf(node: ts.Expression): ts.Symbol | undefined;
}

/** Resolves callees by their names: that is much cheaper than resolving a signature, which checks all arguments. */
export function createCallees({ program, typescript }: Types<ts.Node>): Callees {
  const checker = program.getTypeChecker();
  return { functionOf, classOf, constructorOf, accessorsOf, symbolOf };

  function functionOf(call: ts.CallExpression): Callee | undefined {
    const callee = skipWrappers(call.expression, typescript);
    if (isFunctionValue(callee, typescript)) {
      return calleeOf(callee);
    }
    const declarations = ownDeclarations(symbolOf(callee));
    const [function_, ...others] = declarations.flatMap(declaration => functionIn(declaration) ?? []);
    const isOne =
      function_ !== undefined &&
      others.length === 0 &&
      declarations.every(({ parent }) => parent === declarations[0]?.parent);
    return isOne && !mayBeReplaced(function_) ? calleeOf(function_) : undefined;
  }

  function classOf(node: ts.Expression): ts.ClassLikeDeclaration | undefined {
    const [declaration] = ownDeclarations(symbolOf(skipWrappers(node, typescript))).filter(
      candidate => !typescript.isInterfaceDeclaration(candidate),
    );
    if (declaration === undefined || typescript.isClassLike(declaration)) {
      return declaration;
    }
    const init =
      typescript.isVariableDeclaration(declaration) && isConstant(declaration) ? declaration.initializer : undefined;
    return init !== undefined && typescript.isClassExpression(init) ? init : undefined;
  }

  function constructorOf(node: ts.ClassLikeDeclaration): Callee | undefined {
    const constructor = node.members.find(
      member => typescript.isConstructorDeclaration(member) && member.body !== undefined,
    );
    return constructor !== undefined && typescript.isConstructorDeclaration(constructor)
      ? calleeOf(constructor)
      : undefined;
  }

  function accessorsOf(node: ts.PropertyAccessExpression): readonly Callee[] {
    if (node.expression.kind !== typescript.SyntaxKind.ThisKeyword) {
      return [];
    }
    return ownDeclarations(symbolOf(node)).flatMap(declaration =>
      typescript.isAccessor(declaration) ? (calleeOf(declaration) ?? []) : [],
    );
  }

  function symbolOf(node: ts.Expression): ts.Symbol | undefined {
    const name = typescript.isPropertyAccessExpression(node) ? node.name : node;
    const symbol =
      typescript.isIdentifier(name) || typescript.isPrivateIdentifier(name)
        ? checker.getSymbolAtLocation(name)
        : undefined;
    return symbol !== undefined && symbol.flags & typescript.SymbolFlags.Alias
      ? checker.getAliasedSymbol(symbol)
      : symbol;
  }

  /** The declarations of a symbol; none if one of them stands in a file without bodies. */
  function ownDeclarations(symbol: ts.Symbol | undefined): readonly ts.Declaration[] {
    const declarations = symbol?.declarations ?? [];
    return declarations.some(declaration => declaration.getSourceFile().isDeclarationFile) ? [] : declarations;
  }

  function functionIn(declaration: ts.Declaration): ts.FunctionLikeDeclaration | undefined {
    if (typescript.isFunctionDeclaration(declaration) || typescript.isMethodDeclaration(declaration)) {
      return declaration.body === undefined ? undefined : declaration;
    }
    if (typescript.isShorthandPropertyAssignment(declaration)) {
      const symbol = checker.getShorthandAssignmentValueSymbol(declaration);
      const [target, ...others] = ownDeclarations(symbol);
      return target === undefined || others.length > 0 ? undefined : functionIn(target);
    }
    const value = valueOf(declaration);
    const init = value && skipWrappers(value, typescript);
    return init !== undefined && isFunctionValue(init, typescript) ? init : undefined;
  }

  function valueOf(declaration: ts.Declaration): ts.Expression | undefined {
    if (typescript.isVariableDeclaration(declaration)) {
      return isConstant(declaration) ? declaration.initializer : undefined;
    }
    if (typescript.isPropertyDeclaration(declaration) || typescript.isPropertyAssignment(declaration)) {
      return declaration.initializer;
    }
    // `exports.lock = function () {}`
    return typescript.isBinaryExpression(declaration) ? declaration.right : undefined;
  }

  function isConstant({ parent }: ts.VariableDeclaration): boolean {
    return (parent.flags & typescript.NodeFlags.Const) !== 0;
  }

  function calleeOf(node: ts.FunctionLikeDeclaration): Callee | undefined {
    return node.body === undefined ? undefined : { node, body: node.body };
  }

  /**
   * Whether the body says nothing of what a call runs: a method that is empty or only throws is there to be overridden,
   * one with a decorator is replaced by it.
   */
  function mayBeReplaced(node: ts.FunctionLikeDeclaration): boolean {
    if (!typescript.isClassLike(node.parent)) {
      return false;
    }
    if (typescript.canHaveDecorators(node) && typescript.getDecorators(node) !== undefined) {
      return true;
    }
    const { Private, Static } = typescript.ModifierFlags;
    const isFixed =
      hasModifier(node, Private | Static, typescript) ||
      (node.name !== undefined && typescript.isPrivateIdentifier(node.name));
    const statements = node.body !== undefined && typescript.isBlock(node.body) ? node.body.statements : undefined;
    return !isFixed && statements?.every(statement => typescript.isThrowStatement(statement)) === true;
  }
}
