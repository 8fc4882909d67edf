import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { isFunction } from '../syntax/functions.js';
import { propertyName, stringOf } from '../syntax/property-name.js';
import { elementOf, elementPassedTo, iterated } from './collections.js';
import type { Evaluation, Value } from './value.js';
import { absent, awaited, everyOf, someOf, unknown } from './value.js';

/** What a variable holds: what its declaration says, and what every assignment to it gives. */
export function variableValue(variable: TSESLint.Scope.Variable, evaluation: Evaluation): Value {
  const declared = variable.defs.map(definition => declaredValue(definition, evaluation));
  const targets = new Set<TSESTree.Node>();
  for (const definition of variable.defs) {
    if (definition.type === 'Variable' || definition.type === 'Parameter') targets.add(definition.name);
  }
  for (const reference of variable.references) if (reference.isWrite()) targets.add(reference.identifier);
  const assigned = [...targets].map(target => flowsInto(target, evaluation));
  return someOf([...declared, everyOf(assigned)]);
}

function declaredValue(definition: TSESLint.Scope.Definition, evaluation: Evaluation): Value {
  const { name, node } = definition;
  switch (definition.type) {
    case 'ImportBinding':
      return importedValue(definition.node, evaluation);
    case 'ClassName':
    case 'FunctionName':
      return evaluation.valueOf(node);
    case 'Variable':
    case 'Parameter':
      return name.type === 'Identifier' ? evaluation.valueOfType(name.typeAnnotation?.typeAnnotation) : unknown;
    default:
      return unknown;
  }
}

function importedValue(node: TSESTree.Node, evaluation: Evaluation): Value {
  if (node.type === 'TSImportEqualsDeclaration') {
    const { moduleReference } = node;
    if (moduleReference.type !== 'TSExternalModuleReference') return entityValue(moduleReference, evaluation);
    const specifier = stringOf(moduleReference.expression);
    return specifier === undefined ? unknown : { kind: 'module', specifier, path: [] };
  }
  if (node.parent?.type !== 'ImportDeclaration') return unknown;
  const specifier = node.parent.source.value;
  switch (node.type) {
    case 'ImportNamespaceSpecifier':
      return { kind: 'module', specifier, path: [] };
    case 'ImportDefaultSpecifier':
      return { kind: 'module', specifier, path: ['default'] };
    case 'ImportSpecifier': {
      const name = node.imported.type === 'Identifier' ? node.imported.name : node.imported.value;
      return { kind: 'module', specifier, path: [name] };
    }
    default:
      return unknown;
  }
}

/** What a name in a type (`Mutex`, `locks.Mutex`) stands for. */
export function entityValue(name: TSESTree.Node, evaluation: Evaluation): Value {
  if (name.type === 'TSQualifiedName') return evaluation.member(entityValue(name.left, evaluation), name.right.name);
  return evaluation.valueOf(name);
}

/** The value that reaches `target`: the left side of an assignment, a declared name, a parameter, a part of a pattern. */
export function flowsInto(target: TSESTree.Node, evaluation: Evaluation): Value {
  const { parent } = target;
  const assigned = parent === undefined ? unknown : flowsFrom(parent, target, evaluation);
  const isPattern = target.type === 'ObjectPattern' || target.type === 'ArrayPattern';
  if (!isPattern || target.typeAnnotation === undefined) return assigned;
  return someOf([evaluation.valueOfType(target.typeAnnotation.typeAnnotation), assigned]);
}

function flowsFrom(parent: TSESTree.Node, target: TSESTree.Node, evaluation: Evaluation): Value {
  const { valueOf } = evaluation;
  switch (parent.type) {
    case 'VariableDeclarator':
      return parent.init === null ? flowsIntoDeclaration(parent.parent, evaluation) : valueOf(parent.init);
    case 'AssignmentExpression':
      if (parent.operator === '=') return valueOf(parent.right);
      // The value that was there before is one of the other assignments.
      return /^(\?\?|\|\||&&)=$/.test(parent.operator) ? valueOf(parent.right) : unknown;
    case 'AssignmentPattern':
      return parent.left === target ? someOf([flowsInto(parent, evaluation), valueOf(parent.right)]) : unknown;
    case 'Property': {
      const name = propertyName(parent);
      return name === undefined ? unknown : evaluation.member(flowsInto(parent.parent, evaluation), name);
    }
    case 'ArrayPattern': {
      const index = parent.elements.findIndex(element => element === target);
      return elementOf(flowsInto(parent, evaluation), evaluation, index);
    }
    case 'ForOfStatement':
      return parent.left === target ? iteratedBy(parent, evaluation) : unknown;
    default:
      return isFunction(parent) ? argumentValue(parent, target, evaluation) : unknown;
  }
}

function flowsIntoDeclaration(declaration: TSESTree.VariableDeclaration, evaluation: Evaluation): Value {
  const { parent } = declaration;
  if (parent.type === 'ForOfStatement' && parent.left === declaration) return iteratedBy(parent, evaluation);
  return parent.type === 'ForInStatement' ? unknown : absent;
}

function iteratedBy(loop: TSESTree.ForOfStatement, evaluation: Evaluation): Value {
  const element = iterated(loop.right, evaluation);
  return loop.await ? awaited(element) : element;
}

function argumentValue(callback: TSESTree.Node, parameter: TSESTree.Node, evaluation: Evaluation): Value {
  if (!isFunction(callback) || callback.params[0] !== parameter) return unknown;
  return elementPassedTo(callback, evaluation) ?? fulfilledValue(callback, evaluation);
}

/** The value that the callback of `promise.then(callback)` gets. */
function fulfilledValue(callback: TSESTree.Node, evaluation: Evaluation): Value {
  const call = callback.parent;
  if (call?.type !== 'CallExpression' || call.arguments[0] !== callback) return unknown;
  if (call.callee.type !== 'MemberExpression' || propertyName(call.callee) !== 'then') return unknown;
  const promise = evaluation.valueOf(call.callee.object);
  return promise.kind === 'promise' ? awaited(promise) : unknown;
}
