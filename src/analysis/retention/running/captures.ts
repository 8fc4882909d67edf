import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../../findings.js';
import { variablesCapturedBy } from '../../scope/captures.js';
import type { Variables } from '../../scope/variables.js';
import { childrenOf } from '../../syntax/children.js';
import { contains } from '../../syntax/contains.js';
import { isClass, isFunction } from '../../syntax/functions.js';

/** Answers what a function that is handed over keeps alive. */
export interface Captures {
  /** Whether `callback`, or what it names, holds the `this` around it. */
  holdsThis(callback: TSESTree.Node): boolean;
  /** Whether it holds a parameter or a variable of `around`. */
  holdsLocals(callback: TSESTree.Node, around: FunctionNode): boolean;
}

export function createCaptures(sourceCode: TSESLint.SourceCode, variables: Variables): Captures {
  return { holdsThis, holdsLocals };

  function holdsThis(callback: TSESTree.Node): boolean {
    if (callback.type === 'ThisExpression') return true;
    if (callback.type === 'Identifier') {
      const value = constantOf(callback);
      return value !== undefined && holdsThis(value);
    }
    if (isClass(callback) || callback.type === 'FunctionExpression' || callback.type === 'FunctionDeclaration') {
      return capturedBy(callback).some(isAliasOfThis);
    }
    if (callback.type === 'ArrowFunctionExpression' && capturedBy(callback).some(isAliasOfThis)) return true;
    return childrenOf(callback, sourceCode.visitorKeys).some(child => child.type !== 'Identifier' && holdsThis(child));
  }

  function holdsLocals(callback: TSESTree.Node, around: FunctionNode): boolean {
    if (isFunction(callback)) return capturedBy(callback).some(variable => isLocal(variable, around));
    if (callback.type === 'Identifier') {
      const variable = variables.of(callback);
      const value = constantOf(callback);
      if (value !== undefined && isFunction(value)) return holdsLocals(value, around);
      return variable !== undefined && isLocal(variable, around);
    }
    return childrenOf(callback, sourceCode.visitorKeys).some(child => holdsLocals(child, around));
  }

  function capturedBy(closure: Parameters<typeof variablesCapturedBy>[1]): readonly TSESLint.Scope.Variable[] {
    return variablesCapturedBy(sourceCode, closure);
  }

  /** The function, or the initial value, that a name stands for. */
  function constantOf(name: TSESTree.Identifier): TSESTree.Node | undefined {
    const definition = variables.of(name)?.defs[0];
    if (definition?.type === 'FunctionName') return definition.node;
    return definition?.type === 'Variable' && definition.parent.kind === 'const' ? (definition.node.init ?? undefined) : undefined;
  }
}

function isLocal({ defs: [definition] }: TSESLint.Scope.Variable, around: FunctionNode): boolean {
  return definition !== undefined && contains(around, definition.name) && definition.name !== around.id;
}

/** `const self = this` */
function isAliasOfThis({ defs: [definition] }: TSESLint.Scope.Variable): boolean {
  return definition?.type === 'Variable' && definition.node.init?.type === 'ThisExpression';
}
