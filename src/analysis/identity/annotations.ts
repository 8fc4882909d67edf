import type { TSESTree } from '@typescript-eslint/utils';

import { stringOf } from '../syntax/property-name.js';
import { collectionOf } from './collections.js';
import type { Evaluation, Value } from './value.js';
import { absent, awaited, everyOf, mapAlternatives, someOf, unknown } from './value.js';
import { entityValue } from './variables.js';

/** What a value of the type `type` is. */
export function annotationValue(type: TSESTree.TypeNode, evaluation: Evaluation): Value {
  const { valueOfType } = evaluation;
  switch (type.type) {
    case 'TSTypeReference':
      return referenceValue(type, evaluation);
    case 'TSUnionType':
      return everyOf(type.types.map(valueOfType));
    case 'TSIntersectionType':
      return someOf(type.types.map(valueOfType));
    case 'TSArrayType':
      return { kind: 'collection', element: valueOfType(type.elementType) };
    case 'TSTupleType': {
      const items = type.elementTypes.map(valueOfType);
      return { kind: 'collection', element: everyOf(items), items };
    }
    case 'TSNamedTupleMember':
      return valueOfType(type.elementType);
    case 'TSOptionalType':
      return valueOfType(type.typeAnnotation);
    case 'TSTypeOperator':
      return type.operator === 'readonly' ? valueOfType(type.typeAnnotation) : unknown;
    case 'TSTypeQuery':
      return type.exprName.type === 'TSImportType' ? importValue(type.exprName) : entityValue(type.exprName, evaluation);
    case 'TSImportType':
      return { kind: 'instance', of: importValue(type) };
    case 'TSIndexedAccessType': {
      const name = type.indexType.type === 'TSLiteralType' ? stringOf(type.indexType.literal) : undefined;
      return name === undefined ? unknown : evaluation.member(valueOfType(type.objectType), name);
    }
    case 'TSTypeLiteral':
      return { kind: 'object', node: type };
    case 'TSFunctionType':
      return { kind: 'function', node: type };
    case 'TSNullKeyword':
    case 'TSUndefinedKeyword':
    case 'TSVoidKeyword':
      return absent;
    default:
      return unknown;
  }
}

/** Types that are their first argument, as far as identity goes. */
const transparent = new Set(['Readonly', 'Required', 'NonNullable', 'NoInfer', 'Partial']);

function referenceValue(type: TSESTree.TSTypeReference, evaluation: Evaluation): Value {
  const alias = typeDeclaration(type.typeName, evaluation);
  if (alias !== undefined) return alias;
  const entity = entityValue(type.typeName, evaluation);
  const typeArguments = type.typeArguments?.params ?? [];
  return (
    collectionOf(entity, typeArguments, evaluation) ??
    wrappedValue(entity, typeArguments[0], evaluation) ??
    mapAlternatives(entity, of => (of.kind === 'unknown' || of.kind === 'absent' ? unknown : { kind: 'instance', of }))
  );
}

/** What a type alias, interface or type parameter of this file stands for. */
function typeDeclaration(name: TSESTree.EntityName, evaluation: Evaluation): Value | undefined {
  if (name.type !== 'Identifier') return undefined;
  for (const { node } of evaluation.variables.of(name)?.defs ?? []) {
    switch (node.type) {
      case 'TSTypeAliasDeclaration':
        return evaluation.valueOfType(node.typeAnnotation);
      case 'TSInterfaceDeclaration':
        return { kind: 'instance', of: { kind: 'interface', node } };
      case 'TSTypeParameter':
        return evaluation.valueOfType(node.constraint);
      default:
    }
  }
  return undefined;
}

function wrappedValue(
  entity: Value,
  argument: TSESTree.TypeNode | undefined,
  evaluation: Evaluation,
): Value | undefined {
  if (entity.kind !== 'global' || argument === undefined) return undefined;
  const name = entity.path.join('.');
  const of = evaluation.valueOfType(argument);
  if (transparent.has(name)) return of;
  switch (name) {
    case 'Promise':
    case 'PromiseLike':
      return { kind: 'promise', of };
    case 'Awaited':
      return awaited(of);
    case 'InstanceType':
      return mapAlternatives(of, type => ({ kind: 'instance', of: type }));
    case 'ReturnType':
      return evaluation.returned(of);
    default:
      return undefined;
  }
}

function importValue(type: TSESTree.TSImportType): Value {
  const specifier = stringOf(type.source);
  if (specifier === undefined) return unknown;
  return { kind: 'module', specifier, path: type.qualifier === null ? [] : qualifiedPath(type.qualifier) };
}

function qualifiedPath(name: TSESTree.EntityName): string[] {
  if (name.type === 'TSQualifiedName') return [...qualifiedPath(name.left), name.right.name];
  return name.type === 'Identifier' ? [name.name] : [];
}
