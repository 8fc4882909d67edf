import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

type Variable = TSESLint.Scope.Variable;

/** Answers which variable an identifier of one file refers to. */
export interface Variables {
  /** The variable that `identifier` refers to or declares; undefined for a global that no configuration names. */
  of(identifier: TSESTree.Identifier | TSESTree.JSXIdentifier): Variable | undefined;
  /** The variable that `name` means at `place`; undefined if nothing there has that name. */
  named(name: string, place: TSESTree.Node): Variable | undefined;
  /** Whether `identifier` refers to a global that this file does not declare. */
  isUnshadowedGlobal(identifier: TSESTree.Identifier | TSESTree.JSXIdentifier): boolean;
}

const cache = new WeakMap<TSESLint.SourceCode, Variables>();

/** The variables of a file. The references are indexed once, on the first question. */
export function createVariables(sourceCode: TSESLint.SourceCode): Variables {
  let variables = cache.get(sourceCode);
  if (variables === undefined) {
    variables = variablesOf(sourceCode);
    cache.set(sourceCode, variables);
  }
  return variables;
}

function variablesOf(sourceCode: TSESLint.SourceCode): Variables {
  let index: Map<TSESTree.Node, Variable | null> | undefined;

  return { of: variableOf, named: variableNamed, isUnshadowedGlobal };

  function variableOf(identifier: TSESTree.Identifier | TSESTree.JSXIdentifier): Variable | undefined {
    index ??= indexReferences(sourceCode);
    const indexed = index.get(identifier);
    if (indexed !== undefined) return indexed ?? undefined;
    return variableNamed(identifier.name, identifier);
  }

  // `findVariable` of the libraries does this. Loading it would add a third to what importing the plugin takes.
  function variableNamed(name: string, place: TSESTree.Node): Variable | undefined {
    let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(place);
    while (scope !== null && !scope.set.has(name)) scope = scope.upper;
    return scope?.set.get(name);
  }

  // With no globals configured, the usual TypeScript setup, a global has no variable at all.
  function isUnshadowedGlobal(identifier: TSESTree.Identifier | TSESTree.JSXIdentifier): boolean {
    const variable = variableOf(identifier);
    return variable === undefined || (variable.defs.length === 0 && variable.scope.type === 'global');
  }
}

function indexReferences(sourceCode: TSESLint.SourceCode): Map<TSESTree.Node, Variable | null> {
  const index = new Map<TSESTree.Node, Variable | null>();
  for (const scope of sourceCode.scopeManager?.scopes ?? []) {
    for (const reference of scope.references) index.set(reference.identifier, reference.resolved);
  }
  return index;
}
