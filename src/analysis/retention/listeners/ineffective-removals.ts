import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Assumption } from '../../findings.js';
import { confidenceOf } from '../../findings.js';
import type { Variables } from '../../scope/variables.js';
import { isFunction } from '../../syntax/functions.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';
import type { ListenerCalls } from './calls.js';
import { boundFunction } from './handlers.js';
import type { IneffectiveKind, IneffectiveRemoval, Registration, Removal } from './model.js';
import { isAboutSame, mayRemove } from './removals.js';
import type { ListenerUses } from './uses.js';

/** What the search rests on. */
export interface IneffectiveSearch {
  readonly calls: ListenerCalls;
  readonly uses: ListenerUses;
  readonly variables: Variables;
}

/** The removals of a file that take nothing off, in source order. */
export function findIneffectiveRemovals({ calls, uses, variables }: IneffectiveSearch): IneffectiveRemoval[] {
  return calls.removals.flatMap(removal => {
    const registrations = calls.registrations.filter(each => isAboutSame(removal, each));
    const found = judge(removal, registrations);
    return found === undefined ? [] : [found];
  });

  function judge(removal: Removal, registrations: readonly Registration[]): IneffectiveRemoval | undefined {
    switch (removal.handler?.kind) {
      case 'fresh':
        return isListenerCall(removal, registrations) ? finding('freshHandler', removal, meantBy(removal, registrations)) : undefined;
      case 'named':
        return isRegistered(removal)
          ? judgeCapture(removal, registrations)
          : judgeUnregistered(removal, removal.handler, registrations);
      default:
        return undefined;
    }
  }

  /** Whether the call is about listeners at all. `off` alone is the name of many other things. */
  function isListenerCall({ sender, method }: Removal, registrations: readonly Registration[]): boolean {
    return sender.specification !== undefined || registrations.length > 0 || method === 'removeEventListener';
  }

  function isRegistered(removal: Removal): boolean {
    return calls.registrations.some(registration => mayRemove(removal, registration));
  }

  function judgeUnregistered(
    removal: Removal,
    handler: Removal['handler'] & { kind: 'named' },
    registrations: readonly Registration[],
  ): IneffectiveRemoval | undefined {
    if (uses.isShared(handler)) return undefined;
    const wrapped = registrations.find(each => each.handler.kind === 'fresh' && each.handler.of === handler.key);
    if (wrapped !== undefined) return finding('wrappedHandler', removal, wrapped);
    return registrations.length > 0 && isMadeForRemoval(handler.node)
      ? finding('neverRegistered', removal, meantBy(removal, registrations))
      : undefined;
  }

  /** Whether it is a constant function that is mentioned nowhere but here. */
  function isMadeForRemoval(node: TSESTree.Expression): boolean {
    const variable = node.type === 'Identifier' ? variables.of(node) : undefined;
    const definition = variable?.defs[0];
    if (variable === undefined || definition?.type !== 'Variable' || definition.parent.kind !== 'const') return false;
    const init = definition.node.init === null ? undefined : skipWrappers(definition.node.init);
    const isMade = init !== undefined && (isFunction(init) || boundFunction(init) !== undefined);
    return isMade && readsOf(variable).length === 1 && variable.scope.type !== 'module' && variable.scope.type !== 'global';
  }

  function judgeCapture(removal: Removal, registrations: readonly Registration[]): IneffectiveRemoval | undefined {
    if (removal.method !== 'removeEventListener' || removal.capture === undefined) return undefined;
    const own = registrations.filter(registration => mayRemove(removal, registration));
    const isOther = ({ capture, method }: Registration): boolean =>
      method === 'addEventListener' && capture !== undefined && capture !== removal.capture;
    const isLeft = (registration: Registration): boolean =>
      !calls.removals.some(each => each.capture !== removal.capture && mayRemove(each, registration));
    const [first] = own;
    return first !== undefined && own.every(each => isOther(each) && isLeft(each))
      ? finding('otherCapture', removal, first)
      : undefined;
  }
}

/** The listener that a removal means: the one that is made of the same function, or the only one. */
function meantBy({ handler }: Removal, registrations: readonly Registration[]): Registration | undefined {
  const of = handler?.kind === 'fresh' ? handler.of : undefined;
  const same = registrations.find(
    each =>
      of !== undefined &&
      ((each.handler.kind === 'fresh' && each.handler.of === of) || (each.handler.kind === 'named' && each.handler.key === of)),
  );
  return same ?? (registrations.length === 1 ? registrations[0] : undefined);
}

function finding(
  kind: IneffectiveKind,
  removal: Removal,
  registration: Registration | undefined,
): IneffectiveRemoval {
  const { node, origin } = removal.sender;
  // What stays on a sender that dies with the host is harmless.
  const assumptions: Assumption[] = origin === 'global' ? [] : [{ kind: 'senderOutlivesHost', node }];
  return { kind, removal, registration, assumptions, confidence: confidenceOf(assumptions) };
}

function readsOf(variable: TSESLint.Scope.Variable): TSESLint.Scope.Reference[] {
  return variable.references.filter(reference => reference.isRead());
}
