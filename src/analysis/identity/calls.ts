import type { TSESTree } from '@typescript-eslint/utils';

import { isFunction } from '../syntax/functions.js';
import { stringOf } from '../syntax/property-name.js';
import { returnedValues } from '../syntax/returns.js';
import { elementOf } from './collections.js';
import type { CallableNode, Evaluation, Value } from './value.js';
import { absent, awaited, everyOf, someOf, unknown } from './value.js';

/** What a call of `callee` gives, which has no alternatives. */
export function returnedValue(
  callee: Value,
  call: TSESTree.CallExpression | undefined,
  evaluation: Evaluation,
): Value {
  switch (callee.kind) {
    case 'function':
      return functionResult(callee.node, evaluation);
    case 'global':
      return globalResult(callee, call, evaluation);
    case 'module':
      return call === undefined ? unknown : { kind: 'result', callee, call };
    default:
      return unknown;
  }
}

function functionResult(node: CallableNode, evaluation: Evaluation): Value {
  const declared = evaluation.valueOfType(node.returnType?.typeAnnotation);
  if (!isFunction(node) || node.generator) return declared;
  const returned = everyOf(
    returnedValues(node, evaluation.sourceCode.visitorKeys).map(value =>
      value === null ? absent : evaluation.valueOf(value),
    ),
  );
  const isKnown = returned.kind !== 'unknown' && returned.kind !== 'absent';
  return someOf([declared, node.async && isKnown ? { kind: 'promise', of: returned } : returned]);
}

function globalResult(
  callee: Value & { kind: 'global' },
  call: TSESTree.CallExpression | undefined,
  evaluation: Evaluation,
): Value {
  const [first, second] = call?.arguments ?? [];
  if (call === undefined || first === undefined) return unknown;
  const result: Value = { kind: 'result', callee, call };
  switch (callee.path.join('.')) {
    case 'require': {
      const specifier = stringOf(first);
      return specifier === undefined ? unknown : { kind: 'module', specifier, path: [] };
    }
    case 'Object.freeze':
    case 'Object.seal':
      return evaluation.valueOf(first);
    case 'Object.values':
      return { kind: 'collection', element: elementOf(evaluation.valueOf(first), evaluation) };
    case 'Array.from':
      return second === undefined
        ? evaluation.valueOf(first)
        : { kind: 'collection', element: evaluation.returned(evaluation.valueOf(second)) };
    case 'Promise.resolve':
      return { kind: 'promise', of: awaited(evaluation.valueOf(first)) };
    case 'Promise.all':
      return { kind: 'promise', of: allOf(evaluation.valueOf(first)) };
    default:
      return result;
  }
}

function allOf(promises: Value): Value {
  if (promises.kind !== 'collection') return unknown;
  const { element, items } = promises;
  return { kind: 'collection', element: awaited(element), ...(items && { items: items.map(awaited) }) };
}
