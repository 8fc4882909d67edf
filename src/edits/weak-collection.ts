import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

/** What declares a collection, and what makes it. */
export interface Collection {
  readonly node: TSESTree.Node;
  readonly creation: TSESTree.Expression;
}

/**
 * Makes a `WeakMap` of a `Map`, and a `WeakSet` of a `Set`: the creation and the type that the declaration states. The
 * caller knows that all keys are objects and that nothing needs more than a key.
 *
 * @returns null if it starts with entries, or if its type is stated elsewhere or in other words
 */
export function weakCollection({ node, creation }: Collection): TSESLint.ReportFixFunction | null {
  if (creation.type !== 'NewExpression' || creation.arguments.length > 0 || node.type === 'MemberExpression') return null;
  const { callee } = creation;
  if (callee.type !== 'Identifier') return null;
  const stated = statedType(node);
  const names: TSESTree.Node[] = [callee];
  if (stated !== undefined) {
    if (stated.type !== 'TSTypeReference' || stated.typeName.type !== 'Identifier' || stated.typeName.name !== callee.name) {
      return null;
    }
    names.push(stated.typeName);
  }
  return fixer => names.map(name => fixer.insertTextBefore(name, 'Weak'));
}

function statedType(node: TSESTree.Node): TSESTree.TypeNode | undefined {
  const annotated = node.parent?.type === 'PropertyDefinition' ? node.parent : node;
  return 'typeAnnotation' in annotated && annotated.typeAnnotation?.type === 'TSTypeAnnotation'
    ? annotated.typeAnnotation.typeAnnotation
    : undefined;
}
