import type { TSESTree } from '@typescript-eslint/utils';

import { isClass, isFunction } from '../syntax/functions.js';
import { propertyName } from '../syntax/property-name.js';
import { indexedMember } from './collections.js';
import { ownerOfThis, usesInside } from './this-uses.js';
import type { ThisOwner } from './this-uses.js';
import type { Evaluation, Value } from './value.js';
import { absent, everyOf, mapAlternatives, someOf, unknown } from './value.js';
import { flowsInto } from './variables.js';

const globalObjects = new Set(['globalThis', 'window', 'self', 'global']);

/** What the property `name` of a value is that has no alternatives. */
export function memberOf(value: Value, name: string, evaluation: Evaluation): Value {
  switch (value.kind) {
    case 'module':
      return { ...value, path: [...value.path, name] };
    case 'global':
      return { kind: 'global', path: isGlobalObject(value.path) ? [name] : [...value.path, name] };
    case 'class':
      return ownMember({ node: value.node, isStatic: true }, name, evaluation);
    case 'instance':
      return instanceMember(value.of, name, evaluation);
    case 'object':
      return value.node.type === 'TSTypeLiteral'
        ? signatureMember(value.node.members, name, evaluation)
        : propertyMember(value.node, name, evaluation);
    case 'collection':
      return value.form === 'record' ? value.element : unknown;
    default:
      return unknown;
  }
}

function isGlobalObject(path: readonly string[]): boolean {
  return path.length === 1 && path.every(name => globalObjects.has(name));
}

/** What `this` or `super` is. */
export function thisValue(node: TSESTree.ThisExpression | TSESTree.Super, { valueOf }: Evaluation): Value {
  const owner = ownerOfThis(node);
  if (owner === undefined) return unknown;
  const { node: ownerNode, isStatic } = owner;
  if (ownerNode.type === 'ObjectExpression') return { kind: 'object', node: ownerNode };
  if (isClass(ownerNode)) {
    const type = node.type === 'Super' ? superValue(ownerNode.superClass, valueOf) : valueOf(ownerNode);
    if (type.kind === 'unknown') return unknown;
    return isStatic ? type : { kind: 'instance', of: type };
  }
  return { kind: 'instance', of: prototypeOwner(ownerNode, valueOf) ?? valueOf(ownerNode) };
}

function superValue(superClass: TSESTree.Node | null, valueOf: Evaluation['valueOf']): Value {
  return superClass === null ? unknown : valueOf(superClass);
}

/** The constructor that `method` belongs to, by `Constructor.prototype.name = method`. */
function prototypeOwner(method: TSESTree.Node, valueOf: Evaluation['valueOf']): Value | undefined {
  const assignment = method.parent;
  if (assignment?.type !== 'AssignmentExpression' || assignment.left.type !== 'MemberExpression') return undefined;
  const prototype = assignment.left.object;
  if (prototype.type !== 'MemberExpression' || propertyName(prototype) !== 'prototype') return undefined;
  const constructor = valueOf(prototype.object);
  return constructor.kind === 'function' || constructor.kind === 'class' ? constructor : undefined;
}

function instanceMember(type: Value, name: string, evaluation: Evaluation): Value {
  if (type.kind === 'class') return ownMember({ node: type.node, isStatic: false }, name, evaluation);
  if (type.kind === 'interface') {
    const own = signatureMember(type.node.body.body, name, evaluation);
    return someOf([own, ...type.node.extends.map(parent => inheritedMember(parent.expression, name, evaluation))]);
  }
  if (type.kind !== 'function' || !isFunction(type.node)) return unknown;
  return assignedMember({ node: type.node, isStatic: false }, name, evaluation);
}

function ownMember(owner: ThisOwner, name: string, evaluation: Evaluation): Value {
  const { node } = owner;
  if (!isClass(node)) return unknown;
  const declared: Value[] = [];
  const assigned: Value[] = [assignedMember(owner, name, evaluation)];
  let isFound = (usesInside(owner, evaluation.sourceCode).get(name) ?? []).some(isWritten);
  for (const member of node.body.body) {
    if (member.type === 'StaticBlock' || member.type === 'TSIndexSignature') continue;
    if (member.type === 'MethodDefinition' && member.kind === 'constructor' && !owner.isStatic) {
      const properties = member.value.params.map(parameterProperty);
      const property = properties.find(identifier => identifier?.name === name);
      if (property !== undefined) declared.push(evaluation.valueOf(property));
    }
    if (member.static !== owner.isStatic || propertyName(member) !== name) continue;
    isFound = true;
    switch (member.type) {
      case 'MethodDefinition':
      case 'TSAbstractMethodDefinition':
        declared.push(methodValue(member, evaluation));
        break;
      default:
        declared.push(evaluation.valueOfType(member.typeAnnotation?.typeAnnotation));
        assigned.push(member.value === null ? absent : evaluation.valueOf(member.value));
    }
  }
  if (declared.length > 0 || isFound) return someOf([...declared, everyOf(assigned)]);
  if (node.superClass === null) return unknown;
  const parent = evaluation.valueOf(node.superClass);
  return owner.isStatic ? evaluation.member(parent, name) : inheritedMember(node.superClass, name, evaluation);
}

function inheritedMember(parent: TSESTree.Node, name: string, evaluation: Evaluation): Value {
  return mapAlternatives(evaluation.valueOf(parent), of => evaluation.member({ kind: 'instance', of }, name));
}

/** What the assignments `this.name = …` give. */
function assignedMember(owner: ThisOwner, name: string, evaluation: Evaluation): Value {
  const uses = usesInside(owner, evaluation.sourceCode).get(name) ?? [];
  return everyOf(uses.filter(isWritten).map(use => flowsInto(use, evaluation)));
}

function isWritten({ parent }: TSESTree.MemberExpression): boolean {
  switch (parent.type) {
    case 'AssignmentExpression':
      return true;
    case 'Property':
      return parent.parent.type === 'ObjectPattern';
    default:
      return parent.type === 'ArrayPattern' || parent.type === 'AssignmentPattern';
  }
}

function parameterProperty(parameter: TSESTree.Parameter): TSESTree.Identifier | undefined {
  if (parameter.type !== 'TSParameterProperty') return undefined;
  return parameter.parameter.type === 'AssignmentPattern' ? parameter.parameter.left : parameter.parameter;
}

function methodValue(
  member: TSESTree.MethodDefinition | TSESTree.TSAbstractMethodDefinition,
  evaluation: Evaluation,
): Value {
  const method: Value = { kind: 'function', node: member.value };
  if (member.kind === 'get') return evaluation.returned(method);
  return member.kind === 'method' ? method : unknown;
}

function propertyMember(node: TSESTree.ObjectExpression, name: string, evaluation: Evaluation): Value {
  const values = node.properties.flatMap(property => {
    if (property.type === 'SpreadElement') return [evaluation.member(evaluation.valueOf(property.argument), name)];
    if (propertyName(property) !== name || property.kind === 'set') return [];
    const value = evaluation.valueOf(property.value);
    return [property.kind === 'get' ? evaluation.returned(value) : value];
  });
  const uses = usesInside({ node, isStatic: false }, evaluation.sourceCode).get(name) ?? [];
  return someOf([...values, ...uses.filter(isWritten).map(use => flowsInto(use, evaluation))]);
}

function signatureMember(members: readonly TSESTree.TypeElement[], name: string, evaluation: Evaluation): Value {
  for (const member of members) {
    if (member.type === 'TSPropertySignature' && propertyName(member) === name) {
      return evaluation.valueOfType(member.typeAnnotation?.typeAnnotation);
    }
    if (member.type === 'TSMethodSignature' && propertyName(member) === name) {
      const method: Value = { kind: 'function', node: member };
      return member.kind === 'get' ? evaluation.returned(method) : method;
    }
  }
  return indexedMember(members, evaluation);
}
