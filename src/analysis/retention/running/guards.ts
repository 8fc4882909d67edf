import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../../findings.js';
import type { Variables } from '../../scope/variables.js';
import { ancestorsOf } from '../../syntax/ancestors.js';
import { childrenOf } from '../../syntax/children.js';
import { contains } from '../../syntax/contains.js';
import { isFunction } from '../../syntax/functions.js';

/** Answers whether code looks at what it did before, so that a second run of it does something else. */
export interface Guards {
  /** Whether reaching `node` in `around` depends on state that outlives one run of `around`. */
  isGuarded(node: TSESTree.Node, around: FunctionNode): boolean;
}

export function createGuards({ visitorKeys }: TSESLint.SourceCode, variables: Variables): Guards {
  return { isGuarded };

  function isGuarded(node: TSESTree.Node, around: FunctionNode): boolean {
    let inner = node;
    for (const outer of ancestorsOf(node)) {
      if (guardsOf(inner, outer).some(test => mentionsState(test, around))) return true;
      if (outer === around) return false;
      inner = outer;
    }
    return false;
  }

  /** The conditions in `outer` that decide whether `inner` is reached. */
  function guardsOf(inner: TSESTree.Node, outer: TSESTree.Node): TSESTree.Node[] {
    switch (outer.type) {
      case 'ConditionalExpression':
      case 'IfStatement':
        return inner === outer.test ? [] : [outer.test];
      case 'LogicalExpression':
        return inner === outer.right ? [outer.left] : [];
      case 'AssignmentExpression':
        return inner === outer.right && outer.operator !== '=' ? [outer.left] : [];
      case 'SwitchStatement':
        return inner === outer.discriminant ? [] : [outer.discriminant];
      case 'BlockStatement':
        return outer.body.filter(statement => statement.range[1] <= inner.range[0]).flatMap(exitTest);
      default:
        return [];
    }
  }

  /** `if (this.timer) return;` */
  function exitTest(statement: TSESTree.Statement): TSESTree.Node[] {
    return statement.type === 'IfStatement' && leaves(statement.consequent) ? [statement.test] : [];
  }

  function leaves(node: TSESTree.Node): boolean {
    if (node.type === 'ReturnStatement' || node.type === 'ThrowStatement') return true;
    return !isFunction(node) && childrenOf(node, visitorKeys).some(leaves);
  }

  function mentionsState(test: TSESTree.Node, around: FunctionNode): boolean {
    if (test.type === 'ThisExpression') return true;
    if (test.type === 'Identifier' && isOuterState(test, around)) return true;
    return childrenOf(test, visitorKeys).some(child => mentionsState(child, around));
  }

  /** What is imported, and globals, are configuration more often than state. */
  function isOuterState(identifier: TSESTree.Identifier, around: FunctionNode): boolean {
    const definition = variables.of(identifier)?.defs[0];
    return definition !== undefined && definition.type !== 'ImportBinding' && !contains(around, definition.name);
  }
}
