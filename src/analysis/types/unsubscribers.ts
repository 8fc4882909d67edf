import type { TSESTree } from '@typescript-eslint/utils';
import type * as ts from 'typescript';

import type { Types } from './types.js';

/** How the result of a call ends what the call began: it is called, or a method of it is. */
export type Unsubscriber = { kind: 'call' } | { kind: 'method'; name: string };

/** What the type of a call says about its result. */
export interface SubscriptionType {
  readonly unsubscriber: Unsubscriber;
  /** The packages (or files) that declare what is called. */
  readonly declaredIn: readonly string[];
}

const endingMethods = ['unsubscribe', 'dispose'];

/**
 * Whether the result of `call`, or what its promise gives, is a function without parameters that returns nothing, a
 * `Subscription` or a disposable. A call that gives its own receiver back is only a chain.
 */
export function subscriptionType(types: Types, call: TSESTree.CallExpression): SubscriptionType | undefined {
  const { program, typescript } = types;
  const checker = program.getTypeChecker();
  const tsCall = types.tsNodeOf(call);
  if (tsCall === undefined || !typescript.isCallExpression(tsCall)) return undefined;
  const signature = checker.getResolvedSignature(tsCall);
  if (signature === undefined || givesReceiver(signature, tsCall)) return undefined;
  const result = checker.getAwaitedType(signature.getReturnType()) ?? signature.getReturnType();
  const unsubscriber = unsubscriberOf(checker.getNonNullableType(result), tsCall);
  return unsubscriber && { unsubscriber, declaredIn: declaredIn(signature) };

  function unsubscriberOf(type: ts.Type, at: ts.Node): Unsubscriber | undefined {
    if (type.flags & (typescript.TypeFlags.Any | typescript.TypeFlags.Unknown | typescript.TypeFlags.Never)) return undefined;
    if (type.isUnion()) {
      const [first, ...others] = type.types.map(each => unsubscriberOf(each, at));
      return others.every(each => each?.kind === first?.kind) ? first : undefined;
    }
    if (isRemover(type)) return { kind: 'call' };
    const name = endingMethods.find(each => isEndingMethod(checker.getPropertyOfType(type, each), at));
    if (name !== undefined) return { kind: 'method', name };
    const isDisposable = type.getProperties().some(({ name: property }) => property.startsWith('__@dispose@'));
    return isDisposable ? { kind: 'method', name: '[Symbol.dispose]' } : undefined;
  }

  /** `() => void`, and nothing beside it: functions with properties are something else as well. */
  function isRemover(type: ts.Type): boolean {
    const signatures = type.getCallSignatures();
    return signatures.length > 0 && signatures.every(needsNothing) && type.getProperties().length === 0;
  }

  function isEndingMethod(property: ts.Symbol | undefined, at: ts.Node): boolean {
    return property !== undefined && checker.getTypeOfSymbolAtLocation(property, at).getCallSignatures().some(needsNothing);
  }

  function needsNothing(signature: ts.Signature): boolean {
    const { Any, BooleanLike, Undefined, Void } = typescript.TypeFlags;
    const result = checker.getAwaitedType(signature.getReturnType()) ?? signature.getReturnType();
    return (
      signature.getParameters().every(parameter => isOptional(parameter)) &&
      (result.flags & (Any | BooleanLike | Undefined | Void)) !== 0
    );
  }

  function isOptional({ valueDeclaration }: ts.Symbol): boolean {
    return (
      valueDeclaration !== undefined &&
      typescript.isParameter(valueDeclaration) &&
      (checker.isOptionalParameter(valueDeclaration) || valueDeclaration.dotDotDotToken !== undefined)
    );
  }

  function givesReceiver(signature: ts.Signature, { expression }: ts.CallExpression): boolean {
    const declared = signature.declaration?.type;
    if (declared?.kind === typescript.SyntaxKind.ThisType) return true;
    if (!typescript.isPropertyAccessExpression(expression)) return false;
    return checker.getTypeAtLocation(expression.expression) === signature.getReturnType();
  }

  function declaredIn({ declaration }: ts.Signature): string[] {
    const file = declaration?.getSourceFile().fileName;
    const folder = file === undefined ? undefined : /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//u.exec(file)?.[1];
    return [folder ?? file ?? []].flat();
  }
}
