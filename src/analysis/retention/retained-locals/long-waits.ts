import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../../findings.js';
import type { Identity } from '../../identity/identity.js';
import type { Variables } from '../../scope/variables.js';
import type { CallPattern, LongWaitSpecification } from '../../specification.js';
import { childrenOf } from '../../syntax/children.js';
import { contains } from '../../syntax/contains.js';
import { descendantsOf } from '../../syntax/descendants.js';
import { isFunction } from '../../syntax/functions.js';
import { memberName } from '../../syntax/member-name.js';
import { stringOf } from '../../syntax/property-name.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';
import { listeningMethods } from '../../value-flow/registering-methods.js';
import { resolveCallee } from '../../value-flow/resolve-callee.js';
import type { LongWait } from './model.js';

/** What tells a long wait from a short one. */
export interface WaitContext {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly identity: Identity;
  readonly variables: Variables;
  readonly longWaits: readonly LongWaitSpecification[];
  /** Calls that give a value for each thing that happens outside, without an end. */
  readonly eventSources: readonly CallPattern[];
}

type Loop = TSESTree.DoWhileStatement | TSESTree.ForStatement | TSESTree.WhileStatement;

/** Events that follow soon, as what they tell of is on its way already. */
const briefEvents = new Set([
  'connect', 'drain', 'end', 'error', 'finish', 'listening', 'load', 'loadend', 'loadedmetadata', 'open', 'ready', 'spawn', 'success',
]);
const registeringMethods = new Set([...listeningMethods, 'once']);
/** A shorter pause, in milliseconds, is none that anybody would notice. */
const leastDelay = 1_000;
const maximumDepth = 3;

/** The waits of a function whose length nobody knows, in source order. What a function inside it waits for is left out. */
export function longWaitsIn(around: FunctionNode, context: WaitContext): LongWait[] {
  const { sourceCode, identity, variables } = context;
  return [...ownNodes(around.body)].flatMap((node): LongWait[] => {
    switch (node.type) {
      case 'AwaitExpression':
        return isLong(node.argument, 0) ? [{ kind: 'wait', node }] : [];
      case 'ForOfStatement':
        return node.await && isEventSource(node.right) ? [{ kind: 'wait', node }] : [];
      case 'DoWhileStatement':
      case 'ForStatement':
      case 'WhileStatement':
        return isEndless(node) ? [{ kind: 'loop', node }] : [];
      default:
        return [];
    }
  });

  function isLong(node: TSESTree.Expression, depth: number): boolean {
    const expression = skipWrappers(node);
    if (depth > maximumDepth) return false;
    switch (expression.type) {
      case 'CallExpression':
        return isLongCall(expression) || (!expression.arguments.some(isShort) && givesLong(resolveCallee(expression, variables), depth + 1));
      case 'NewExpression':
        return identity.isExport(expression.callee, { global: 'Promise' }) && isSettledFromOutside(expression.arguments[0]);
      case 'Identifier': {
        const definition = variables.of(expression)?.defs[0];
        const init = definition?.type === 'Variable' && definition.parent.kind === 'const' ? definition.node.init : null;
        return init !== null && isLong(init, depth + 1);
      }
      default:
        return false;
    }
  }

  function isLongCall(call: TSESTree.CallExpression): boolean {
    return context.longWaits.some(
      ({ call: pattern, event, delay }) =>
        identity.isCallOf(call, pattern) &&
        (event === undefined || !isBriefEvent(call.arguments[event])) &&
        (delay === undefined || !isShortDelay(call.arguments[delay])),
    );
  }

  /** Whether a function does nothing but give such a promise: `ms => new Promise(resolve => setTimeout(resolve, ms))`. */
  function givesLong(callee: FunctionNode | undefined, depth: number): boolean {
    if (callee === undefined || callee.generator) return false;
    if (callee.body.type !== 'BlockStatement') return isLong(callee.body, depth);
    const [statement] = callee.body.body;
    if (callee.body.body.length !== 1 || statement === undefined) return false;
    const given =
      statement.type === 'ReturnStatement' ? statement.argument : statement.type === 'ExpressionStatement' ? statement.expression : null;
    if (given === null) return false;
    return isLong(given.type === 'AwaitExpression' ? given.argument : given, depth);
  }

  /** Whether an executor leaves it to a timer or to a listener to settle its promise. */
  function isSettledFromOutside(executor: TSESTree.CallExpressionArgument | undefined): boolean {
    if (!isFunction(executor)) return false;
    const settlers = executor.params.flatMap(parameter => (parameter.type === 'Identifier' ? [parameter.name] : []));
    return [...descendantsOf(executor.body, sourceCode.visitorKeys)].some(node => {
      if (node.type !== 'CallExpression') return false;
      const [first, second] = node.arguments;
      if (isTimeout(node)) return settles(first, settlers) && !isShortDelay(second);
      return isOnOther(node.callee, executor) && settles(second, settlers) && !isBriefEvent(first);
    });
  }

  /** Whether a listener is registered on something that was there before: what the executor makes itself ends soon. */
  function isOnOther(callee: TSESTree.Expression, executor: FunctionNode): boolean {
    if (callee.type !== 'MemberExpression' || !registeringMethods.has(memberName(callee) ?? '')) return false;
    const root = rootOf(callee.object);
    const definition = root?.type === 'Identifier' ? variables.of(root)?.defs[0] : undefined;
    return root !== undefined && !(definition !== undefined && contains(executor, definition.node));
  }

  function isTimeout({ callee }: TSESTree.CallExpression): boolean {
    return callee.type === 'Identifier' && callee.name === 'setTimeout' && variables.isUnshadowedGlobal(callee);
  }

  /** Whether the callback is one of the functions that settle, or calls one. */
  function settles(callback: TSESTree.CallExpressionArgument | undefined, settlers: readonly string[]): boolean {
    if (callback?.type === 'Identifier') return settlers.includes(callback.name);
    return (
      isFunction(callback) &&
      [...descendantsOf(callback.body, sourceCode.visitorKeys)].some(
        node => node.type === 'CallExpression' && node.callee.type === 'Identifier' && settlers.includes(node.callee.name),
      )
    );
  }

  function isEventSource(node: TSESTree.Expression): boolean {
    const call = skipWrappers(node);
    return call.type === 'CallExpression' && context.eventSources.some(pattern => identity.isCallOf(call, pattern));
  }

  /** Whether it waits in each round and nothing in it leaves it but a failure. */
  function isEndless(loop: Loop): boolean {
    const isForGood = loop.type === 'ForStatement' ? loop.test === null : loop.test.type === 'Literal' && Boolean(loop.test.value);
    if (!isForGood) return false;
    const inside = [...ownNodes(loop.body)];
    return inside.some(({ type }) => type === 'AwaitExpression') && !inside.some(node => leaves(node, loop));
  }

  function* ownNodes(node: TSESTree.Node): Generator<TSESTree.Node> {
    yield node;
    for (const child of childrenOf(node, sourceCode.visitorKeys)) if (!isFunction(child)) yield* ownNodes(child);
  }
}

/** Whether a statement inside a loop ends it. */
function leaves(node: TSESTree.Node, loop: Loop): boolean {
  switch (node.type) {
    case 'ReturnStatement':
      return true;
    case 'BreakStatement':
      return node.label !== null || breaksOf(node) === loop;
    case 'ContinueStatement':
      return node.label !== null;
    default:
      return false;
  }
}

/** The loop, or the `switch`, that a `break` without a label ends. */
function breaksOf(node: TSESTree.Node): TSESTree.Node | undefined {
  const { parent } = node;
  return parent === undefined || /^(?:For|While|DoWhile|Switch)\w*Statement$/u.test(parent.type) ? parent : breaksOf(parent);
}

/** An event whose name is not written out may be any. */
function isBriefEvent(node: TSESTree.CallExpressionArgument | undefined): boolean {
  const name = node === undefined ? undefined : stringOf(node);
  return name !== undefined && briefEvents.has(name);
}

/** A delay that is not written out may be any; none is the shortest. */
function isShortDelay(node: TSESTree.CallExpressionArgument | undefined): boolean {
  return node === undefined || isShort(node);
}

function isShort(node: TSESTree.CallExpressionArgument): boolean {
  return node.type === 'Literal' && typeof node.value === 'number' && node.value < leastDelay;
}

/** What a chain of members begins with; undefined where that is a call. */
function rootOf(node: TSESTree.Expression): TSESTree.Identifier | TSESTree.ThisExpression | undefined {
  const expression = skipWrappers(node);
  if (expression.type === 'MemberExpression') return rootOf(expression.object);
  return expression.type === 'Identifier' || expression.type === 'ThisExpression' ? expression : undefined;
}
