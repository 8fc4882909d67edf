import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Variables } from '../scope/variables.js';
import { propertyName, stringOf } from '../syntax/property-name.js';
import { annotationValue } from './annotations.js';
import { returnedValue } from './calls.js';
import { interopModule } from './interop.js';
import { collectionCall, elementOf, newCollection, writtenTo } from './collections.js';
import { memberOf, thisValue } from './members.js';
import type { Evaluation, Value } from './value.js';
import { absent, awaited, everyOf, mapAlternatives, someOf, unknown } from './value.js';
import { variableValue } from './variables.js';

/** Deeper chains and longer searches are unknown: they are generated code, not something a reader would follow. */
const limits = { depth: 120, steps: 1000 };

/** Evaluates the expressions of a file: what each one denotes, by following its bindings. Never throws. */
export function createEvaluation(sourceCode: TSESLint.SourceCode, variables: Variables): Evaluation {
  const known = new WeakMap<object, Value>();
  const active = new Map<object, number>();
  const parts = createParts();
  let steps = 0;
  let outermostCycle = Infinity;
  let hasGivenUp = false;

  const evaluation: Evaluation = {
    sourceCode,
    variables,
    valueOf: node => remember(node, () => evaluate(node, evaluation)),
    valueOfType: type => (type === undefined ? unknown : remember(type, () => annotationValue(type, evaluation))),
    valueOfVariable: variable => remember(variable, () => variableValue(variable, evaluation)),
    member: (value, name) =>
      mapAlternatives(value, alternative => {
        const key = parts(alternative, `.${name}`);
        const compute = (): Value => memberOf(alternative, name, evaluation);
        return key === undefined ? compute() : remember(key, compute);
      }),
    returned: (callee, call) =>
      mapAlternatives(callee, alternative => {
        const key = parts(alternative, '()');
        const compute = (): Value => returnedValue(alternative, call, evaluation);
        return key === undefined ? compute() : remember(key, compute);
      }),
  };
  return evaluation;

  // A value that depends on itself (`m = m ?? new Mutex()`) adds nothing to what its other parts say, so within its own
  // evaluation it counts as absent. What was computed under that assumption is not kept.
  function remember(key: object, compute: () => Value): Value {
    const value = known.get(key);
    if (value !== undefined) return value;
    const cycle = active.get(key);
    if (cycle !== undefined) {
      outermostCycle = Math.min(outermostCycle, cycle);
      return absent;
    }
    const position = active.size;
    if (position === 0) {
      steps = 0;
      hasGivenUp = false;
    }
    if (position > limits.depth || ++steps > limits.steps) {
      hasGivenUp = true;
      return unknown;
    }
    const outerCycle = outermostCycle;
    outermostCycle = Infinity;
    active.set(key, position);
    try {
      const computed = compute();
      // What was too long a search once is not searched again.
      const isFinal = hasGivenUp || outermostCycle >= position;
      if (isFinal) known.set(key, computed);
      outermostCycle = isFinal ? outerCycle : Math.min(outerCycle, outermostCycle);
      return computed;
    } finally {
      active.delete(key);
    }
  }
}

/** Gives one key for each named part of what is written at one node; undefined for values of other files. */
function createParts(): (value: Value, part: string) => object | undefined {
  const keys = new WeakMap<TSESTree.Node, Map<string, object>>();
  return (value, part) => {
    const owner = value.kind === 'instance' ? value.of : value;
    if (!('node' in owner)) return undefined;
    const ofNode = keys.get(owner.node) ?? new Map<string, object>();
    keys.set(owner.node, ofNode);
    const name = `${value.kind}${part}`;
    const key = ofNode.get(name) ?? {};
    ofNode.set(name, key);
    return key;
  };
}

function evaluate(node: TSESTree.Node, evaluation: Evaluation): Value {
  const { valueOf, valueOfType } = evaluation;
  switch (node.type) {
    case 'Identifier':
      return identifierValue(node, evaluation);
    case 'MemberExpression':
      return memberValue(node, evaluation);
    case 'NewExpression':
      return constructedValue(node, evaluation);
    case 'CallExpression':
      return (
        collectionCall(node, evaluation) ??
        interopModule(node, evaluation) ??
        evaluation.returned(valueOf(node.callee), node)
      );
    case 'AwaitExpression':
      return awaited(valueOf(node.argument));
    case 'ImportExpression': {
      const specifier = stringOf(node.source);
      return specifier === undefined ? unknown : { kind: 'promise', of: { kind: 'module', specifier, path: [] } };
    }
    case 'ChainExpression':
    case 'TSNonNullExpression':
    case 'TSInstantiationExpression':
      return valueOf(node.expression);
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
      return someOf([valueOfType(node.typeAnnotation), valueOf(node.expression)]);
    case 'LogicalExpression':
      return node.operator === '&&' ? valueOf(node.right) : someOf([valueOf(node.left), valueOf(node.right)]);
    case 'ConditionalExpression':
      return someOf([valueOf(node.consequent), valueOf(node.alternate)]);
    case 'AssignmentExpression':
      return assignedValue(node, evaluation);
    case 'SequenceExpression': {
      const last = node.expressions.at(-1);
      return last === undefined ? unknown : valueOf(last);
    }
    case 'ThisExpression':
      return thisValue(node, evaluation);
    case 'Super':
      return thisValue(node, evaluation);
    case 'ClassExpression':
    case 'ClassDeclaration':
      return { kind: 'class', node };
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
      return { kind: 'function', node };
    case 'ObjectExpression':
      return { kind: 'object', node };
    case 'ArrayExpression':
      return arrayValue(node, evaluation);
    case 'Literal':
      return node.raw === 'null' ? absent : unknown;
    case 'UnaryExpression':
      return node.operator === 'void' ? absent : unknown;
    default:
      return unknown;
  }
}

function identifierValue(node: TSESTree.Identifier, evaluation: Evaluation): Value {
  if (evaluation.variables.isUnshadowedGlobal(node)) {
    return node.name === 'undefined' ? absent : { kind: 'global', path: [node.name] };
  }
  const variable = evaluation.variables.of(node);
  return variable === undefined ? unknown : evaluation.valueOfVariable(variable);
}

function memberValue(node: TSESTree.MemberExpression, evaluation: Evaluation): Value {
  const object = evaluation.valueOf(node.object);
  const name = propertyName(node);
  if (name === undefined || /^\d+$/.test(name)) {
    const index = name === undefined ? undefined : Number(name);
    return someOf([elementOf(object, evaluation, index), writtenTo(node.object, undefined, evaluation)]);
  }
  return someOf([evaluation.member(object, name), writtenTo(node.object, name, evaluation)]);
}

function constructedValue(node: TSESTree.NewExpression, evaluation: Evaluation): Value {
  const type = evaluation.valueOf(node.callee);
  const collection = newCollection(node, type, evaluation);
  if (collection !== undefined) return collection;
  return mapAlternatives(type, alternative =>
    alternative.kind === 'absent' || alternative.kind === 'unknown' ? unknown : { kind: 'instance', of: alternative },
  );
}

function assignedValue(node: TSESTree.AssignmentExpression, { valueOf }: Evaluation): Value {
  switch (node.operator) {
    case '=':
    case '&&=':
      return valueOf(node.right);
    case '??=':
    case '||=':
      return someOf([valueOf(node.left), valueOf(node.right)]);
    default:
      return unknown;
  }
}

function arrayValue(node: TSESTree.ArrayExpression, evaluation: Evaluation): Value {
  const items = node.elements.map(element => {
    if (element === null) return absent;
    return element.type === 'SpreadElement'
      ? elementOf(evaluation.valueOf(element.argument), evaluation)
      : evaluation.valueOf(element);
  });
  const isFixed = node.elements.every(element => element?.type !== 'SpreadElement');
  return { kind: 'collection', element: everyOf(items), ...(isFixed && { items }) };
}
