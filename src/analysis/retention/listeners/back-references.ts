import type { TSESTree } from '@typescript-eslint/utils';

import type { ClassModel, Classes, Method } from '../../classes/class-model.js';
import { terminalDisposersOf } from '../../classes/disposers.js';
import { reachableMethods } from '../../classes/reachable-methods.js';
import type { Assumption } from '../../findings.js';
import { confidenceOf } from '../../findings.js';
import type { Variables } from '../../scope/variables.js';
import { ancestorsOf } from '../../syntax/ancestors.js';
import { contains } from '../../syntax/contains.js';
import { functionAround, isFunction } from '../../syntax/functions.js';
import { propertyName } from '../../syntax/property-name.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';
import type { ListenerCalls } from './calls.js';
import type { Captures } from './captures.js';
import { isProgramEvent, isTerminalEvent, isUserInterfaceEvent } from './events.js';
import type { Keys } from './keys.js';
import type {
  BackReference,
  BackReferenceKind,
  Handler,
  IneffectiveRemoval,
  Registration,
  Removal,
  Sender,
  SenderOrigin,
} from './model.js';
import { isSameSender, mayRemove } from './removals.js';
import { isUsed, returnedIdentifiers } from './results.js';
import type { Shape, Shapes } from './shapes.js';
import type { SignOffs } from './sign-offs.js';
import { isSingleton } from './singletons.js';
import type { ListenerUses } from './uses.js';
import type { Wait, Waits } from './waits.js';

/** What the search rests on. */
export interface BackReferenceSearch {
  readonly calls: ListenerCalls;
  readonly ineffective: readonly IneffectiveRemoval[];
  readonly uses: ListenerUses;
  readonly captures: Captures;
  readonly keys: Keys;
  readonly waits: Waits;
  readonly variables: Variables;
  readonly classes: Classes;
  readonly signOffs: SignOffs;
  readonly shapes: Shapes;
  /** Whether a sender takes off all its listeners when it ends, as far as its type tells. */
  clearsItself(sender: Sender): boolean;
  /** Further names of terminal disposers. */
  readonly disposers: readonly string[];
  /** Whether the program may be built of this file alone: then what it sets up once lives as long as the program. */
  readonly isEntry: boolean;
}

/** The listeners of a file that keep their hosts alive, in source order. */
export function findBackReferences(search: BackReferenceSearch): BackReference[] {
  const { calls, ineffective, uses, captures, keys, waits, variables, classes, signOffs, shapes } = search;
  const missing = new Set(ineffective.map(({ removal }) => removal));
  const effective = calls.removals.filter(removal => !missing.has(removal));
  return calls.registrations.flatMap(registration => {
    const found = judge(registration);
    return found === undefined ? [] : [found];
  });

  function judge(registration: Registration): BackReference | undefined {
    if (registration.hasSignal || isUsed(registration.call) || functionAround(registration.call) === undefined) return undefined;
    if (effective.some(removal => mayRemove(removal, registration))) return undefined;
    const missed = ineffective.find(each => each.registration === registration);
    if (missed !== undefined) return judgeMissed(registration, missed);
    const wait = waits.around(registration.call);
    if (isForwarded(registration, wait) || uses.isShared(registration.handler)) return undefined;
    if (isAbortListener(registration)) return judgeAbortListener(registration, wait);
    if (wait !== undefined && wait.settling.length > 0) return judgeWait(registration, wait);
    const effect = shapes.ofEffect(registration);
    if (effect !== undefined) return byShape(registration, effect);
    const model = classes.around(registration.call);
    return model === undefined ? byShape(registration, shapes.ofWrapper(registration)) : judgeInstance(registration, model);
  }

  function judgeMissed(registration: Registration, missed: IneffectiveRemoval): BackReference | undefined {
    const { origin } = registration.sender;
    if (registration.isOnce || origin === 'created' || origin === 'owned' || origin === 'self') return undefined;
    const assumptions: Assumption[] =
      origin === 'global' || origin === 'module' ? [] : [{ kind: 'senderOutlivesHost', node: registration.sender.node }];
    return { ...finding('removalCannotMatch', registration, missed.removal.call, assumptions), ineffective: missed };
  }

  /** Whether the caller's own function is passed on: `on(event, handler) { this.emitter.on(event, handler); }`. */
  function isForwarded({ handler: { node } }: Registration, wait: Wait | undefined): boolean {
    const variable = node.type === 'Identifier' ? variables.of(node) : undefined;
    if (variable === undefined || wait?.settling.includes(variable) === true) return false;
    return variable.defs.some(({ type }) => type === 'Parameter');
  }

  function isAbortListener({ event, sender, method }: Registration): boolean {
    if (event.name !== 'abort' || method !== 'addEventListener') return false;
    if (sender.specification !== undefined) return sender.specification.lifetime === 'caller';
    return sender.key !== undefined && /signal$/iu.test(sender.key);
  }

  function judgeAbortListener(registration: Registration, wait: Wait | undefined): BackReference | undefined {
    const { sender, handler } = registration;
    if (wait === undefined || !outlivesCall.has(sender.origin) || isOfRequest(sender.node)) return undefined;
    const listener = captures.functionOf(handler) ?? handler.node;
    if (!waits.endsWithout(listener, wait) || waits.isEndless(wait) || stopsHost(listener)) return undefined;
    return finding('abortListenerKept', registration, wait.node, [
      { kind: 'senderOutlivesHost', node: sender.node },
      ...(isReturned(listener, wait) ? [shapeOnly] : []),
    ]);
  }

  /** Whether the handler ends the instance, so that the signal is the lifetime of the host: `() => this.close()`. */
  function stopsHost(listener: TSESTree.Node): boolean {
    const model = keys.classAround(listener);
    return model !== undefined && methodsCalledIn(listener, model).some(({ name }) => stopping.test(name ?? ''));
  }

  function methodsCalledIn(node: TSESTree.Node, model: ClassModel): Method[] {
    return model.methods.filter(
      ({ name }) => name !== undefined && model.usesOf(name).some(use => contains(node, use.node)),
    );
  }

  /** Whether the handler works on something that the function returns: it is needed after the call. */
  function isReturned(listener: TSESTree.Node, { node }: Wait): boolean {
    const returned = variablesReturnedBy(node);
    return [...returned].some(variable => variable.references.some(({ identifier }) => contains(listener, identifier)));
  }

  function variablesReturnedBy(node: TSESTree.Node) {
    return new Set(
      returnedIdentifiers(node).flatMap(identifier => {
        const variable = variables.of(identifier);
        return variable === undefined ? [] : [variable];
      }),
    );
  }

  function judgeWait(registration: Registration, wait: Wait): BackReference | undefined {
    const { sender, handler, event, isOnce } = registration;
    const listener = captures.functionOf(handler) ?? handler.node;
    if (!outlivesWait.has(sender.origin) || sender.specification?.lifetime === 'itself' || uses.isEnded(sender)) return undefined;
    if (!waits.settles(listener, wait)) return undefined;
    const siblings = calls.registrations.filter(
      each => isSameSender(each.sender, sender) && contains(wait.node, each.call),
    );
    if (siblings.some(each => isTerminalEvent(each.event)) || isTerminalEvent(event) || isProgramEvent(event)) {
      return undefined;
    }
    const assumption: Assumption = { kind: 'senderOutlivesHost', node: sender.node };
    // The class's own sender may end with the instance; that of the module may be waited for once, when all is set up.
    const isDoubtful = sender.origin === 'self' || sender.origin === 'owned' || sender.origin === 'module';
    const kept = siblings.filter(each => each !== registration && !effective.some(removal => mayRemove(removal, each)));
    if (!isOnce) {
      const assumptions = [assumption, ...(isDoubtful ? [shapeOnly] : [])];
      return { ...finding('waitListenerKept', registration, wait.node, assumptions), siblings: kept };
    }
    return siblings.length > 1 && sender.origin !== 'self'
      ? { ...finding('siblingKept', registration, wait.node, [assumption, shapeOnly]), siblings: kept }
      : undefined;
  }

  function judgeInstance(registration: Registration, model: ClassModel): BackReference | undefined {
    const { sender, handler, event, isOnce } = registration;
    if (isOnce || !outlivesInstance.has(sender.origin) || !keepsInstance(registration)) return undefined;
    const isGlobal = sender.origin === 'global';
    const lifetime = sender.specification?.lifetime;
    if (!isGlobal && (lifetime === 'itself' || lifetime === 'caller' || isTerminalEvent(event) || isUserInterfaceEvent(event))) {
      return undefined;
    }
    if (uses.isEnded(sender) && !isGlobal) return undefined;
    if (search.isEntry || isSingleton(model, variables)) return undefined;
    // A class that is not in this file may take off what it declares.
    if (handler.kind !== 'fresh' && model.hasHiddenAncestors && !isDeclaredBy(handler, model)) return undefined;
    if (isForever(sender)) return finding('globalSender', registration, model.node, assumptionsOf(registration));
    const disposers = terminalDisposersOf(model, search.disposers);
    const inDisposers = removalsIn(model, disposers);
    const sameSender = effective.filter(removal => isSameSender(removal.sender, sender));
    const isOwnCleanup = (removal: Removal) => isInCleanup(removal) && isInClass(removal.call, model);
    const ofSender = sameSender.find(removal => inDisposers.includes(removal)) ?? sameSender.find(isOwnCleanup);
    if (ofSender !== undefined) {
      return finding('partialCleanup', registration, ofSender.call, assumptionsOf(registration));
    }
    const [disposer] = disposers;
    if (disposer !== undefined) {
      const isSure = isGlobal || signOffs.has(sender, model, disposers);
      if (!isSure && search.clearsItself(sender)) return undefined;
      const assumptions = [...assumptionsOf(registration), ...(isSure ? [] : [shapeOnly])];
      return finding('skippedByDisposer', registration, disposer.node, assumptions, disposer.name);
    }
    if (!isGlobal && sameSender.length === 0) return byShape(registration, shapes.ofInstance(registration, model));
    if (!isGlobal || model.hasHiddenAncestors || isProgramEvent(event)) return undefined;
    const doubts = isKeptForRemoval(handler, model) ? [] : [shapeOnly];
    return finding('globalSender', registration, model.node, [...assumptionsOf(registration), ...doubts]);
  }

  function byShape(registration: Registration, shape: Shape | undefined): BackReference | undefined {
    if (shape === undefined || search.isEntry || uses.isEnded(registration.sender)) return undefined;
    return finding(shape.kind, registration, shape.witness, shape.assumptions);
  }

  /** Whether nothing takes listeners off a sender that never ends. */
  function isForever({ specification }: Sender): boolean {
    return specification?.lifetime === 'program' && specification.remove.length === 0;
  }

  /**
   * Whether the constructor puts a function of its own into a field that is read for this registration alone. There is
   * no other reason to keep it than to take it off one day.
   */
  function isKeptForRemoval({ kind, node }: Handler, model: ClassModel): boolean {
    const name = kind === 'named' && node.type === 'MemberExpression' ? propertyName(node) : undefined;
    if (name === undefined || model.methods.some(method => method.name === name)) return false;
    const uses = model.usesOf(name);
    return uses.length === 2 && uses.some(use => use.node === node) && uses.some(use => isTarget(use.node));
  }

  /** Whether the handler mentions the instance, or gets it as its `this`: `bus.on('tick', this.onTick, this)`. */
  function keepsInstance({ handler, call }: Registration): boolean {
    return captures.keepsInstance(handler) || call.arguments[2]?.type === 'ThisExpression';
  }

  function isDeclaredBy({ node }: Handler, model: ClassModel): boolean {
    if (node.type !== 'MemberExpression') return true;
    const name = propertyName(node);
    return name !== undefined && declares(model, name);
  }

  function removalsIn(model: ClassModel, disposers: readonly Method[]): Removal[] {
    const methods = [...reachableMethods(model, disposers)];
    return effective.filter(
      ({ call, sender }) => sender.origin !== 'self' && methods.some(({ node }) => contains(node, call)),
    );
  }

  /** Another class that tidies up says nothing of this one. */
  function isInClass(node: TSESTree.Node, model: ClassModel): boolean {
    return contains(model.node, node) || model.methods.some(method => contains(method.node, node));
  }

  /** Whether a removal stands in a method that is named for cleaning up. */
  function isInCleanup({ call }: Removal): boolean {
    return methodNames(call).some(name => cleaning.test(name));
  }

  function methodNames(node: TSESTree.Node): string[] {
    return [...ancestorsOf(node)].flatMap(each =>
      each.type === 'MethodDefinition' || each.type === 'PropertyDefinition' ? (propertyName(each) ?? []) : [],
    );
  }
}

const shapeOnly: Assumption = { kind: 'shapeOnly' };

/** The senders that live on when a call has ended. */
const outlivesCall: ReadonlySet<SenderOrigin> = new Set(['argument', 'injected', 'module', 'global']);
const outlivesWait: ReadonlySet<SenderOrigin> = new Set(['self', 'owned', 'argument', 'injected', 'module', 'global']);
/** Those that live on when an instance is dropped. */
const outlivesInstance: ReadonlySet<SenderOrigin> = new Set(['injected', 'module', 'global']);

const stopping = /^#?_*(?:abort|cancel|close|destroy|dispose|disconnect|end|kill|shutdown|stop|terminate|teardown|quit|leave)/iu;
const cleaning =
  /^#?_*(?:clean|clear|close|deactivate|deinit|destroy|detach|disable|disconnect|dispose|off|onDestroy|onRemove|release|remove|reset|shutdown|stop|teardown|terminate|unbind|uninit|unload|unmount|unregister|unsubscribe|unwatch)/iu;

function isTarget(node: TSESTree.Node): boolean {
  return node.parent?.type === 'AssignmentExpression' && node.parent.left === node;
}

function declares({ node, methods }: ClassModel, name: string): boolean {
  const isField =
    !isFunction(node) && node.body.body.some(member => member.type === 'PropertyDefinition' && propertyName(member) === name);
  return isField || methods.some(method => method.name === name);
}

/** Whether a signal is that of one request, and ends with it: `request.signal`. */
function isOfRequest(node: TSESTree.Expression): boolean {
  const owner = node.type === 'MemberExpression' ? skipWrappers(node.object) : undefined;
  const name = owner?.type === 'MemberExpression' ? propertyName(owner) : owner?.type === 'Identifier' ? owner.name : '';
  return /^(?:c|ctx|context|event|req|request)$/u.test(name ?? '');
}

function assumptionsOf({ sender }: Registration): Assumption[] {
  return sender.origin === 'global'
    ? [{ kind: 'instanceDies' }]
    : [{ kind: 'senderOutlivesHost', node: sender.node }];
}

function finding(
  kind: BackReferenceKind,
  registration: Registration,
  witness: TSESTree.Node,
  assumptions: readonly Assumption[],
  disposer?: string,
): BackReference {
  const confidence = confidenceOf(assumptions);
  return { kind, registration, witness, ineffective: undefined, siblings: [], disposer, assumptions, confidence };
}
