import type { TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../findings.js';
import { memberName } from '../syntax/member-name.js';
import { stringOf } from '../syntax/property-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import { evaluateArguments } from './arguments.js';
import { escapeClosure, escapeResource, escapeValue } from './escapes.js';
import { raise } from './failures.js';
import { giveHandler } from './handlers.js';
import { isSafe, noteLateUse, takeReceiver } from './receiver-methods.js';
import { isReleaser, releaseResource } from './releases.js';
import { isWorthRunning, run } from './run.js';
import { thrown, type Completion, type Evaluated, type Machine } from './machine.js';
import { evaluateMember, wholeResource, type EvaluatedMember } from './members.js';
import type { AcquireSite, CallNode } from './model.js';
import { acquireObject } from './own-objects.js';
import type { Path, Value } from './path.js';
import { isOpen, nullish, unknown, withAcquire } from './path.js';
import { evaluateChain, isChain } from './promises.js';

/** A call with its operands evaluated on one path. */
export interface EvaluatedCall {
  readonly path: Path;
  /** The value of the callee, or of the method taken from its object. */
  readonly callee: Value;
  /** The value of the object that a method is taken from. */
  readonly receiver?: Value | undefined;
  readonly arguments: readonly Value[];
}

/** Evaluates callee and arguments in order, then applies the call. */
export function evaluateCall(machine: Machine, node: CallNode, path: Path, abrupt: Completion[]): Evaluated[] {
  if (isChain(node)) {
    return evaluateChain(machine, node, path, abrupt);
  }
  const results: Evaluated[] = [];
  // `locks.get(key).release()` has found its lock once already, when it was acquired.
  const failures = [...machine.sites.values()].some(site => machine.model.releasesByName(node, site)) ? [] : abrupt;
  for (const { path: next, value, object } of evaluateCallee(machine, node, path, failures)) {
    if (value.kind === 'nullish') {
      results.push({ path: next, value: nullish });
      continue;
    }
    for (const call of evaluateArguments(machine, node, { path: next, callee: value, receiver: object, arguments: [] }, abrupt)) {
      results.push(...apply(machine, node, call, abrupt));
    }
  }
  return machine.mergeEvaluated(results);
}

function evaluateCallee(
  machine: Machine,
  node: CallNode,
  path: Path,
  abrupt: Completion[],
): (Evaluated & Partial<EvaluatedMember>)[] {
  const callee = skipWrappers(node.callee);
  switch (callee.type) {
    case 'ImportExpression':
    case 'Super':
      return [{ path, value: unknown }];
    case 'MemberExpression':
      return evaluateMember(machine, callee, path, abrupt);
    default:
      return machine.evaluate(callee, path, abrupt);
  }
}

function apply(machine: Machine, node: CallNode, call: EvaluatedCall, abrupt: Completion[]): Evaluated[] {
  const site = machine.model.acquireAt(node);
  if (site !== undefined && site.carrier !== 'callback') {
    return acquire(machine, node, call, site, abrupt);
  }
  if (call.callee.kind === 'resource' && memberName(node.callee) === 'bind') {
    return [{ path: call.path, value: call.callee }];
  }
  noteLateUse(machine, node, call);
  const released = release(machine, node, call);
  if (released !== undefined) {
    return [{ path: released, value: unknown }];
  }
  if (call.callee.kind === 'closure' && isWorthRunning(machine, call.callee.node, call.path, call.arguments)) {
    return run(machine, call.callee.node, call.arguments, call.path, abrupt);
  }
  const path = takeReceiver(machine, node, call.callee, passArguments(machine, node, call, abrupt));
  if (machine.model.neverReturns(node)) {
    return [];
  }
  const retained = retainedBy(machine, node, call);
  // What wraps a resource, `wrap(worker)`, is written not to throw.
  if (retained === undefined && !failsLater(machine, node) && !isSafe(machine, node, call.receiver)) {
    raise(machine, node, path, abrupt);
  }
  return [{ path, value: resultOf(node, call, retained) }];
}

/** What a call gives of the resources that it gets: a proxy that keeps one alive, or the emitter it was called on. */
function resultOf(node: CallNode, call: EvaluatedCall, retained: number | undefined): Value {
  if (retained !== undefined) {
    return { kind: 'resource', id: retained, parts: [] };
  }
  const { receiver = unknown } = call;
  return wholeResource(receiver) !== undefined && emitterMethods.has(memberName(node.callee) ?? '') ? receiver : unknown;
}

/** The methods of emitters that give the emitter back (https://nodejs.org/api/events.html#class-eventemitter). */
const emitterMethods = new Set([
  'addListener',
  'off',
  'on',
  'once',
  'prependListener',
  'prependOnceListener',
  'removeAllListeners',
  'removeListener',
  'setMaxListeners',
]);

/** Whether the call gives a promise, through which it fails: it is awaited or chained, or the constant that holds it is. */
function failsLater(machine: Machine, node: CallNode): boolean {
  const { parent } = node;
  if (parent.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier' || parent.parent.kind !== 'const') {
    return isSettledByParent(node);
  }
  const uses = machine.variableOf(parent.id)?.references ?? [];
  return uses.some(({ identifier }) => isSettledByParent(identifier));
}

/** Whether a rejected promise and a thrown error end in the same place: `await f()`, `f().finally(g)`. */
function isSettledByParent(node: TSESTree.Node): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case 'AwaitExpression':
      return true;
    case 'ChainExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
      return isSettledByParent(parent);
    case 'MemberExpression':
      return parent.object === node && parent.parent.type === 'CallExpression' && isChain(parent.parent);
    default:
      return false;
  }
}

function acquire(
  machine: Machine,
  node: CallNode,
  call: EvaluatedCall,
  site: AcquireSite,
  abrupt: Completion[],
): Evaluated[] {
  machine.sites.set(site.id, site);
  const path = passArguments(machine, node, call, abrupt);
  if (!site.awaited && site.mayFail) {
    abrupt.push(thrown(path, node, 'mayThrow', { kind: 'acquireMayFail', node }));
  }
  if (site.carrier === 'object') {
    return acquireObject(machine, node, site, path);
  }
  if (site.carrier === 'result' && isOpen(path.status.get(site.id))) {
    machine.events.push({ kind: 'reacquired', id: site.id, witness: node, trail: path.trail });
  }
  const status = site.awaited ? 'pending' : site.optional ? 'perhaps' : 'held';
  const value: Value =
    site.carrier === 'result'
      ? { kind: 'resource', id: site.id, ...(site.parts === undefined ? {} : { parts: site.parts }) }
      : { kind: 'flag', id: site.id };
  return [
    {
      path: withAcquire(path, site.id, { kind: status }, node),
      value: site.awaited ? { kind: 'promise', of: value } : value,
    },
  ];
}

/** The path after the call, if the call releases something. */
function release(machine: Machine, node: CallNode, call: EvaluatedCall): Path | undefined {
  if (call.callee.kind === 'resource' && isReleaser(machine, call.callee)) {
    return releaseResource(machine, node, call.callee.id, call.path);
  }
  let path: Path | undefined;
  for (const site of machine.sites.values()) {
    if (releases(machine, node, call, site)) {
      path = releaseResource(machine, node, site.id, path ?? call.path);
    }
  }
  return path;
}

function releases(machine: Machine, node: CallNode, call: EvaluatedCall, site: AcquireSite): boolean {
  return (
    machine.model.releasesByName(node, site) ||
    call.arguments.some(
      (value, index) =>
        value.kind === 'resource' &&
        value.id === site.id &&
        value.member === undefined &&
        machine.model.argumentEffect(node, index, site) === 'release',
    )
  );
}

/** Hands the arguments to the callee: resources by the model's answer, closures for good unless they run now. */
function passArguments(machine: Machine, node: CallNode, call: EvaluatedCall, abrupt: Completion[]): Path {
  const runsNow = machine.model.runsCallbacksNow(node);
  const receiver = wholeResource(call.receiver);
  let { path } = call;
  noteJoins(machine, node, receiver, call.arguments);
  for (const [index, value] of call.arguments.entries()) {
    if (value.kind === 'resource') {
      const site = machine.sites.get(value.id);
      const effect = site === undefined ? 'take' : machine.model.argumentEffect(node, index, site);
      const isGivenLater = effect === 'takeWhenFulfilled' && giveWhenFulfilled(machine, node, value.id);
      path = effect === 'borrow' || effect === 'retain' || isGivenLater ? path : escapeValue(machine, path, value, 'passedToCall', node);
    } else if (value.kind === 'closure' && runsNow) {
      path = runOnTheWay(machine, value.node, path, abrupt);
    } else if (value.kind === 'closure' && receiver !== undefined) {
      path = giveHandler(machine, path, receiver, value.node, node);
    } else {
      path = escapeValue(machine, path, value, 'passedToCall', node);
    }
  }
  return passLocks(machine, node, path);
}

/** Hands over what is released by a method of its lock, where the callee gets that lock: `finish(this.lock)`. */
function passLocks(machine: Machine, node: CallNode, path: Path): Path {
  let next = path;
  for (const site of machine.sites.values()) {
    if (isOpen(next.status.get(site.id)) && machine.model.takesByName(node, site)) {
      next = escapeResource(next, site.id, 'passedToCall', node);
    }
  }
  return next;
}

/** The resource that the result of the call keeps alive. */
function retainedBy(machine: Machine, node: CallNode, call: EvaluatedCall): number | undefined {
  for (const [index, value] of call.arguments.entries()) {
    const site = value.kind === 'resource' ? machine.sites.get(value.id) : undefined;
    if (site !== undefined && machine.model.argumentEffect(node, index, site) === 'retain') {
      return site.id;
    }
  }
  return undefined;
}

/**
 * The call gives a promise of another resource, which owns this one once it is there. What has no name, as in
 * `spawn(new Worker(file))`, nobody could release if the promise is rejected.
 */
function giveWhenFulfilled(machine: Machine, node: CallNode, id: number): boolean {
  const taker = machine.model.acquireAt(node);
  if (taker?.awaited !== true || node.arguments.some(argument => argument === machine.sites.get(id)?.node)) {
    return false;
  }
  machine.givenWhenFulfilled.set(taker.id, [...(machine.givenWhenFulfilled.get(taker.id) ?? []), id]);
  return true;
}

/** A call that names a resource and an event which tells its end listens for that end: `worker.on('exit', f)`. */
function noteJoins(machine: Machine, node: CallNode, receiver: number | undefined, values: readonly Value[]): void {
  for (const id of [receiver, ...values.map(wholeResource)]) {
    const site = id === undefined ? undefined : machine.sites.get(id);
    if (site !== undefined && node.arguments.some(argument => site.joinedBy.has(stringOf(argument) ?? ''))) {
      machine.joined.add(site.id);
    }
  }
}

/** A callback that the callee runs before it returns. If its outcomes differ, what it captures is not known after it. */
function runOnTheWay(machine: Machine, closure: FunctionNode, path: Path, abrupt: Completion[]): Path {
  if (!isWorthRunning(machine, closure, path, [])) {
    return path;
  }
  const paths = machine.merge([path, ...run(machine, closure, [], path, abrupt).map(result => result.path)]);
  const [first] = paths;
  return paths.length === 1 && first !== undefined
    ? first
    : escapeClosure(machine, path, closure, 'capturedByClosure', closure);
}
