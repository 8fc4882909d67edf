import type { TSESTree } from '@typescript-eslint/utils';

import type { Types } from './types.js';

/**
 * Whether a class inherits a member of that name, so that code elsewhere may use it. Undefined where nothing is known
 * of what it extends.
 */
export function inheritsMember(
  types: Types,
  node: TSESTree.ClassDeclaration | TSESTree.ClassExpression,
  name: string,
): boolean | undefined {
  const { superClass } = node;
  if (superClass === null) return false;
  const tsNode = types.tsNodeOf(superClass);
  if (tsNode === undefined || types.isAny(superClass)) return undefined;
  const checker = types.program.getTypeChecker();
  const constructions = checker.getTypeAtLocation(tsNode).getConstructSignatures();
  if (constructions.length === 0) return undefined;
  return constructions.some(construction => checker.getPropertyOfType(construction.getReturnType(), name) !== undefined);
}

/** Whether the value of an expression is known to have a member of that name. */
export function hasMember(types: Types, node: TSESTree.Expression, name: string): boolean {
  const tsNode = types.tsNodeOf(node);
  if (tsNode === undefined) return false;
  const checker = types.program.getTypeChecker();
  return checker.getPropertyOfType(checker.getTypeAtLocation(tsNode), name) !== undefined;
}

/** Whether an expression of this type may have one of these members: whatever is `any`, `unknown` or indexed may. */
export function mayHaveMember(types: Types, node: TSESTree.Node, names: readonly string[]): boolean {
  const { program, typescript } = types;
  const tsNode = types.tsNodeOf(node);
  if (tsNode === undefined) return true;
  const checker = program.getTypeChecker();
  const type = checker.getTypeAtLocation(tsNode);
  return (type.isUnion() ? type.types : [type]).some(
    alternative =>
      (alternative.flags & (typescript.TypeFlags.Any | typescript.TypeFlags.Unknown)) !== 0 ||
      alternative.getStringIndexType() !== undefined ||
      names.some(name => checker.getPropertyOfType(alternative, name) !== undefined),
  );
}
