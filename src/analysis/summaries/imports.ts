import type * as ts from 'typescript';

import { isDeclared } from '../identity/matching.js';
import type { Source } from '../specification.js';
import type { Origin, Types } from '../types/types.js';

/** Whether `node` denotes what `source` names. */
export function isExport(node: ts.Node, source: Source, types: Types<ts.Node>): boolean {
  return 'global' in source
    ? types.isGlobal(node, source.global)
    : [...types.originsOf(node), ...importedOrigin(node, types)].some(origin => isDeclared(origin, source));
}

/**
 * The origin that an import states, for packages that are not installed: their types are `any`, but the text says where
 * a name comes from. Empty if `node` is no imported name.
 */
function importedOrigin(node: ts.Node, { program, typescript }: Types<ts.Node>): readonly Origin[] {
  const checker = program.getTypeChecker();
  const symbol = typescript.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined;
  const declaration = symbol?.declarations?.[0];
  if (declaration === undefined) {
    return [];
  }
  const statement = typescript.findAncestor(declaration, typescript.isImportDeclaration);
  if (statement === undefined || !typescript.isStringLiteral(statement.moduleSpecifier)) {
    return [];
  }
  const specifier = statement.moduleSpecifier.text;
  const name = typescript.isImportSpecifier(declaration)
    ? (declaration.propertyName ?? declaration.name).text
    : typescript.isNamespaceImport(declaration)
      ? '*'
      : 'default';
  return specifier.startsWith('.')
    ? []
    : [{ names: new Set([name]), package: specifier, file: specifier, isGlobal: false }];
}

/** The origin of the class that a variable, field or parameter is annotated with, or is an instance of. */
export function importedTypeOrigin(node: ts.Expression, types: Types<ts.Node>): readonly Origin[] {
  const { program, typescript } = types;
  const name = typescript.isPropertyAccessExpression(node) ? node.name : node;
  const declaration = program.getTypeChecker().getSymbolAtLocation(name)?.valueDeclaration;
  if (
    declaration === undefined ||
    !(
      typescript.isVariableDeclaration(declaration) ||
      typescript.isPropertyDeclaration(declaration) ||
      typescript.isParameter(declaration)
    )
  ) {
    return [];
  }
  const { type, initializer } = declaration;
  if (type !== undefined) {
    return typescript.isTypeReferenceNode(type) ? importedOrigin(type.typeName, types) : [];
  }
  return initializer !== undefined && typescript.isNewExpression(initializer)
    ? importedOrigin(initializer.expression, types)
    : [];
}
