import type { TSESTree } from '@typescript-eslint/utils';
import type * as ts from 'typescript';

import type { Types } from './types.js';

/**
 * Whether every alternative of the type of `node` is a class of the program which takes all listeners off itself in a
 * method that `isDisposer` names: `close() { this.removeAllListeners(); }`. Superclasses count.
 */
export function clearsItself(types: Types, node: TSESTree.Expression, isDisposer: (name: string) => boolean): boolean {
  const { program, typescript } = types;
  const checker = program.getTypeChecker();
  const tsNode = types.tsNodeOf(node);
  if (tsNode === undefined) return false;
  const type = checker.getNonNullableType(checker.getTypeAtLocation(tsNode));
  const alternatives = type.isUnion() ? type.types : [type];
  return alternatives.every(each => clears(each));

  function clears(type: ts.Type): boolean {
    const members = checker.getPropertiesOfType(type).filter(({ name }) => isDisposer(name));
    return members.some(({ declarations = [] }) =>
      declarations.some(declaration => typescript.isMethodDeclaration(declaration) && clearsIn(declaration)),
    );
  }

  function clearsIn(node: ts.Node): boolean {
    const isClearing =
      typescript.isCallExpression(node) &&
      typescript.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === 'removeAllListeners' &&
      isOwn(node.expression.expression);
    return isClearing || typescript.forEachChild(node, child => clearsIn(child) || undefined) === true;
  }

  function isOwn({ kind }: ts.Expression): boolean {
    return kind === typescript.SyntaxKind.ThisKeyword || kind === typescript.SyntaxKind.SuperKeyword;
  }
}
