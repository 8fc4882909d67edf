import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../findings.js';
import { childrenOf } from '../syntax/children.js';
import { isClass, isFunction } from '../syntax/functions.js';
import { propertyName } from '../syntax/property-name.js';
import type { ClassNode } from './value.js';

/** What `this` belongs to: a class (or its static side), an object literal, or a function that may be a constructor. */
export interface ThisOwner {
  node: ClassNode | TSESTree.ObjectExpression | FunctionNode;
  isStatic: boolean;
}

/** What `this` (or `super`) at `node` belongs to; undefined outside of all of them. */
export function ownerOfThis(node: TSESTree.Node): ThisOwner | undefined {
  for (let child = node, parent = node.parent; parent; child = parent, parent = parent.parent) {
    if (parent.type === 'StaticBlock') return { node: parent.parent.parent, isStatic: true };
    if (parent.type === 'PropertyDefinition' || parent.type === 'AccessorProperty') {
      if (child === parent.value) return { node: parent.parent.parent, isStatic: parent.static };
    }
    if (isFunction(parent) && parent.type !== 'ArrowFunctionExpression') return ownerOfFunction(parent);
  }
  return undefined;
}

function ownerOfFunction(node: FunctionNode): ThisOwner {
  const { parent } = node;
  if (parent.type === 'MethodDefinition') return { node: parent.parent.parent, isStatic: parent.static };
  if (parent.type === 'Property' && parent.parent.type === 'ObjectExpression') {
    return { node: parent.parent, isStatic: false };
  }
  return { node, isStatic: false };
}

const uses = new WeakMap<TSESTree.Node, Map<string, TSESTree.MemberExpression[]>>();

/** The places that name a property of the `this` at `node`, by the property's name. */
export function thisUsesOf(
  node: TSESTree.Node,
  sourceCode: TSESLint.SourceCode,
): ReadonlyMap<string, readonly TSESTree.MemberExpression[]> {
  const owner = ownerOfThis(node);
  return owner === undefined ? new Map() : usesInside(owner, sourceCode);
}

/** The places that name a property of the `this` that belongs to `owner`, by the property's name. */
export function usesInside(
  { node, isStatic }: ThisOwner,
  sourceCode: TSESLint.SourceCode,
): ReadonlyMap<string, readonly TSESTree.MemberExpression[]> {
  const key = isClass(node) && isStatic ? node.body : node;
  let found = uses.get(key);
  if (found === undefined) {
    found = new Map();
    for (const root of rootsOf(node, isStatic)) collect(root, sourceCode.visitorKeys, found);
    uses.set(key, found);
  }
  return found;
}

function rootsOf(node: ThisOwner['node'], isStatic: boolean): TSESTree.Node[] {
  if (isFunction(node)) return [node.body];
  if (node.type === 'ObjectExpression') {
    return node.properties.flatMap(property =>
      property.type === 'Property' && property.value.type === 'FunctionExpression' ? [property.value.body] : [],
    );
  }
  return node.body.body.flatMap((member): TSESTree.Node[] => {
    if (member.type === 'StaticBlock') return isStatic ? [member] : [];
    if (member.type === 'TSIndexSignature' || member.static !== isStatic || member.value === null) return [];
    return isFunction(member.value) && member.type === 'MethodDefinition' ? [member.value.body] : [member.value];
  });
}

function collect(
  node: TSESTree.Node,
  visitorKeys: TSESLint.SourceCode.VisitorKeys,
  found: Map<string, TSESTree.MemberExpression[]>,
): void {
  if (isClass(node) || node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression') return;
  if (node.type === 'MemberExpression' && node.object.type === 'ThisExpression') {
    const name = propertyName(node);
    if (name !== undefined) found.set(name, [...(found.get(name) ?? []), node]);
  }
  for (const child of childrenOf(node, visitorKeys)) collect(child, visitorKeys, found);
}
