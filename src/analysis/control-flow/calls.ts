import type { TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../findings.js';
import { memberName } from '../syntax/member-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import { escapeClosure, escapeValue } from './escapes.js';
import { raise } from './failures.js';
import { isReleaser, releaseResource } from './releases.js';
import { isWorthRunning, run } from './run.js';
import type { Completion, Evaluated, Machine } from './machine.js';
import { thrown } from './machine.js';
import type { AcquireSite, CallNode } from './model.js';
import type { Path, Value } from './path.js';
import { isOpen, nullish, unknown, withAcquire } from './path.js';
import { evaluateChain, isChain } from './promises.js';

/** A call with its operands evaluated on one path. */
export interface EvaluatedCall {
  readonly path: Path;
  /** The value of the callee, or of the method taken from its object. */
  readonly callee: Value;
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
  for (const { path: next, value } of evaluateCallee(machine, node, path, failures)) {
    if (value.kind === 'nullish') {
      results.push({ path: next, value: nullish });
      continue;
    }
    for (const call of evaluateArguments(machine, node, { path: next, callee: value, arguments: [] }, abrupt)) {
      results.push(...apply(machine, node, call, abrupt));
    }
  }
  return machine.mergeEvaluated(results);
}

function evaluateCallee(machine: Machine, node: CallNode, path: Path, abrupt: Completion[]): Evaluated[] {
  const callee = skipWrappers(node.callee);
  return callee.type === 'Super' || callee.type === 'ImportExpression'
    ? [{ path, value: unknown }]
    : machine.evaluate(callee, path, abrupt);
}

function evaluateArguments(
  machine: Machine,
  node: CallNode,
  call: EvaluatedCall,
  abrupt: Completion[],
): EvaluatedCall[] {
  return node.arguments.reduce<EvaluatedCall[]>(
    (calls, argument) =>
      calls.flatMap(current =>
        machine
          .evaluate(argument.type === 'SpreadElement' ? argument.argument : argument, current.path, abrupt)
          .map(({ path, value }) => ({ ...current, path, arguments: [...current.arguments, value] })),
      ),
    [call],
  );
}

function apply(machine: Machine, node: CallNode, call: EvaluatedCall, abrupt: Completion[]): Evaluated[] {
  const site = machine.model.acquireAt(node);
  if (site !== undefined && site.carrier !== 'callback') {
    return acquire(machine, node, call, site, abrupt);
  }
  if (call.callee.kind === 'resource' && memberName(node.callee) === 'bind') {
    return [{ path: call.path, value: call.callee }];
  }
  const released = release(machine, node, call);
  if (released !== undefined) {
    return [{ path: released, value: unknown }];
  }
  if (call.callee.kind === 'closure' && isWorthRunning(machine, call.callee.node, call.path, call.arguments)) {
    return run(machine, call.callee.node, call.arguments, call.path, abrupt);
  }
  const path = passArguments(machine, node, call, abrupt);
  if (machine.model.neverReturns(node)) {
    return [];
  }
  if (!failsLater(machine, node)) {
    raise(machine, node, path, abrupt);
  }
  return [{ path, value: unknown }];
}

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
  if (site.carrier === 'result' && isOpen(path.status.get(site.id))) {
    machine.events.push({ kind: 'reacquired', id: site.id, witness: node, trail: path.trail });
  }
  const status = site.awaited ? 'pending' : site.optional ? 'perhaps' : 'held';
  const value: Value =
    site.carrier === 'result'
      ? { kind: 'resource', id: site.id, ...(site.part === undefined ? {} : { part: site.part }) }
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
  let { path } = call;
  for (const [index, value] of call.arguments.entries()) {
    if (value.kind === 'resource') {
      const site = machine.sites.get(value.id);
      const effect = site === undefined ? 'take' : machine.model.argumentEffect(node, index, site);
      path = effect === 'borrow' ? path : escapeValue(machine, path, value, 'passedToCall', node);
    } else if (value.kind === 'closure' && runsNow) {
      path = runOnTheWay(machine, value.node, path, abrupt);
    } else {
      path = escapeValue(machine, path, value, 'passedToCall', node);
    }
  }
  return path;
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
