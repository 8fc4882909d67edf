import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Assumption } from '../findings.js';
import type { Identity } from '../identity/identity.js';
import { AcquireMatcher, callsOf } from '../obligations/acquires.js';
import type { FoundAcquire, NamedSpecification } from '../obligations/acquires.js';
import type { Variables } from '../scope/variables.js';
import { ancestorsOf } from '../syntax/ancestors.js';
import { isFunction } from '../syntax/functions.js';
import { memberName } from '../syntax/member-name.js';
import type { WorkerFailure } from '../thread-specification.js';
import type { Holder } from './holders.js';
import { createHolders, isSame } from './holders.js';
import type { QuestionParts } from './questions.js';
import { questionTo } from './questions.js';
import type { Registration } from './registrations.js';
import { registrationsIn } from './registrations.js';
import type { Wrapper } from './settling.js';
import { settlingOf } from './settling.js';

/**
 * A worker that can fail without anybody who waits for it learning of it.
 *
 * - `neverSettles`: the promise that a listener of the worker settles stays pending when the worker fails.
 * - `neverSettlesAtEnd`: it is rejected by an exception, and stays pending when the worker just ends.
 * - `requestsNeverSettle`: the promises of the questions that are sent to the worker stay pending.
 * - `unheard`: nobody listens for its failure.
 */
export interface UnheardFailure {
  readonly kind: 'neverSettles' | 'neverSettlesAtEnd' | 'requestsNeverSettle' | 'unheard';
  /** What registers the listener that settles the promise, or what makes the worker. */
  readonly node: TSESTree.Node;
  readonly failure: WorkerFailure;
  /** The events of the failure that nobody listens for. */
  readonly events: readonly string[];
  /** The promise that stays pending. */
  readonly wrapper: Wrapper | undefined;
  /** The listener that alone settles it. */
  readonly registration: Registration | undefined;
  /** Whether an exception in the worker ends the program. */
  readonly endsProgram: boolean;
  /** What makes the worker, if this file does. */
  readonly made: TSESTree.Node | undefined;
  readonly assumptions: readonly Assumption[];
}

/** What the search rests on. */
export interface FailureSearch {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly identity: Identity;
  readonly variables: Variables;
  readonly specifications: readonly NamedSpecification[];
  readonly failures: readonly WorkerFailure[];
}

/** A worker that this file makes. */
interface OwnWorker {
  readonly found: FoundAcquire;
  readonly failure: WorkerFailure;
  readonly holder: Holder | undefined;
}

/** The workers of a file whose failure reaches nobody who waits for them, in source order. */
export function findUnheardFailures(search: FailureSearch): UnheardFailure[] {
  const { sourceCode, identity, variables, failures } = search;
  const kinds = search.specifications.flatMap(named => {
    const failure = failures.find(({ resources }) => resources.includes(named.key));
    return failure === undefined ? [] : [{ ...named, failure }];
  });
  if (kinds.length === 0) return [];
  const registrations = registrationsIn(sourceCode);
  const holders = createHolders(sourceCode, variables);
  const calls = callsOf(sourceCode);
  const workers = ownWorkers();
  const wrappers = calls.flatMap(call => wrapperOf(call) ?? []);
  const parts: QuestionParts = { sourceCode, variables, registrations, holders, calls, wrappers };
  const pending = wrappers.flatMap(ofWrapper);
  const waited = new Set(pending.map(({ registration }) => registration && workerAt(registration.sender)?.own));
  return [...pending, ...workers.flatMap(worker => (waited.has(worker) ? [] : ofWorker(worker)))].sort(
    (left, right) => left.node.range[0] - right.node.range[0],
  );

  function ownWorkers(): OwnWorker[] {
    const matcher = new AcquireMatcher(kinds, identity, variables);
    return calls.flatMap(call => {
      const found = call.type === 'NewExpression' ? matcher.match(call, 0) : undefined;
      const failure = kinds.find(({ key }) => key === found?.key)?.failure;
      return found === undefined || failure === undefined ? [] : [{ found, failure, holder: holders.receiving(call) }];
    });
  }

  /** The worker that an expression denotes: one of this file, or one that its type or its binding tells of. */
  function workerAt(node: TSESTree.Expression): { failure: WorkerFailure; own: OwnWorker | undefined } | undefined {
    const holder = holders.of(node);
    const own = workers.find(
      worker => worker.found.site.node === node || (holder !== undefined && worker.holder !== undefined && isSame(worker.holder, holder)),
    );
    if (own !== undefined) return { failure: own.failure, own };
    const failure = kinds.find(({ specification }) => identity.isInstance(node, specification.from))?.failure;
    return failure && { failure, own: undefined };
  }

  function wrapperOf(call: TSESTree.CallExpression | TSESTree.NewExpression): Wrapper | undefined {
    const [executor] = call.arguments;
    return call.type === 'NewExpression' &&
      executor !== undefined &&
      isFunction(executor) &&
      identity.isExport(call.callee, { global: 'Promise' })
      ? { promise: call, executor }
      : undefined;
  }

  function ofWrapper(wrapper: Wrapper): UnheardFailure[] {
    const { listeners, stores, isOtherwise } = settlingOf(wrapper, { variables, registrations });
    const registration = listeners.find(listener => workerAt(listener.sender) !== undefined && isHeeded(listener));
    if (registration === undefined || stores.length > 0 || isOtherwise || isRaced(wrapper)) return [];
    const worker = workerAt(registration.sender);
    if (worker === undefined || !listeners.every(({ sender }) => isSameWorker(sender, registration.sender))) return [];
    const { failure, own } = worker;
    const settling = new Set(listeners.filter(isHeeded).map(({ event }) => event));
    if (settling.has(undefined) || failure.others.some(event => settling.has(event))) return [];
    const events = eventsOf(failure).filter(event => !settling.has(event));
    const heard = failureListeners(registration.sender, failure);
    const isHeardElsewhere = heard.some(listener => !listeners.includes(listener) && !onlyLogs(listener.handler));
    const endsProgram = failure.unheard === 'endsProgram' && !heard.some(({ event }) => event === failure.error);
    const isSure = own !== undefined && !isHeardElsewhere;
    if (events.length === 0 || (events[0] === failure.error && settling.has(failure.end))) return [];
    const kind = events.includes(failure.error) ? 'neverSettles' : 'neverSettlesAtEnd';
    const assumptions: Assumption[] =
      kind === 'neverSettles' && isSure
        ? [{ kind: 'workerMayFail', node: registration.means }, ...(isPublic(own.holder) ? [{ kind: 'noOtherFile' } as const] : [])]
        : [{ kind: 'shapeOnly' }];
    return [{ kind, node: registration.means, failure, events, wrapper, registration, endsProgram, made: own?.found.site.node, assumptions }];
  }

  /** Whether something else is waited for as well, as the promise or the variable that holds it is raced. */
  function isRaced({ promise }: Wrapper): boolean {
    const { parent } = promise;
    const variable = parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? variables.of(parent.id) : undefined;
    return isContender(promise) || variable?.references.some(({ identifier }) => isContender(identifier)) === true;
  }

  function ofWorker({ found, failure, holder }: OwnWorker): UnheardFailure[] {
    const node = found.site.node;
    const listeners = holder === undefined ? chainedTo(node) : listenersOf(holder);
    const heeded = listeners?.filter(isHeeded);
    const isHeard = heeded?.some(({ event }) => event === undefined || isFailure(event, failure));
    // Whoever starts a worker and listens for nothing waits for nothing.
    if (heeded === undefined || heeded.length === 0 || isHeard === true) return [];
    const isAsked = holder === undefined ? undefined : questionTo({ holder, listeners: heeded }, parts);
    const finding = { node, failure, events: eventsOf(failure), registration: undefined, endsProgram: failure.unheard === 'endsProgram', made: node };
    if (isAsked === undefined) {
      return [{ ...finding, kind: 'unheard', wrapper: undefined, assumptions: [{ kind: 'shapeOnly' }] }];
    }
    const elsewhere: Assumption[] = isPublic(holder) ? [{ kind: 'noOtherFile' }] : [];
    return [{ ...finding, kind: 'requestsNeverSettle', wrapper: isAsked, assumptions: [{ kind: 'workerMayFail', node }, ...elsewhere] }];
  }

  /** The listeners of what a holder has; undefined if somebody out of sight may add some. */
  function listenersOf(holder: Holder): Registration[] | undefined {
    const uses = holders.usesOf(holder);
    if (uses === undefined) return undefined;
    for (const use of uses) {
      if (use.kind === 'returned' || use.kind === 'stored') return undefined;
      if (use.kind === 'aliased' && holders.of(use.to) === undefined) return undefined;
      if (use.kind === 'passed' && !isBorrowing(use.node, use.index)) return undefined;
    }
    return registrations.filter(({ sender }) => {
      const found = holders.of(sender);
      return found === undefined ? mayNameField(sender, holder) : isSame(found, holder) || mayNameField(sender, holder);
    });
  }

  /** `other.worker`, where `this.worker` of some instance may be meant. */
  function mayNameField(sender: TSESTree.Expression, holder: Holder): boolean {
    return isPublic(holder) && sender.type === 'MemberExpression' && holder.text === `this.${memberName(sender) ?? ''}`;
  }

  /** `new Worker(…).on('message', handler)`, which nobody holds. */
  function chainedTo(node: TSESTree.Expression): Registration[] | undefined {
    const chained = registrations.filter(({ sender }) => sender === node);
    const isStatement = node.parent.type === 'ExpressionStatement';
    return chained.some(({ node: { parent } }) => parent.type === 'ExpressionStatement') || isStatement ? chained : undefined;
  }

  function isBorrowing(call: TSESTree.CallExpression | TSESTree.NewExpression, index: number): boolean {
    return kinds.some(({ specification: { parameters = [] } }) =>
      parameters.some(({ argument, effect, call: pattern }) => argument === index && effect === 'borrow' && identity.isCallOf(call, pattern)),
    );
  }

  function failureListeners(worker: TSESTree.Expression, failure: WorkerFailure): Registration[] {
    return registrations.filter(
      listener =>
        (listener.event === undefined || isFailure(listener.event, failure)) &&
        isSameWorker(listener.sender, worker) &&
        isHeeded(listener),
    );
  }

  /** Whether it is a listener, and no property that nobody reads: `onerror` of a worker of Node. */
  function isHeeded({ isProperty, sender }: Registration): boolean {
    return !isProperty || workerAt(sender)?.failure.hasHandlerProperties !== false;
  }

  function isSameWorker(left: TSESTree.Expression, right: TSESTree.Expression): boolean {
    const [one, other] = [holders.of(left), holders.of(right)];
    return left === right || (one !== undefined && other !== undefined && isSame(one, other));
  }

  function isPublic(holder: Holder | undefined): boolean {
    return holder?.text.startsWith('this.') === true && !holder.text.startsWith('this.#');
  }
}

function eventsOf({ error, end }: WorkerFailure): string[] {
  return end === undefined ? [error] : [error, end];
}

function isFailure(event: string, { error, end, others }: WorkerFailure): boolean {
  return event === error || event === end || others.includes(event);
}

/** Whether a node is one of the things that are waited for together: `Promise.race([promise, timeout])`. */
function isContender(node: TSESTree.Node): boolean {
  for (const ancestor of ancestorsOf(node)) {
    if (isFunction(ancestor)) return false;
    if (ancestor.type === 'CallExpression') return /^(?:any|race)$/u.test(memberName(ancestor.callee) ?? '');
  }
  return false;
}

/** Whether a listener does nothing about what it is told. */
function onlyLogs(handler: TSESTree.Node): boolean {
  if (!isFunction(handler)) return false;
  const parts = handler.body.type === 'BlockStatement' ? handler.body.body : [handler.body];
  return parts.every(part => {
    const expression = part.type === 'ExpressionStatement' ? part.expression : part;
    return (
      expression.type === 'CallExpression' &&
      expression.callee.type === 'MemberExpression' &&
      expression.callee.object.type === 'Identifier' &&
      expression.callee.object.name === 'console'
    );
  });
}
