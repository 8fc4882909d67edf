import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../findings.js';

/** What can hold variables of the scopes around it. */
export type Closure = FunctionNode | TSESTree.ClassDeclaration | TSESTree.ClassExpression;

const captured = new WeakMap<TSESTree.Node, readonly TSESLint.Scope.Variable[]>();

/** The variables of outer scopes that the closure, or a function inside it, mentions. */
export function variablesCapturedBy(
  sourceCode: Readonly<TSESLint.SourceCode>,
  closure: Closure,
): readonly TSESLint.Scope.Variable[] {
  let variables = captured.get(closure);
  if (variables === undefined) {
    const scope = sourceCode.scopeManager?.acquire(closure);
    const found = new Set<TSESLint.Scope.Variable>();
    for (const { resolved } of scope?.through ?? []) {
      if (resolved !== null) {
        found.add(resolved);
      }
    }
    variables = [...found];
    captured.set(closure, variables);
  }
  return variables;
}
