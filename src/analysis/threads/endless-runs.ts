import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { ClassModel, Method } from '../classes/class-model.js';
import { createClasses } from '../classes/class-model.js';
import { terminalDisposersOf } from '../classes/disposers.js';
import { reachableMethods } from '../classes/reachable-methods.js';
import type { Assumption, FunctionNode } from '../findings.js';
import type { Identity } from '../identity/identity.js';
import { rearmed } from '../retention/running/rearming.js';
import type { Variables } from '../scope/variables.js';
import type { CallPattern } from '../specification.js';
import { ancestorsOf } from '../syntax/ancestors.js';
import { contains } from '../syntax/contains.js';
import { descendantsOf } from '../syntax/descendants.js';
import { isFunction } from '../syntax/functions.js';
import { memberName } from '../syntax/member-name.js';
import { propertyName } from '../syntax/property-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import type { WorkerScript } from '../thread-specification.js';
import type { Types } from '../types/types.js';
import { createFailures } from '../value-flow/failure.js';
import type { ProgramCallees } from '../value-flow/program-callees.js';
import { resolveCallee } from '../value-flow/resolve-callee.js';
import { blockedFlag } from './blocked-flags.js';
import type { Loop, LoopEnds } from './loop-ends.js';
import { endsOf } from './loop-ends.js';
import type { Registration } from './registrations.js';
import { registrationsIn } from './registrations.js';
import { flagOf, liveCondition } from './stop-flags.js';
import { createWorkerCode } from './worker-code.js';

/**
 * Something that goes round without an end of its own.
 *
 * - `outlivesDisposer`: a loop of an instance that its disposer does not end. `neverChanges`: its condition has one value.
 * - `neverSeen`: its condition changes by an event only, and no event is handled while it runs. `blocksListener`: the
 *   same of every other listener of the worker.
 * - `onlyTerminated`: a loop in a worker that nothing in the worker ends. `rearmed`: a timer there that starts itself.
 */
export interface EndlessRun {
  readonly kind: 'blocksListener' | 'neverChanges' | 'neverSeen' | 'onlyTerminated' | 'outlivesDisposer' | 'rearmed';
  readonly node: Loop | TSESTree.CallExpression;
  /** The disposer, what sets the flag, or the listener that hears nothing. */
  readonly witness: TSESTree.Node | undefined;
  /** The name of the disposer, or the flag. */
  readonly name: string | undefined;
  /** The condition under which it goes on, where the class has one. */
  readonly condition: string | undefined;
  readonly assumptions: readonly Assumption[];
}

/** What the search rests on. */
export interface EndlessSearch {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly identity: Identity;
  readonly variables: Variables;
  readonly types: Types | undefined;
  readonly callees: ProgramCallees | undefined;
  readonly script: WorkerScript;
  /** Calls that give one value after the other, without an end. */
  readonly eventSources: readonly CallPattern[];
  readonly disposers: readonly string[];
}

/** The loops and timers of a file that nothing ends, in source order. */
export function findEndlessRuns(search: EndlessSearch): EndlessRun[] {
  const { sourceCode, identity, variables, types, callees, script } = search;
  const { visitorKeys } = sourceCode;
  const worker = createWorkerCode({ sourceCode, identity, variables, script });
  const failures = createFailures(sourceCode, { variables, identity, types, callees });
  const loopParts = { visitorKeys, failures, neverReturns };
  let registrations: readonly Registration[] | undefined;
  return [...descendantsOf(sourceCode.ast, visitorKeys)].flatMap(node => {
    if (isLoop(node)) return ofLoop(node);
    return node.type === 'CallExpression' ? ofTimer(node) : [];
  });

  function ofLoop(loop: Loop): EndlessRun[] {
    const model = createClasses(sourceCode, variables).around(loop);
    const test = testOf(loop);
    const isForGood = isEndless(test);
    const flag = isForGood || !test ? undefined : flagOf(test, model, variables);
    if (!isForGood && flag === undefined && !isEndlessIteration(loop)) return [];
    const ends = endsOf(loop, loopParts);
    if (ends.isLeft || (ends.failing.length > 0 && isCaught(loop))) return [];
    const doubt: Assumption[] = ends.failing.length > 0 ? [{ kind: 'shapeOnly' }] : [];
    if (flag !== undefined) {
      if (flag.writes.length === 0) {
        const elsewhere: Assumption[] = flag.isPublic ? [{ kind: 'noOtherFile' }] : [];
        return flag.goesOn && !isSetElsewhere(flag.text) ? [run('neverChanges', loop, [...doubt, ...elsewhere], { name: flag.text })] : [];
      }
      const witness = ends.waits.length > 0 ? undefined : blockedFlag(loop, flag, { visitorKeys, variables, registrations: listeners() });
      return witness === undefined ? [] : [run('neverSeen', loop, doubt, { name: flag.text, witness })];
    }
    return ofInstance(loop, model, ends, doubt) ?? ofWorker(loop, doubt, ends.waits.length > 0);
  }

  /** `monitor.running = false`, where `this.running` of some instance is meant. */
  function isSetElsewhere(text: string): boolean {
    return [...descendantsOf(sourceCode.ast, visitorKeys)].some(
      node =>
        node.type === 'AssignmentExpression' &&
        node.left.type === 'MemberExpression' &&
        node.left.object.type !== 'ThisExpression' &&
        text === `this.${memberName(node.left) ?? ''}`,
    );
  }

  /** A loop of an instance that can be disposed of; undefined if it is none. */
  function ofInstance(
    loop: Loop,
    model: ClassModel | undefined,
    { waits, failing }: LoopEnds,
    doubt: readonly Assumption[],
  ): EndlessRun[] | undefined {
    const disposers = model === undefined ? [] : disposersOf(model);
    const [disposer] = disposers;
    if (model === undefined || disposer === undefined || waits.length === 0) return undefined;
    const ending = reachableMethods(model, disposers);
    if ([...ending].some(({ node }) => contains(node, loop) || endsProgram(node))) return [];
    const isToldOf = isTold([...waits, ...failing], model, ending);
    // What the disposer does may well be what fails.
    if (isToldOf && doubt.length > 0) return [];
    const assumptions: Assumption[] = [{ kind: 'instanceDies' }, ...doubt, ...(isToldOf ? [{ kind: 'shapeOnly' } as const] : [])];
    const condition = liveCondition(model, disposers, loop);
    return [run('outlivesDisposer', loop, assumptions, { name: disposer.name, witness: disposer.node, condition })];
  }

  /** Whether what a loop waits for, or fails by, is something that a disposer deals with. */
  function isTold(nodes: readonly TSESTree.Node[], model: ClassModel, ending: ReadonlySet<Method>): boolean {
    const isInside = (node: TSESTree.Node) => nodes.some(outer => contains(outer, node));
    const named = model.methods.filter(({ name }) => name !== undefined && model.usesOf(name).some(({ node }) => isInside(node)));
    const running = reachableMethods(model, named);
    return [...model.fields].some(field => {
      if (model.methods.some(({ name }) => name === field)) return false;
      const uses = model.usesOf(field);
      const isUsed = uses.some(({ node, method }) => isInside(node) || (method !== undefined && running.has(method)));
      return isUsed && uses.some(({ method }) => method !== undefined && ending.has(method));
    });
  }

  function ofWorker(loop: Loop, doubt: readonly Assumption[], waits: boolean): EndlessRun[] {
    if (!worker.runs(loop) || (waits && endsItself())) return [];
    const listener = waits || looksForMessages(loop) ? undefined : worker.messageListener();
    return listener === undefined
      ? [run('onlyTerminated', loop, [{ kind: 'shapeOnly' }], {})]
      : [run('blocksListener', loop, doubt, { witness: listener })];
  }

  function ofTimer(call: TSESTree.CallExpression): EndlessRun[] {
    const { callee } = call;
    const isTimer = callee.type === 'Identifier' && oneShots.has(callee.name) && variables.isUnshadowedGlobal(callee);
    if (!isTimer || createClasses(sourceCode, variables).around(call) !== undefined) return [];
    const isKept = call.parent.type !== 'ExpressionStatement';
    const around = isKept ? undefined : rearmed({ kind: 'timer', noun: 'timer', start: call, stop: { call: true } }, variables);
    return around === undefined || !worker.runs(call) || endsItself() ? [] : [run('rearmed', call, [{ kind: 'shapeOnly' }], {})];
  }

  /** Whether the program ends with the instance. */
  function endsProgram(disposer: FunctionNode): boolean {
    return [...descendantsOf(disposer.body, visitorKeys)].some(node => node.type === 'CallExpression' && neverReturns(node));
  }

  function disposersOf(model: ClassModel): Method[] {
    const stops = model.methods.filter(({ name, kind, isStatic }) => !isStatic && kind === 'method' && stopping.has(name ?? ''));
    return [...terminalDisposersOf(model, search.disposers), ...stops];
  }

  /** `for await` over what goes on for ever: a source of events without a signal, an own generator without an end. */
  function isEndlessIteration(loop: Loop): boolean {
    if (loop.type !== 'ForOfStatement' || !loop.await) return false;
    const call = skipWrappers(loop.right);
    if (call.type !== 'CallExpression') return false;
    if (search.eventSources.some(pattern => identity.isCallOf(call, pattern))) return !call.arguments.some(maySignal);
    const generator = resolveCallee(call, variables);
    return generator?.generator === true && goesOnForEver(generator);
  }

  function goesOnForEver(generator: FunctionNode): boolean {
    const inside = [...descendantsOf(generator.body, visitorKeys)];
    return (
      inside.some(node => isLoop(node) && isEndless(testOf(node))) &&
      !inside.some(({ type }) => type === 'ReturnStatement' || type === 'BreakStatement' || type === 'ThrowStatement')
    );
  }

  /** Whether the loop asks for messages itself, or sleeps until another thread wakes it. */
  function looksForMessages(loop: Loop): boolean {
    return [...descendantsOf(loop, visitorKeys)].some(
      node => node.type === 'CallExpression' && polling.has(memberName(node.callee) ?? (node.callee.type === 'Identifier' ? node.callee.name : '')),
    );
  }

  /** Whether some code of the file ends the worker: `process.exit()`, `self.close()`, `parentPort.close()`. */
  function endsItself(): boolean {
    return /\bprocess\s*\.\s*exit\s*\(|(?<![\w.$])(?:(?:self|globalThis|parentPort[!?]?)\s*\.\s*)?close\s*\(\s*\)/u.test(sourceCode.text);
  }

  function listeners(): readonly Registration[] {
    registrations ??= registrationsIn(sourceCode);
    return registrations;
  }

  function neverReturns(call: TSESTree.CallExpression): boolean {
    const { callee } = call;
    const name = memberName(callee);
    const isProcess = callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'process';
    return (isProcess && (name === 'exit' || name === 'abort')) || types?.isNever(call) === true;
  }
}

function run(
  kind: EndlessRun['kind'],
  node: EndlessRun['node'],
  assumptions: readonly Assumption[],
  { name, witness, condition }: Partial<Pick<EndlessRun, 'condition' | 'name' | 'witness'>>,
): EndlessRun {
  return { kind, node, assumptions, name, witness, condition };
}

const oneShots = new Set(['requestAnimationFrame', 'setImmediate', 'setTimeout']);
const stopping = new Set(['abort', 'cancel', 'end', 'halt', 'quit', 'stop']);
const polling = new Set(['receiveMessageOnPort', 'wait', 'waitAsync']);

function isLoop(node: TSESTree.Node): node is Loop {
  return (
    node.type === 'WhileStatement' || node.type === 'DoWhileStatement' || node.type === 'ForStatement' || node.type === 'ForOfStatement'
  );
}

/** The condition of a loop: null if it has none and needs none, undefined if something else decides. */
function testOf(loop: Loop): TSESTree.Expression | null | undefined {
  return loop.type === 'ForOfStatement' ? undefined : loop.test;
}

/** Whether a condition always holds: none, `true`, `!0`. */
function isEndless(test: TSESTree.Expression | null | undefined): boolean {
  if (test?.type === 'UnaryExpression' && test.operator === '!') {
    return test.argument.type === 'Literal' && !test.argument.value;
  }
  return test === null || (test?.type === 'Literal' && Boolean(test.value));
}

/** Whether its function catches what the loop throws, and so expects it to. */
function isCaught(loop: Loop): boolean {
  for (const ancestor of ancestorsOf(loop)) {
    if (isFunction(ancestor)) return false;
    if (ancestor.type === 'TryStatement' && ancestor.handler !== null && contains(ancestor.block, loop)) return true;
  }
  return false;
}

/** Whether an argument may be options with a signal. */
function maySignal(argument: TSESTree.CallExpressionArgument): boolean {
  if (argument.type !== 'ObjectExpression') return isFunction(argument) || argument.type === 'SpreadElement';
  return argument.properties.some(property => property.type === 'SpreadElement' || propertyName(property) === 'signal');
}
