import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

/** The child nodes of a node in source order. Type annotations are left out: they have no effect when the code runs. */
export function childrenOf(node: TSESTree.Node, visitorKeys: TSESLint.SourceCode.VisitorKeys): TSESTree.Node[] {
  const keys = visitorKeys[node.type] ?? [];
  return keys.flatMap(key => (typeKeys.has(key) ? [] : nodesIn(Reflect.get(node, key))));
}

const typeKeys = new Set([
  'typeAnnotation',
  'typeArguments',
  'typeParameters',
  'returnType',
  'superTypeArguments',
  'implements',
]);

function nodesIn(value: unknown): TSESTree.Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  return isNode(value) ? [value] : [];
}

function isNode(value: unknown): value is TSESTree.Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
