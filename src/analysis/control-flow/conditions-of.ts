import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../findings.js';
import { childrenOf } from '../syntax/children.js';
import { isFunction } from '../syntax/functions.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import { conditionTexts } from './conditions.js';
import type { Conditions } from './machine.js';
import type { Model } from './model.js';
import type { Variable } from './path.js';

/** The conditions that a function, with the functions inside it, tests more than once, and the variables it tests. */
export function conditionsOf(
  unit: FunctionNode,
  sourceCode: Readonly<TSESLint.SourceCode>,
  model: Model,
): Conditions {
  const counts = new Map<string, number>();
  const tested = new Set<Variable>();
  // The operands of a condition are counted with it, not once more by themselves.
  const counted = new Set<TSESTree.Node>();
  const textOf = (node: TSESTree.Node): string => sourceCode.getText(node).replaceAll(/\s+/gu, ' ');
  const visit = (node: TSESTree.Node): void => {
    for (const test of counted.has(node) ? [] : testsOf(node)) {
      logicalPartsOf(test).forEach(part => counted.add(part));
      for (const text of conditionTexts(textOf, test)) {
        counts.set(text, (counts.get(text) ?? 0) + 1);
      }
      for (const identifier of identifiersIn(test)) {
        const variable = model.variableOf(identifier);
        if (variable !== undefined) {
          tested.add(variable);
        }
      }
    }
    for (const child of childrenOf(node, sourceCode.visitorKeys)) {
      visit(child);
    }
  };
  visit(unit);
  return { recurring: new Set([...counts].filter(([, count]) => count > 1).map(([text]) => text)), tested };

  function identifiersIn(node: TSESTree.Node): TSESTree.Identifier[] {
    return node.type === 'Identifier'
      ? [node]
      : isFunction(node)
        ? []
        : childrenOf(node, sourceCode.visitorKeys).flatMap(identifiersIn);
  }
}

/** The conjunctions, disjunctions and so on that a condition is made of. */
function logicalPartsOf(node: TSESTree.Expression): TSESTree.Expression[] {
  const test = skipWrappers(node);
  if (test.type === 'UnaryExpression') {
    return logicalPartsOf(test.argument);
  }
  return test.type === 'LogicalExpression' ? [test, ...logicalPartsOf(test.left), ...logicalPartsOf(test.right)] : [];
}

function testsOf(node: TSESTree.Node): TSESTree.Expression[] {
  switch (node.type) {
    case 'ConditionalExpression':
    case 'DoWhileStatement':
    case 'IfStatement':
    case 'WhileStatement':
      return [node.test];
    case 'ForStatement':
      return node.test === null ? [] : [node.test];
    case 'LogicalExpression':
      return [node.left];
    case 'VariableDeclarator':
      return node.init?.type === 'LogicalExpression' || node.init?.type === 'BinaryExpression' ? [node.init] : [];
    default:
      return [];
  }
}
