import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { propertyName } from '../analysis/syntax/property-name.js';
import { createLayout } from './layout.js';

/**
 * Reads the property once, right behind the declaration of what it belongs to, and uses the result where it was read
 * before: `const dataLength = data.length;`.
 *
 * @returns null unless the declaration is a statement of its own of one name, and the new name is free
 */
export function hoistedRead(
  sourceCode: TSESLint.SourceCode,
  declarator: TSESTree.Node,
  reads: readonly TSESTree.MemberExpression[],
): TSESLint.ReportFixFunction | null {
  if (declarator.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier') return null;
  const { parent: declaration } = declarator;
  const [first] = reads;
  const property = first === undefined ? undefined : propertyName(first);
  if (declaration.kind !== 'const' || declaration.declarations.length > 1 || property === undefined) return null;
  if (declaration.parent.type !== 'BlockStatement') return null;
  const { name: owner } = declarator.id;
  const name = `${owner}${property.charAt(0).toUpperCase()}${property.slice(1)}`;
  if (new RegExp(String.raw`\b${name}\b`, 'u').test(sourceCode.text)) return null;
  const layout = createLayout(sourceCode);
  const end = layout.endOf(declaration);
  const line = `${layout.newline}${layout.indentAt(declaration.range[0])}const ${name} = ${owner}.${property}${layout.semicolon}`;
  return fixer => [fixer.insertTextAfterRange([end, end], line), ...reads.map(read => fixer.replaceText(read, name))];
}
