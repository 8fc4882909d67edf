import type { TSESTree } from '@typescript-eslint/utils';

/**
 * The name that a member access, a property or a class member spells out: `x.name`, `x['name']`, `#name`. Undefined for
 * a name that is computed. A private name keeps its `#`.
 */
export function propertyName(
  node: TSESTree.MemberExpression | { key: TSESTree.Node; computed: boolean },
): string | undefined {
  const key = 'key' in node ? node.key : node.property;
  if (!node.computed) {
    if (key.type === 'Identifier') return key.name;
    if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  }
  return stringOf(key);
}

/** The text of a string (or number, as a key) that is written out; undefined for any other expression. */
export function stringOf(node: TSESTree.Node): string | undefined {
  if (node.type === 'Literal' && (typeof node.value === 'string' || typeof node.value === 'number')) {
    return String(node.value);
  }
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}
