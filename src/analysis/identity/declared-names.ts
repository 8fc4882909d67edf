import type { TSESTree } from '@typescript-eslint/utils';

import { propertyName } from '../syntax/property-name.js';
import type { CallableNode, ClassNode } from './value.js';

type Declaration = CallableNode | ClassNode | TSESTree.TSInterfaceDeclaration;

/** The names under which other files know a declaration of this file: its own, if it stands at the top, and exports. */
export function declaredNames(declaration: Declaration, program: TSESTree.Program): ReadonlySet<string> {
  const own = ownName(declaration);
  const names = new Set<string>(own === undefined ? [] : [own]);
  if (declaration.parent.type === 'ExportDefaultDeclaration') names.add('default');
  for (const statement of program.body) {
    if (statement.type === 'ExportDefaultDeclaration' && isName(statement.declaration, own)) names.add('default');
    if (statement.type === 'ExportNamedDeclaration' && statement.source === null) {
      for (const { local, exported } of statement.specifiers) {
        if (isName(local, own)) names.add(exported.type === 'Identifier' ? exported.name : exported.value);
      }
    }
    if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression') continue;
    const { left, right } = statement.expression;
    if (left.type !== 'MemberExpression' || !(right === declaration || isName(right, own))) continue;
    const name = propertyName(left);
    if (isCommonJsExports(left)) names.add('default');
    else if (name !== undefined && isCommonJsExports(left.object)) names.add(name);
  }
  return names;
}

function ownName(declaration: Declaration): string | undefined {
  const { parent } = declaration;
  if (parent.type === 'VariableDeclarator') {
    return parent.id.type === 'Identifier' && isAtTop(parent.parent) ? parent.id.name : undefined;
  }
  return 'id' in declaration && isAtTop(declaration) ? declaration.id?.name : undefined;
}

function isAtTop({ parent }: TSESTree.Node): boolean {
  if (parent?.type === 'Program') return true;
  return parent?.type === 'ExportNamedDeclaration' || parent?.type === 'ExportDefaultDeclaration';
}

function isName(node: TSESTree.Node, name: string | undefined): boolean {
  return node.type === 'Identifier' && node.name === name;
}

/** `exports` or `module.exports`. */
function isCommonJsExports(node: TSESTree.Node): boolean {
  if (isName(node, 'exports')) return true;
  return node.type === 'MemberExpression' && isName(node.object, 'module') && propertyName(node) === 'exports';
}
