import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { createClasses } from '../classes/class-model.js';
import type { CallNode } from '../control-flow/model.js';
import type { FunctionNode } from '../findings.js';
import type { Variables } from '../scope/variables.js';
import { contains } from '../syntax/contains.js';
import { descendantsOf } from '../syntax/descendants.js';
import { functionAround, isFunction } from '../syntax/functions.js';
import { memberName } from '../syntax/member-name.js';
import { resolveCallee } from '../value-flow/resolve-callee.js';
import type { Holder, Holders } from './holders.js';
import { isSame } from './holders.js';
import type { Registration } from './registrations.js';
import type { Wrapper } from './settling.js';
import { settlingOf } from './settling.js';

/** What the search rests on. */
export interface QuestionParts {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly variables: Variables;
  readonly registrations: readonly Registration[];
  readonly holders: Holders;
  /** All calls of the file. */
  readonly calls: readonly CallNode[];
  /** All promises that it makes. */
  readonly wrappers: readonly Wrapper[];
}

/** A worker that is asked, and what listens to its answers. */
export interface Asked {
  readonly holder: Holder;
  readonly listeners: readonly Registration[];
}

/**
 * A promise that waits for the answer to a message: its function posts one to the worker and keeps `resolve` where a
 * listener of the worker finds it, and nothing else settles it.
 */
export function questionTo({ holder, listeners }: Asked, parts: QuestionParts): Wrapper | undefined {
  const { sourceCode, variables, holders, calls } = parts;
  const posts = calls.filter(call => memberName(call.callee) === 'postMessage' && isOn(call));
  return parts.wrappers.find(wrapper => {
    const around = functionAround(wrapper.promise);
    const { stores, isOtherwise } = settlingOf(wrapper, parts);
    const isAnswered = stores.some(store => listeners.some(({ handler }) => reaches(handler, store)));
    return isAnswered && !isOtherwise && around !== undefined && asks(around);
  });

  function isOn({ callee }: CallNode): boolean {
    const found = callee.type === 'MemberExpression' ? holders.of(callee.object) : undefined;
    return found !== undefined && isSame(found, holder);
  }

  function asks(node: FunctionNode): boolean {
    return (
      posts.some(post => contains(node, post)) ||
      calls.some(call => {
        const callee = contains(node, call) ? resolveCallee(call, variables) : undefined;
        return callee !== undefined && callee !== node && posts.some(post => contains(callee, post));
      })
    );
  }

  /** Whether a listener, or a function of this file that it names, mentions where a promise is kept. */
  function reaches(listener: TSESTree.Node, store: TSESTree.Expression): boolean {
    const target = holders.of(store);
    const pending = [listener];
    for (const node of pending) {
      for (const inner of descendantsOf(node, sourceCode.visitorKeys)) {
        if (inner.type !== 'Identifier' && inner.type !== 'MemberExpression') continue;
        const found = holders.of(inner);
        if (target !== undefined && found !== undefined && isSame(found, target)) return true;
        const named = functionNamed(inner);
        if (named !== undefined && !pending.includes(named)) pending.push(named);
      }
    }
    return false;
  }

  /** The function of this file that a name stands for: `onMessage`, `this.onMessage`. */
  function functionNamed(node: TSESTree.Identifier | TSESTree.MemberExpression): FunctionNode | undefined {
    if (node.type === 'MemberExpression') {
      const model = node.object.type === 'ThisExpression' ? createClasses(sourceCode, variables).around(node) : undefined;
      return model?.methods.find(({ name }) => name === memberName(node))?.node;
    }
    const definition = variables.of(node)?.defs[0];
    const value = definition?.type === 'Variable' ? definition.node.init : definition?.node;
    return isFunction(value) && definition?.type !== 'Parameter' ? value : undefined;
  }
}
