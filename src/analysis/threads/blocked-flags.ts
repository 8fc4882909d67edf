import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../findings.js';
import type { Variables } from '../scope/variables.js';
import { contains } from '../syntax/contains.js';
import { descendantsOf } from '../syntax/descendants.js';
import { functionAround } from '../syntax/functions.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import { resolveCallee } from '../value-flow/resolve-callee.js';
import type { Loop } from './loop-ends.js';
import type { Registration } from './registrations.js';
import type { Flag } from './stop-flags.js';

/** What the question rests on. */
export interface BlockedParts {
  readonly visitorKeys: TSESLint.SourceCode.VisitorKeys;
  readonly variables: Variables;
  readonly registrations: readonly Registration[];
}

/**
 * The listener that alone changes the flag of a loop which lets no event through: it awaits nothing, and what it calls
 * neither sets the flag nor is unknown. Undefined if somebody else may set it.
 */
export function blockedFlag(
  loop: Loop,
  { writes }: Flag,
  { visitorKeys, variables, registrations }: BlockedParts,
): TSESTree.Node | undefined {
  const setters = writes.map(write => listenerAround(write));
  const [first] = setters;
  return first !== undefined && !setters.includes(undefined) && isClosed(loop, new Set()) ? first : undefined;

  /** The listener or the timer callback that a node stands in. */
  function listenerAround(node: TSESTree.Node): TSESTree.Node | undefined {
    if (contains(loop, node)) return undefined;
    const around = functionAround(node);
    if (around === undefined || contains(around, loop)) {
      // The listener that runs the loop may set the flag before it does.
      return around !== undefined && node.range[1] <= loop.range[0] ? undefined : around && registered(around);
    }
    return registered(around);
  }

  function registered(node: FunctionNode): TSESTree.Node | undefined {
    const isTimer =
      node.parent.type === 'CallExpression' &&
      node.parent.callee.type === 'Identifier' &&
      timers.has(node.parent.callee.name) &&
      node.parent.arguments[0] === node;
    return isTimer ? node.parent : registrations.find(({ handler }) => handler === node)?.node;
  }

  /** Whether nothing that a node runs can reach the listener. */
  function isClosed(node: TSESTree.Node, visited: Set<TSESTree.Node>): boolean {
    return [...descendantsOf(node, visitorKeys)].every(inner => {
      if (inner.type === 'TaggedTemplateExpression') return false;
      if (inner.type !== 'CallExpression' && inner.type !== 'NewExpression') return true;
      if (isOwnOfEngine(inner)) return true;
      const callee = resolveCallee(inner, variables);
      if (callee === undefined || writes.some(write => contains(callee, write))) return false;
      if (visited.has(callee)) return true;
      visited.add(callee);
      return isClosed(callee.body, visited);
    });
  }

  /** `Math.random()`, `performance.now()`, `postMessage(value)`. */
  function isOwnOfEngine({ callee }: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
    const called = skipWrappers(callee);
    const root = called.type === 'MemberExpression' ? skipWrappers(called.object) : called;
    return root.type === 'Identifier' && engineNames.has(root.name) && variables.isUnshadowedGlobal(root);
  }
}

const timers = new Set(['setImmediate', 'setInterval', 'setTimeout']);
const engineNames = new Set(['BigInt', 'Date', 'JSON', 'Math', 'Number', 'String', 'console', 'performance', 'postMessage', 'self']);
