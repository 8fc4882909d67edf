import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { childrenOf } from '../syntax/children.js';
import { contains } from '../syntax/contains.js';
import { isClass, isFunction } from '../syntax/functions.js';
import { memberName } from '../syntax/member-name.js';
import type { Failures } from '../value-flow/failure.js';

export type Loop = TSESTree.DoWhileStatement | TSESTree.ForOfStatement | TSESTree.ForStatement | TSESTree.WhileStatement;

/** What can end a loop, and what it leaves to others meanwhile. */
export interface LoopEnds {
  /** Whether a statement of it leaves it, or its consumer may. */
  readonly isLeft: boolean;
  /** What may throw in it and is not caught there. */
  readonly failing: readonly TSESTree.Node[];
  /** What it waits for, while other code of the thread runs. */
  readonly waits: readonly TSESTree.Node[];
}

/** What the search rests on. */
export interface LoopParts {
  readonly visitorKeys: TSESLint.SourceCode.VisitorKeys;
  readonly failures: Failures;
  readonly neverReturns: (call: TSESTree.CallExpression) => boolean;
}

/** What can end a loop, functions inside it left out. */
export function endsOf(loop: Loop, { visitorKeys, failures, neverReturns }: LoopParts): LoopEnds {
  const inside = [...ownNodes(loop, visitorKeys)].filter(node => node !== loop);
  const caught = inside.flatMap(node => (node.type === 'TryStatement' && node.handler !== null ? [node.block] : []));
  return {
    isLeft: inside.some(isLeaving),
    failing: inside.filter(node => mayFail(node) && !caught.some(block => contains(block, node))),
    waits: [...(loop.type === 'ForOfStatement' && loop.await ? [loop.right] : []), ...inside.filter(isWaiting)],
  };

  function isLeaving(node: TSESTree.Node): boolean {
    switch (node.type) {
      case 'BreakStatement':
      case 'ContinueStatement':
        return node.label === null ? node.type === 'BreakStatement' && leftBy(node) === loop : !isLabelled(node.label);
      case 'CallExpression':
        return neverReturns(node) || memberName(node.callee) === 'throwIfAborted';
      case 'ReturnStatement':
      case 'ThrowStatement':
      case 'YieldExpression':
        return true;
      default:
        return false;
    }
  }

  /** Whether the label stands inside the loop. */
  function isLabelled({ name }: TSESTree.Identifier): boolean {
    return inside.some(node => node.type === 'LabeledStatement' && node.label.name === name);
  }

  function mayFail(node: TSESTree.Node): boolean {
    switch (node.type) {
      case 'AwaitExpression':
        return isDoubted(failures.ofAwait(node.argument));
      case 'CallExpression':
        // What it gives is looked at where it is awaited.
        return !isAwaited(node) && isDoubted(failures.ofCall(node));
      case 'NewExpression':
        return isDoubted(failures.ofCall(node));
      case 'ForOfStatement':
        return node.await;
      default:
        return false;
    }
  }
}

function isAwaited({ parent }: TSESTree.Node): boolean {
  return parent?.type === 'AwaitExpression' || (parent?.type === 'ChainExpression' && isAwaited(parent));
}

function isDoubted(failure: ReturnType<Failures['ofAwait']>): boolean {
  return failure === 'assumed' || failure === 'promised' || failure === 'shown';
}

function isWaiting(node: TSESTree.Node): boolean {
  return node.type === 'AwaitExpression' || node.type === 'YieldExpression' || (node.type === 'ForOfStatement' && node.await);
}

/** The loop, or the `switch`, that a `break` without a label leaves. */
function leftBy(node: TSESTree.Node): TSESTree.Node | undefined {
  const { parent } = node;
  return parent === undefined || /^(?:DoWhile|For|ForIn|ForOf|Switch|While)Statement$/u.test(parent.type) ? parent : leftBy(parent);
}

/** A node and what runs with it. */
function* ownNodes(node: TSESTree.Node, visitorKeys: TSESLint.SourceCode.VisitorKeys): Generator<TSESTree.Node> {
  yield node;
  for (const child of childrenOf(node, visitorKeys)) {
    if (!isFunction(child) && !isClass(child)) yield* ownNodes(child, visitorKeys);
  }
}
