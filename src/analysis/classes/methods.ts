import type { TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../findings.js';
import { isFunction } from '../syntax/functions.js';
import { propertyName } from '../syntax/property-name.js';

/** A function that runs on an instance. */
export interface Method {
  /** Its name; `[Symbol.dispose]` and `[Symbol.asyncDispose]` for those keys, `undefined` for other computed ones. */
  readonly name: string | undefined;
  readonly kind: 'constructor' | 'method' | 'getter' | 'setter' | 'fieldFunction';
  readonly isStatic: boolean;
  readonly node: FunctionNode;
}

/** The function that a member of a class declares, in a list; none for fields that hold something else. */
export function methodsOf(member: TSESTree.ClassElement): Method[] {
  switch (member.type) {
    case 'MethodDefinition': {
      if (!isFunction(member.value)) return [];
      return [{ name: nameOfKey(member), kind: member.kind === 'get' || member.kind === 'set' ? kindOfAccess(member.kind) : member.kind, isStatic: member.static, node: member.value }];
    }
    case 'PropertyDefinition':
      if (!isFunction(member.value)) return [];
      return [{ name: nameOfKey(member), kind: 'fieldFunction', isStatic: member.static, node: member.value }];
    default:
      return [];
  }
}

/** The kind of an accessor. */
export function kindOfAccess(kind: 'get' | 'set'): Method['kind'] {
  return kind === 'get' ? 'getter' : 'setter';
}

/** The name of a key; `[Symbol.dispose]` for a well-known symbol, undefined for other computed keys. */
export function nameOfKey(node: { key: TSESTree.Node; computed: boolean }): string | undefined {
  const name = propertyName(node);
  if (name !== undefined) return name;
  const { key } = node;
  const isSymbol =
    key.type === 'MemberExpression' && key.object.type === 'Identifier' && key.object.name === 'Symbol';
  const symbol = isSymbol ? propertyName(key) : undefined;
  return symbol === undefined ? undefined : `[Symbol.${symbol}]`;
}

/** The fields that a constructor declares in its parameter list. */
export function parameterProperties(node: FunctionNode): TSESTree.Identifier[] {
  return node.params.flatMap(parameter => {
    if (parameter.type !== 'TSParameterProperty') return [];
    return [parameter.parameter.type === 'AssignmentPattern' ? parameter.parameter.left : parameter.parameter];
  });
}
