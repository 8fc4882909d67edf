import type { TSESTree } from '@typescript-eslint/utils';

import { ancestorsOf } from '../syntax/ancestors.js';
import { isClass } from '../syntax/functions.js';
import { propertyName } from '../syntax/property-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';

/** Whether a call runs a member of its own class that is declared to give a promise: `abstract start(): Promise<void>`. */
export function givesDeclaredPromise(call: TSESTree.CallExpression): boolean {
  const callee = skipWrappers(call.callee);
  const name =
    callee.type === 'MemberExpression' && callee.object.type === 'ThisExpression' ? propertyName(callee) : undefined;
  if (name === undefined) {
    return false;
  }
  for (const ancestor of ancestorsOf(call)) {
    if (isClass(ancestor)) {
      return ancestor.body.body.some(member => isPromise(resultOf(member, name)));
    }
  }
  return false;
}

/** The declared result of the member of this name. */
function resultOf(member: TSESTree.ClassElement, name: string): TSESTree.TypeNode | undefined {
  switch (member.type) {
    case 'MethodDefinition':
    case 'TSAbstractMethodDefinition':
      return propertyName(member) === name ? member.value.returnType?.typeAnnotation : undefined;
    case 'PropertyDefinition':
    case 'TSAbstractPropertyDefinition': {
      const type = propertyName(member) === name ? member.typeAnnotation?.typeAnnotation : undefined;
      return type?.type === 'TSFunctionType' ? type.returnType?.typeAnnotation : undefined;
    }
    default:
      return undefined;
  }
}

function isPromise(type: TSESTree.TypeNode | undefined): boolean {
  return type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && type.typeName.name === 'Promise';
}
