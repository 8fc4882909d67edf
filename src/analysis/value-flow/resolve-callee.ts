import type { TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../findings.js';
import type { Variables } from '../scope/variables.js';
import { ancestorsOf } from '../syntax/ancestors.js';
import { isClass, isFunction } from '../syntax/functions.js';
import { propertyName } from '../syntax/property-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';

/** The function of this file that a call runs: a function declaration or constant, a method called on `this`. */
export function resolveCallee(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  variables: Variables,
): FunctionNode | undefined {
  const callee = skipWrappers(call.callee);
  if (isFunction(callee)) {
    return callee;
  }
  if (call.type === 'NewExpression') {
    return undefined;
  }
  if (callee.type === 'Identifier') {
    return functionOfName(callee, variables);
  }
  if (callee.type !== 'MemberExpression') {
    return undefined;
  }
  const name = propertyName(callee);
  if (name === undefined) {
    return undefined;
  }
  return callee.object.type === 'ThisExpression'
    ? methodOf(enclosingClass(callee), name)
    : memberOfConstant(callee.object, name, variables);
}

function functionOfName(node: TSESTree.Identifier, variables: Variables): FunctionNode | undefined {
  const variable = variables.of(node);
  const definition = variable?.defs[0];
  if (variable?.defs.length !== 1 || definition === undefined) {
    return undefined;
  }
  if (definition.type === 'FunctionName') {
    return isFunction(definition.node) ? definition.node : undefined;
  }
  const isConstant = definition.type === 'Variable' && definition.parent.kind === 'const';
  const init = isConstant ? definition.node.init : null;
  return init !== null && isFunction(init) ? init : undefined;
}

/** A method of a class with this static name, if the class defines it once. */
function methodOf(node: TSESTree.ClassDeclaration | TSESTree.ClassExpression | undefined, name: string): FunctionNode | undefined {
  const members = node?.body.body.filter(
    member =>
      (member.type === 'MethodDefinition' || member.type === 'PropertyDefinition') && propertyName(member) === name,
  );
  const [member] = members ?? [];
  if (members?.length !== 1 || (member?.type !== 'MethodDefinition' && member?.type !== 'PropertyDefinition')) {
    return undefined;
  }
  const { value } = member;
  return value !== null && value.type !== 'TSEmptyBodyFunctionExpression' && isFunction(value) ? value : undefined;
}

function memberOfConstant(object: TSESTree.Expression, name: string, variables: Variables): FunctionNode | undefined {
  const definition = object.type === 'Identifier' ? variables.of(object)?.defs[0] : undefined;
  if (definition?.type === 'ClassName') {
    return methodOf(definition.node, name);
  }
  if (definition?.type !== 'Variable' || definition.parent.kind !== 'const') {
    return undefined;
  }
  const { init } = definition.node;
  const property =
    init?.type === 'ObjectExpression'
      ? init.properties.find(candidate => candidate.type === 'Property' && propertyName(candidate) === name)
      : undefined;
  return property?.type === 'Property' && isFunction(property.value) ? property.value : undefined;
}

/** The class whose `this` an expression means. */
function enclosingClass(node: TSESTree.Node): TSESTree.ClassDeclaration | TSESTree.ClassExpression | undefined {
  for (const current of ancestorsOf(node)) {
    if (isClass(current)) {
      return current;
    }
    const isMethod = current.parent?.type === 'MethodDefinition' || current.parent?.type === 'PropertyDefinition';
    if (isFunction(current) && current.type !== 'ArrowFunctionExpression' && !isMethod) {
      return undefined;
    }
  }
  return undefined;
}
