import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../findings.js';
import type { ClassNode } from '../identity/value.js';
import type { Variables } from '../scope/variables.js';
import { childrenOf } from '../syntax/children.js';
import { isClass, isFunction } from '../syntax/functions.js';
import { propertyName } from '../syntax/property-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import type { Method } from './methods.js';
import { kindOfAccess, methodsOf, nameOfKey, parameterProperties } from './methods.js';

export type { Method } from './methods.js';

/** A class of this file: `class`, or a function with methods on its prototype. */
export interface ClassModel {
  readonly node: ClassNode | FunctionNode;
  /** Its name, if it has one. */
  readonly name: string | undefined;
  /** The functions with a body that run on its instances (or, if `isStatic`, on the class), in source order. */
  readonly methods: readonly Method[];
  /** The class that it extends, if this file declares that. */
  readonly superClass: ClassModel | undefined;
  /** Whether it, or a class above it, extends something that this file does not declare. */
  readonly hasHiddenAncestors: boolean;
  /**
   * The places in its methods and field initialisers that name a field of the instance (`#name` with its `#`), closures
   * and aliases of `this` included, declarations of fields left out. Those of its superclasses in this file follow.
   */
  usesOf(field: string): readonly FieldUse[];
  /** The fields that are named anywhere in it. */
  readonly fields: ReadonlySet<string>;
}

/** One place that names a field. */
export interface FieldUse {
  /** `this.name`; the identifier that receives it in `const { name } = this`; the parameter in `constructor(private name)`. */
  readonly node: TSESTree.MemberExpression | TSESTree.Identifier;
  /** The method in which it stands; undefined in a field initialiser. */
  readonly method: Method | undefined;
}

/** The classes of one file. */
export interface Classes {
  /** All of them, in source order. */
  readonly all: readonly ClassModel[];
  /** The one whose instance is `this` at `node`; undefined outside of classes and on a static side. */
  around(node: TSESTree.Node): ClassModel | undefined;
  /** The one that `node` declares. */
  of(node: TSESTree.Node): ClassModel | undefined;
}

const cache = new WeakMap<TSESLint.SourceCode, Classes>();

/** The classes of a file, found once. */
export function createClasses(sourceCode: TSESLint.SourceCode, variables: Variables): Classes {
  let classes = cache.get(sourceCode);
  if (classes === undefined) {
    classes = classesOf(sourceCode, variables);
    cache.set(sourceCode, classes);
  }
  return classes;
}

function classesOf(sourceCode: TSESLint.SourceCode, variables: Variables): Classes {
  const prototypes = new Map<FunctionNode, Method[]>();
  const nodes: ClassNode[] = [];
  search(sourceCode.ast);
  const models = new Map<TSESTree.Node, ClassModel>();
  for (const node of nodes) modelOf(node);
  for (const node of prototypes.keys()) modelOf(node);
  const byFunction = new Map<TSESTree.Node, ClassModel>();
  for (const model of models.values()) {
    for (const method of model.methods) if (!method.isStatic) byFunction.set(method.node, model);
  }
  return {
    all: [...models.values()].sort((left, right) => left.node.range[0] - right.node.range[0]),
    around,
    of: node => models.get(node),
  };

  function search(node: TSESTree.Node): void {
    if (isClass(node)) nodes.push(node);
    if (node.type === 'AssignmentExpression') searchPrototype(node);
    for (const child of childrenOf(node, sourceCode.visitorKeys)) search(child);
  }

  /** `Name.prototype.method = function () {}` and `Name.prototype = { method() {} }`. */
  function searchPrototype({ left, right }: TSESTree.AssignmentExpression): void {
    if (left.type !== 'MemberExpression') return;
    const [prototype, name] =
      propertyName(left) === 'prototype' ? [left, undefined] : [skipWrappers(left.object), propertyName(left)];
    if (prototype.type !== 'MemberExpression' || propertyName(prototype) !== 'prototype') return;
    const constructor = constructorOf(prototype.object);
    if (constructor === undefined) return;
    const methods = prototypes.get(constructor) ?? [];
    prototypes.set(constructor, methods);
    if (prototype !== left) {
      if (isFunction(right)) methods.push({ name, kind: 'method', isStatic: false, node: right });
    } else if (right.type === 'ObjectExpression') {
      for (const property of right.properties) {
        if (property.type !== 'Property' || !isFunction(property.value)) continue;
        methods.push({ name: nameOfKey(property), kind: property.kind === 'init' ? 'method' : kindOfAccess(property.kind), isStatic: false, node: property.value });
      }
    }
  }

  function constructorOf(node: TSESTree.Expression): FunctionNode | undefined {
    const definition = node.type === 'Identifier' ? variables.of(node)?.defs[0] : undefined;
    if (definition?.type === 'FunctionName') return isFunction(definition.node) ? definition.node : undefined;
    const init = definition?.type === 'Variable' ? definition.node.init : undefined;
    return init?.type === 'FunctionExpression' ? init : undefined;
  }

  function modelOf(node: ClassNode | FunctionNode): ClassModel {
    let model = models.get(node);
    if (model === undefined) {
      model = isClass(node) ? classModel(node) : prototypeModel(node, prototypes.get(node) ?? []);
      models.set(node, model);
    }
    return model;
  }

  function classModel(node: ClassNode): ClassModel {
    const methods = node.body.body.flatMap(methodsOf);
    const initialisers = node.body.body.flatMap(member =>
      (member.type === 'PropertyDefinition' || member.type === 'AccessorProperty') &&
      !member.static &&
      member.value !== null &&
      !isFunction(member.value)
        ? [member.value]
        : [],
    );
    const uses = collectUses(methods, initialisers);
    for (const { node: method, kind } of methods) {
      if (kind !== 'constructor') continue;
      for (const field of parameterProperties(method)) add(uses, field.name, { node: field, method: methods.find(each => each.node === method) });
    }
    const parent = superClassOf(node);
    return finished(node, node.id?.name ?? nameOfVariable(node), methods, uses, {
      superClass: parent,
      hasHiddenAncestors: node.superClass !== null && (parent === undefined || parent.hasHiddenAncestors),
    });
  }

  function superClassOf({ superClass }: ClassNode): ClassModel | undefined {
    if (superClass?.type !== 'Identifier') return undefined;
    const definition = variables.of(superClass)?.defs[0];
    if (definition?.type === 'ClassName') {
      // A class cannot extend one that is declared further down, so that this comes to an end.
      return definition.node.range[0] < superClass.range[0] ? modelOf(definition.node) : undefined;
    }
    const constructor = constructorOf(superClass);
    return constructor !== undefined && prototypes.has(constructor) ? modelOf(constructor) : undefined;
  }

  function prototypeModel(node: FunctionNode, methods: readonly Method[]): ClassModel {
    const all: Method[] = [{ name: 'constructor', kind: 'constructor', isStatic: false, node }, ...methods];
    // `util.inherits` and `Object.create` are not followed: what the ancestors do is not known.
    return finished(node, nameOfFunction(node), all, collectUses(all, []), { superClass: undefined, hasHiddenAncestors: true });
  }

  function finished(
    node: ClassModel['node'],
    name: string | undefined,
    methods: readonly Method[],
    uses: ReadonlyMap<string, readonly FieldUse[]>,
    ancestors: Pick<ClassModel, 'superClass' | 'hasHiddenAncestors'>,
  ): ClassModel {
    const { superClass } = ancestors;
    return {
      node,
      name,
      methods,
      ...ancestors,
      usesOf: field => [...(uses.get(field) ?? []), ...(superClass?.usesOf(field) ?? [])],
      fields: new Set([...uses.keys(), ...(superClass?.fields ?? [])]),
    };
  }

  function collectUses(methods: readonly Method[], initialisers: readonly TSESTree.Node[]): Map<string, FieldUse[]> {
    const uses = new Map<string, FieldUse[]>();
    for (const method of methods) if (!method.isStatic) collect(method.node, method, uses);
    for (const initialiser of initialisers) collect(initialiser, undefined, uses);
    return uses;
  }

  function collect(node: TSESTree.Node, method: Method | undefined, uses: Map<string, FieldUse[]>): void {
    if (isClass(node) || (isFunction(node) && node.type !== 'ArrowFunctionExpression' && node !== method?.node)) {
      // `this` is another one in there, but `self` is not.
      collectAliases(node, method, uses);
      return;
    }
    collectAt(node, method, uses);
    for (const child of childrenOf(node, sourceCode.visitorKeys)) collect(child, method, uses);
  }

  function collectAliases(node: TSESTree.Node, method: Method | undefined, uses: Map<string, FieldUse[]>): void {
    if (node.type === 'MemberExpression' && node.object.type === 'Identifier') collectAt(node, method, uses);
    for (const child of childrenOf(node, sourceCode.visitorKeys)) collectAliases(child, method, uses);
  }

  function collectAt(node: TSESTree.Node, method: Method | undefined, uses: Map<string, FieldUse[]>): void {
    if (node.type === 'MemberExpression' && isThis(node.object, method)) {
      const name = propertyName(node);
      if (name !== undefined) add(uses, name, { node, method });
    }
    const [pattern, value] =
      node.type === 'VariableDeclarator' ? [node.id, node.init] : node.type === 'AssignmentExpression' ? [node.left, node.right] : [];
    if (pattern?.type !== 'ObjectPattern' || value?.type !== 'ThisExpression') return;
    for (const property of pattern.properties) {
      if (property.type !== 'Property') continue;
      const name = propertyName(property);
      const target = property.value.type === 'AssignmentPattern' ? property.value.left : property.value;
      if (name !== undefined && target.type === 'Identifier') add(uses, name, { node: target, method });
    }
  }

  /** `this`, `super`, or a constant that is `this`: `const self = this`. */
  function isThis(node: TSESTree.Expression, method: Method | undefined): boolean {
    const object = skipWrappers(node);
    if (object.type === 'ThisExpression' || object.type === 'Super') return true;
    if (object.type !== 'Identifier') return false;
    const definition = variables.of(object)?.defs[0];
    return (
      definition?.type === 'Variable' &&
      definition.node.init?.type === 'ThisExpression' &&
      definition.node.id.type === 'Identifier' &&
      functionOfThis(definition.node.init) === method?.node
    );
  }

  function around(node: TSESTree.Node): ClassModel | undefined {
    const owner = functionOfThis(node);
    if (owner === undefined) return undefined;
    return isFunction(owner) ? byFunction.get(owner) : models.get(owner);
  }
}

/** The function (or, in a field initialiser, the class) that decides what `this` is at `node`. */
function functionOfThis(node: TSESTree.Node): FunctionNode | ClassNode | undefined {
  let arrow: FunctionNode | undefined;
  for (let child = node, parent = node.parent; parent; child = parent, parent = parent.parent) {
    if (isFunction(child)) {
      if (child.type !== 'ArrowFunctionExpression') return child;
      arrow = child;
    }
    if ((parent.type === 'PropertyDefinition' || parent.type === 'AccessorProperty') && child === parent.value) {
      if (parent.static) return undefined;
      return arrow === child ? arrow : parent.parent.parent;
    }
    if (parent.type === 'StaticBlock') return undefined;
  }
  return undefined;
}

function add(uses: Map<string, FieldUse[]>, name: string, use: FieldUse): void {
  const known = uses.get(name);
  if (known === undefined) uses.set(name, [use]);
  else known.push(use);
}

function nameOfFunction(node: FunctionNode): string | undefined {
  return node.id?.name ?? nameOfVariable(node);
}

function nameOfVariable({ parent }: TSESTree.Node): string | undefined {
  return parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id.name : undefined;
}
