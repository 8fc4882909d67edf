import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Variables } from '../../scope/variables.js';
import { propertyName } from '../../syntax/property-name.js';
import { isWrapper } from '../../syntax/skip-wrappers.js';
import { resolveCallee } from '../../value-flow/resolve-callee.js';
import { parameterVariable } from '../../value-flow/uses.js';
import type { Container, ContainerForm, Operation } from './model.js';

/** The parts of a file that operations are read from. */
export interface OperationContext {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly variables: Variables;
}

/** Everything that this file does with a container, aliases and functions of the file that it is passed to included. */
export function operationsOn({ uses, form }: Container, context: OperationContext): Operation[] {
  return uses.flatMap(use => operationsOf(use, form, context, 0));
}

const maximumDepth = 4;

const growingMethods: Record<ContainerForm, ReadonlySet<string>> = {
  array: new Set(['push', 'unshift']),
  map: new Set(['set']),
  record: new Set(),
  set: new Set(['add']),
};
const shrinkingMethods = new Set(['clear', 'copyWithin', 'delete', 'fill', 'pop', 'shift', 'splice']);
const keyedMethods = new Set(['get', 'has']);
const readingMethods = new Set([
  'at', 'concat', 'entries', 'every', 'filter', 'find', 'findIndex', 'findLast', 'findLastIndex', 'flat', 'flatMap',
  'forEach', 'includes', 'indexOf', 'join', 'keys', 'lastIndexOf', 'map', 'reduce', 'reduceRight', 'reverse', 'slice',
  'some', 'sort', 'toReversed', 'toSorted', 'toString', 'values', 'hasOwnProperty', 'difference', 'intersection',
  'isDisjointFrom', 'isSubsetOf', 'isSupersetOf', 'symmetricDifference', 'union',
]);
/** Functions of global objects, and constructors, that only look at what they are given. */
const readers = new Set([
  'Array.from', 'Array.isArray', 'Map', 'Object.entries', 'Object.freeze', 'Object.hasOwn', 'Object.keys',
  'Object.values', 'Set', 'JSON.stringify', 'structuredClone', 'Boolean', 'String', 'Promise.all',
  'Promise.allSettled', 'Promise.race', 'console.log', 'Math.max', 'Math.min',
]);

function operationsOf(
  use: TSESTree.Expression,
  form: ContainerForm,
  context: OperationContext,
  depth: number,
): Operation[] {
  const { parent } = use;
  const read: Operation = { kind: 'read', node: use, isKeyed: false };
  const unknown: Operation = { kind: 'unknown', node: use };
  if (isWrapper(parent)) return operationsOf(parent, form, context, depth);
  switch (parent.type) {
    case 'MemberExpression':
      return parent.object === use ? memberOperations(parent, form) : [read];
    case 'AssignmentExpression':
      if (parent.left !== use) return [unknown];
      return parent.operator === '=' ? [{ kind: 'shrink', node: parent }] : [read];
    case 'Property':
      return parent.parent.type === 'ObjectPattern' && parent.value === use
        ? aliasOperations(use, form, context, depth)
        : [unknown];
    case 'VariableDeclarator':
      if (parent.init === use && parent.id.type === 'ObjectPattern') return [read];
      return aliasOperations(parent.id, form, context, depth);
    case 'CallExpression':
    case 'NewExpression':
      return argumentOperations(use, parent, form, context, depth);
    case 'ForOfStatement':
    case 'ForInStatement':
      return parent.right === use ? [read] : [unknown];
    case 'BinaryExpression':
    case 'ExpressionStatement':
    case 'IfStatement':
    case 'SpreadElement':
    case 'TemplateLiteral':
    case 'UnaryExpression':
      return [read];
    case 'LogicalExpression':
      return parent.parent.type === 'IfStatement' || parent.right !== use ? [read] : [unknown];
    case 'ConditionalExpression':
      return parent.test === use ? [read] : [unknown];
    default:
      return [unknown];
  }
}

function memberOperations(member: TSESTree.MemberExpression, form: ContainerForm): Operation[] {
  const name = propertyName(member);
  const outer = member.parent.type === 'ChainExpression' ? member.parent.parent : member.parent;
  if (form === 'record') return recordOperations(member, outer);
  if (name === 'size' || name === 'length') return [sizeOperation(member, outer)];
  if (outer.type === 'CallExpression' && outer.callee === member) return [methodOperation(outer, name, form)];
  if (form === 'array' && name === undefined) return [elementOperation(member, outer)];
  return [{ kind: 'unknown', node: member }];
}

function methodOperation(call: TSESTree.CallExpression, name: string | undefined, form: ContainerForm): Operation {
  if (name === undefined) return { kind: 'unknown', node: call };
  const [first, second] = call.arguments.map(argument => (argument.type === 'SpreadElement' ? undefined : argument));
  if (growingMethods[form].has(name)) {
    const value = form === 'map' ? second : first;
    return { kind: 'grow', node: call, key: form === 'array' ? undefined : first, value };
  }
  if (shrinkingMethods.has(name)) return { kind: 'shrink', node: call, key: first };
  if (keyedMethods.has(name)) return { kind: 'read', node: call, isKeyed: true };
  // A callback with a third parameter is given the container itself.
  const mayHandOn = call.arguments.some(argument => 'params' in argument && argument.params.length > 2);
  return readingMethods.has(name) && !mayHandOn
    ? { kind: 'read', node: call, isKeyed: false }
    : { kind: 'unknown', node: call };
}

/** A comparison with 0 only asks whether there is anything. */
function sizeOperation(member: TSESTree.MemberExpression, outer: TSESTree.Node): Operation {
  if (outer.type === 'AssignmentExpression' && outer.left === member) return { kind: 'shrink', node: outer };
  if (outer.type === 'UpdateExpression') return { kind: 'shrink', node: outer };
  const isCompared =
    outer.type === 'BinaryExpression' &&
    /^[<>]=?$|^[!=]==?$/u.test(outer.operator) &&
    ![outer.left, outer.right].some(side => side.type === 'Literal' && (side.value === 0 || side.value === 1));
  return isCompared ? { kind: 'bound', node: outer } : { kind: 'read', node: member, isKeyed: false };
}

/** `list[list.length] = x` appends; any other place may be one that is used again. */
function elementOperation(member: TSESTree.MemberExpression, outer: TSESTree.Node): Operation {
  if (outer.type !== 'AssignmentExpression' || outer.left !== member) {
    return { kind: 'read', node: member, isKeyed: false };
  }
  const isAppended = member.property.type === 'MemberExpression' && propertyName(member.property) === 'length';
  return isAppended
    ? { kind: 'grow', node: outer, key: undefined, value: outer.right }
    : { kind: 'unknown', node: member };
}

function recordOperations(member: TSESTree.MemberExpression, outer: TSESTree.Node): Operation[] {
  if (outer.type === 'UnaryExpression' && outer.operator === 'delete') {
    return [{ kind: 'shrink', node: outer, key: keyOf(member) }];
  }
  if (outer.type !== 'AssignmentExpression' || outer.left !== member) {
    return [{ kind: 'read', node: member, isKeyed: true }];
  }
  const key = keyOf(member);
  if (key === undefined) return [{ kind: 'read', node: member, isKeyed: true }];
  const isEmptied =
    (outer.right.type === 'Literal' && outer.right.value === null) ||
    (outer.right.type === 'Identifier' && outer.right.name === 'undefined');
  return [isEmptied ? { kind: 'shrink', node: outer, key } : { kind: 'grow', node: outer, key, value: outer.right }];
}

function keyOf(member: TSESTree.MemberExpression): TSESTree.Expression | undefined {
  return propertyName(member) === undefined && member.property.type !== 'PrivateIdentifier' ? member.property : undefined;
}

function aliasOperations(
  target: TSESTree.Node,
  form: ContainerForm,
  context: OperationContext,
  depth: number,
): Operation[] {
  const variable = target.type === 'Identifier' ? context.variables.of(target) : undefined;
  if (variable === undefined || depth >= maximumDepth) return [{ kind: 'unknown', node: target }];
  return operationsOnVariable(variable, form, context, depth);
}

function operationsOnVariable(
  variable: TSESLint.Scope.Variable,
  form: ContainerForm,
  context: OperationContext,
  depth: number,
): Operation[] {
  return variable.references.flatMap(({ identifier, init }): Operation[] => {
    if (init === true) return [];
    return identifier.type === 'Identifier'
      ? operationsOf(identifier, form, context, depth + 1)
      : [{ kind: 'unknown', node: identifier }];
  });
}

function argumentOperations(
  use: TSESTree.Expression,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  form: ContainerForm,
  context: OperationContext,
  depth: number,
): Operation[] {
  if (isReader(call.callee, context.variables)) return [{ kind: 'read', node: use, isKeyed: false }];
  const callee = resolveCallee(call, context.variables);
  const index = call.arguments.findIndex(argument => argument === use);
  const parameter = callee === undefined ? undefined : parameterVariable(context.sourceCode, callee.params[index]);
  if (parameter === undefined || depth >= maximumDepth) return [{ kind: 'unknown', node: use }];
  return operationsOnVariable(parameter, form, context, depth);
}

function isReader(callee: TSESTree.Expression, variables: Variables): boolean {
  const object = callee.type === 'MemberExpression' ? callee.object : callee;
  if (object.type !== 'Identifier' || !variables.isUnshadowedGlobal(object)) return false;
  const name = callee.type === 'MemberExpression' ? `${object.name}.${propertyName(callee) ?? ''}` : object.name;
  return readers.has(name);
}
