import type { TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../../findings.js';
import type { Variables } from '../../scope/variables.js';
import { childrenOf } from '../../syntax/children.js';
import { isFunction } from '../../syntax/functions.js';
import { memberName } from '../../syntax/member-name.js';
import { propertyName } from '../../syntax/property-name.js';
import { returnedValues } from '../../syntax/returns.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';
import type { Types } from '../../types/types.js';
import { subscriptionType } from '../../types/unsubscribers.js';
import { resolveCallee } from '../../value-flow/resolve-callee.js';
import type { Running } from './leak.js';

/** A call that subscribes a function, and whose result ends the subscription. */
export interface Subscription {
  readonly running: Running;
  /** What is subscribed to: the receiver, or the argument before the function. Undefined: the function that is called. */
  readonly sender: TSESTree.Expression;
}

/** What the search for subscriptions rests on. */
export interface SubscriptionParts {
  readonly variables: Variables;
  readonly types: Types | undefined;
  readonly visitorKeys: Parameters<typeof childrenOf>[1];
  /** Packages whose subscriptions end with the component, or the scope, that they are made in. */
  readonly scopedPackages: ReadonlySet<string>;
}

/** Names of calls that subscribe. Whether one does is for its result to say. */
const subscribingName = /^(?:subscribe\w*|\w+Subscribe|on|on[A-Z_]\w*|add\w*Listener|add\w*Observer|listen\w*|observe\w*|watch\w*)$/u;

/** Events with which a sender, or a token, ends by itself. */
const terminalName = /^on(?:Did|Will)?(?:Cancellation|Close|Destroy|Disconnect|Dispose|End|Exit|Finish)(?:d|ed|Requested)?$/u;

/** Operators after which a stream ends by itself, or with something else. */
const endingOperators = /^(?:take|takeUntil\w*|takeWhile|first|single|last|firstValueFrom|lastValueFrom|untilDestroyed|until)$/u;

/** The subscription that `call` makes; undefined if it makes none, or if that ends by itself. */
export function subscriptionOf(call: TSESTree.CallExpression, parts: SubscriptionParts): Subscription | undefined {
  const callee = skipWrappers(call.callee);
  const name = callee.type === 'Identifier' ? callee.name : memberName(callee);
  if (name === undefined || !subscribingName.test(name) || terminalName.test(name)) return undefined;
  if (!takesFunction(call, parts)) return undefined;
  const stop = stopOf(call, parts);
  const sender = callee.type === 'MemberExpression' ? streamOf(callee.object) : (firstValue(call) ?? callee);
  if (stop === undefined || sender === undefined) return undefined;
  return { running: { kind: 'subscription', noun: 'subscription', start: call, stop }, sender };
}

function takesFunction({ arguments: given }: TSESTree.CallExpression, { types, variables }: SubscriptionParts): boolean {
  return given.some(argument => {
    if (argument.type === 'SpreadElement') return false;
    const value = skipWrappers(argument);
    if (isFunction(value)) return true;
    if (value.type === 'Identifier' && variables.of(value)?.defs[0]?.type === 'FunctionName') return true;
    const isBound = value.type === 'CallExpression' && memberName(value.callee) === 'bind';
    return isBound || types?.isCallable(value) === true;
  });
}

/** What ends the subscription: by the type of the result or, in the same file, by what the callee returns. */
function stopOf(call: TSESTree.CallExpression, parts: SubscriptionParts): Running['stop'] | undefined {
  const { types, variables, scopedPackages } = parts;
  const type = types && subscriptionType(types, call);
  if (type !== undefined) {
    if (type.declaredIn.some(name => scopedPackages.has(name))) return undefined;
    return type.unsubscriber.kind === 'call' ? { call: true } : { method: type.unsubscriber.name };
  }
  const callee = resolveCallee(call, variables);
  return callee !== undefined && returnsRemover(callee, parts) ? { call: true } : undefined;
}

/** The stream that operators are applied to; undefined if one of them ends it. */
function streamOf(node: TSESTree.Expression): TSESTree.Expression | undefined {
  const stream = skipWrappers(node);
  if (stream.type !== 'CallExpression' || memberName(stream.callee) !== 'pipe') return stream;
  const isEnding = stream.arguments.some(
    operator =>
      operator.type === 'CallExpression' &&
      endingOperators.test(operator.callee.type === 'Identifier' ? operator.callee.name : (memberName(operator.callee) ?? '')),
  );
  return isEnding || stream.callee.type !== 'MemberExpression' ? undefined : streamOf(stream.callee.object);
}

/** What a function like `addAbortListener(signal, listener)` subscribes to. */
function firstValue({ arguments: [first] }: TSESTree.CallExpression): TSESTree.Expression | undefined {
  const value = first === undefined || first.type === 'SpreadElement' ? undefined : skipWrappers(first);
  return value?.type === 'Identifier' || value?.type === 'MemberExpression' ? value : undefined;
}

const removingMethods: ReadonlySet<string> = new Set([
  'delete',
  'off',
  'removeEventListener',
  'removeListener',
  'splice',
  'unsubscribe',
]);

/** Whether every return of a function gives a function that takes something off again. */
function returnsRemover(callee: FunctionNode, parts: SubscriptionParts): boolean {
  const returned = returnedValues(callee, parts.visitorKeys);
  return returned.length > 0 && returned.every(value => isFunction(value) && removes(value.body, parts));
}

function removes(node: TSESTree.Node, parts: SubscriptionParts): boolean {
  const isRemoval =
    node.type === 'CallExpression' &&
    node.callee.type === 'MemberExpression' &&
    removingMethods.has(propertyName(node.callee) ?? '');
  return isRemoval || childrenOf(node, parts.visitorKeys).some(child => removes(child, parts));
}
