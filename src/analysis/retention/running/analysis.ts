import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { createClasses } from '../../classes/class-model.js';
import type { Assumption, FunctionNode, Obligation } from '../../findings.js';
import type { Identity } from '../../identity/identity.js';
import type { Variables } from '../../scope/variables.js';
import type { SenderCatalogue } from '../../sender-specification.js';
import type { CallPattern, ResourceSpecification } from '../../specification.js';
import { functionAround, isFunction } from '../../syntax/functions.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';
import type { Types } from '../../types/types.js';
import { createRepetition } from '../repetition.js';
import { createCaptures } from './captures.js';
import { endingOf } from './endings.js';
import { createGuards } from './guards.js';
import { createHandles } from './handles.js';
import type { Host } from './hosts.js';
import { createHosts } from './hosts.js';
import type { Leak, Running } from './leak.js';
import { leakAs } from './leak.js';
import { isFarAway } from './long-timeouts.js';
import { mentionsIn } from './mentions.js';
import { createObservations } from './observations.js';
import { rearmed } from './rearming.js';
import { assumptionOfRestart } from './restarts.js';
import { startedBy } from './starts.js';
import { lifeOf } from './subscription-senders.js';
import { subscriptionOf } from './subscriptions.js';
import type { Forgotten } from './verdicts.js';
import { leakOf } from './verdicts.js';

/** What the search for things that run on rests on. */
export interface RunningInput {
  readonly sourceCode: TSESLint.SourceCode;
  readonly identity: Identity;
  readonly variables: Variables;
  readonly types: Types | undefined;
  /** What starts something whose handle ends it. */
  readonly specifications: readonly ResourceSpecification[];
  /** What starts something that ends after one run. */
  readonly oneShotTimers: readonly ResourceSpecification[];
  /** What listeners can be registered on. */
  readonly senders: SenderCatalogue;
  /** Calls whose first argument is an effect, which may return its clean-up. */
  readonly effects: readonly CallPattern[];
  /** Packages whose subscriptions end with the component, or the scope, that they are made in. */
  readonly scopedPackages: ReadonlySet<string>;
  /** Further names of terminal disposers. */
  readonly disposers: readonly string[];
  /** Whether other programs load the file, so that they wait for the timers of its module code. */
  readonly isLibrary: boolean;
}

/** What runs on in one file. */
export interface RunningAnalysis {
  readonly leaks: readonly Leak[];
  /** The starts whose handle nobody uses, whether or not that is reported. */
  readonly forgotten: ReadonlySet<TSESTree.Node>;
  /** Whether what is started is made of something that the code ends in the same way: a document and its awareness. */
  endsWithAnother(obligation: Obligation): boolean;
}

/** Finds what is started for something that dies earlier, and that nobody stops. */
export function analyseRunning(input: RunningInput): RunningAnalysis {
  const { sourceCode, identity, variables, types, specifications, oneShotTimers, senders, isLibrary } = input;
  const { visitorKeys } = sourceCode;
  const { calls, members } = mentionsIn(sourceCode);
  const classes = createClasses(sourceCode, variables);
  const handles = createHandles(variables, classes, members);
  const hosts = createHosts({ ...input, classes, repetition: createRepetition(variables) });
  const observations = createObservations(sourceCode, variables, members);
  const verdictParts = {
    captures: createCaptures(sourceCode, variables),
    guards: createGuards(sourceCode, variables),
    types,
    visitorKeys,
  };
  const forgotten = new Set<TSESTree.Node>();
  const leaks = calls.flatMap(call => leakOfStart(call) ?? leakOfOneShot(call) ?? leakOfSubscription(call) ?? []);
  return { leaks, forgotten, endsWithAnother };

  function endsWithAnother({ acquire, specification: { release } }: Obligation): boolean {
    const methods = release.flatMap(way => ('method' in way ? [way.method] : []));
    const made = acquire.type === 'Identifier' ? [] : acquire.arguments;
    return made.some(
      argument =>
        argument.type === 'Identifier' &&
        methods.some(method =>
          members.get(method)?.some(({ object }) => object.type === 'Identifier' && variables.of(object) === variables.of(argument)),
        ),
    );
  }

  function leakOfStart(call: Running['start']): Leak | undefined {
    const running = startedBy(call, specifications, identity);
    if (running === undefined) return undefined;
    const found = forgottenBy(running);
    if (found === undefined) return leakOfRestart(running);
    if (observations.endsItself(running)) return undefined;
    if (isLibrary && running.kind === 'timer' && functionAround(call) === undefined) {
      return leakAs('keepsProcessAlive', found, [{ kind: 'shapeOnly' }]);
    }
    const leak = withEnding(leakOf(found, verdictParts), found.host);
    return leak === undefined || running.kind !== 'observer' ? leak : observations.judged(leak);
  }

  function leakOfRestart(running: Running): Leak | undefined {
    const holder = running.kind === 'timer' ? handles.holderOf(running.start) : undefined;
    if (holder?.kind !== 'field') return undefined;
    const assumption = assumptionOfRestart(running, holder, hosts.of(running.start), verdictParts.guards);
    return assumption && leakAs('startedAgain', { running, holder, model: holder.model }, [assumption]);
  }

  function leakOfOneShot(call: Running['start']): Leak | undefined {
    const running = startedBy(call, oneShotTimers, identity);
    return running && (leakOfRearming(running) ?? leakOfLongWait(running));
  }

  /** A function that schedules itself is an interval: whoever runs it again, or lets its instance go, has two of them. */
  function leakOfRearming(running: Running): Leak | undefined {
    const around = rearmed(running, variables);
    const holder = handles.holderOf(running.start);
    if (around === undefined || holder?.kind !== 'nowhere') return undefined;
    const leak = leakOf({ running, holder, host: hosts.of(isMember(around) ? running.start : around.parent) }, verdictParts);
    if (leak === undefined) return undefined;
    const assumptions: readonly Assumption[] = leak.disposer === undefined ? [{ kind: 'shapeOnly' }] : leak.assumptions;
    return leakAs('rearmedForever', { ...leak, disposer: undefined, effect: undefined }, assumptions);
  }

  /** A timeout of minutes keeps an instance for as long, although that has been disposed of. */
  function leakOfLongWait(running: Running): Leak | undefined {
    const holder = handles.holderOf(running.start);
    const isKeeping = running.start.arguments.some(argument => verdictParts.captures.holdsThis(argument));
    if (holder === undefined || !isKeeping || !isFarAway(running, variables) || !handles.isForgotten(holder)) return undefined;
    const leak = leakOf({ running, holder, host: hosts.of(running.start) }, verdictParts);
    return leak?.disposer && leakAs(leak.kind, leak, [...leak.assumptions, { kind: 'shapeOnly' }]);
  }

  function leakOfSubscription(call: Running['start']): Leak | undefined {
    if (call.type === 'NewExpression') return undefined;
    const subscription = subscriptionOf(call, { ...input, visitorKeys });
    const found = subscription && forgottenBy(subscription.running);
    if (subscription === undefined || found === undefined) return undefined;
    if (lifeOf(subscription.sender, found.host, variables) !== 'longer') return undefined;
    const leak = withEnding(leakOf(found, verdictParts), found.host);
    return leak && withSender(leak, found.host, subscription.sender);
  }

  function withEnding(leak: Leak | undefined, host: Host): Leak | undefined {
    const isOfCall = host.kind === 'function' || host.kind === 'event';
    return isOfCall && leak?.kind === 'resultDropped' ? { ...leak, ending: endingOf(host.around, senders, identity) } : leak;
  }

  /** Something whose handle nobody uses; undefined if somebody does, or may. */
  function forgottenBy(running: Running): Forgotten | undefined {
    const holder = handles.holderOf(running.start);
    if (holder === undefined || !handles.isForgotten(holder)) return undefined;
    forgotten.add(running.start);
    return { running, holder, host: hosts.of(running.start) };
  }

  /** That a sender which is not this program's own outlives the host takes a second signal. */
  function withSender(leak: Leak, host: Host, sender: TSESTree.Expression): Leak {
    const isSignalled = leak.disposer !== undefined || host.kind === 'effect' || host.kind === 'event' || isOnAbort(leak);
    const assumptions: Assumption[] = isSignalled
      ? [...leak.assumptions, { kind: 'senderOutlivesHost', node: sender }]
      : [{ kind: 'shapeOnly' }];
    return leakAs(leak.kind, leak, assumptions);
  }
}

function isMember({ parent }: FunctionNode): boolean {
  return parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition';
}

/** A caller's signal lives on after a call has succeeded. */
function isOnAbort({ running: { start } }: Leak): boolean {
  const callee = skipWrappers(start.callee);
  return callee.type === 'Identifier' && /abort/iu.test(callee.name) && start.arguments.some(isFunction);
}
