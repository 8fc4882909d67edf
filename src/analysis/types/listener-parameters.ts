import type { TSESTree } from '@typescript-eslint/utils';
import type * as ts from 'typescript';

import type { Types } from './types.js';

/** Whether a listener that takes an `Error` may stand where `argument` does: what it is called with is one, or `any`. */
export function mayTakeError(types: Types, argument: TSESTree.Expression): boolean {
  const { program, typescript } = types;
  const checker = program.getTypeChecker();
  const tsNode = types.tsNodeOf(argument);
  if (tsNode === undefined || !typescript.isExpression(tsNode)) return false;
  const signatures = checker.getContextualType(tsNode)?.getCallSignatures() ?? [];
  return signatures.length > 0 && signatures.every(givesError);

  function givesError({ parameters: [first] }: ts.Signature): boolean {
    if (first === undefined) return false;
    const type = checker.getTypeOfSymbol(first);
    return isErrorOrAny(checker.getIndexTypeOfType(type, typescript.IndexKind.Number) ?? type);
  }

  function isErrorOrAny(type: ts.Type): boolean {
    if (type.flags & typescript.TypeFlags.Any) return true;
    return ['message', 'name'].every(name => {
      const property = type.getProperty(name);
      return property !== undefined && (checker.getTypeOfSymbol(property).flags & typescript.TypeFlags.StringLike) !== 0;
    });
  }
}
