import type { TSESTree } from '@typescript-eslint/utils';

import type { Assumption, Confidence } from '../../findings.js';
import type { SenderSpecification } from '../../sender-specification.js';

/** A call that adds a listener. */
export interface Registration {
  readonly call: TSESTree.CallExpression;
  readonly method: string;
  readonly sender: Sender;
  readonly event: EventKey;
  readonly handler: Handler;
  /** The listener is taken off when its event comes. */
  readonly isOnce: boolean;
  /** There is a signal that takes it off, or options that nobody can see into. */
  readonly hasSignal: boolean;
  /** The capture flag; undefined if it is not written out. */
  readonly capture: boolean | undefined;
}

/** A call that takes listeners off. */
export interface Removal {
  readonly call: TSESTree.CallExpression;
  readonly method: string;
  readonly sender: Sender;
  readonly event: EventKey;
  /** The handler it names; undefined where it takes off all handlers. */
  readonly handler: Handler | undefined;
  readonly capture: boolean | undefined;
}

/** What a listener is registered on. */
export interface Sender {
  /** The expression, without the earlier calls of a chain: `bus` of `bus.on(…).on(…)`. */
  readonly node: TSESTree.Expression;
  /** Equal for two senders that are surely the same; undefined for what is computed anew. */
  readonly key: string | undefined;
  readonly origin: SenderOrigin;
  /** What it is, as far as a binding or a type tells; undefined for what only has the methods of one. */
  readonly specification: SenderSpecification | undefined;
}

/**
 * Where a sender comes from, the shortest lived first: the host itself; made in this function; a field that the class
 * fills with what it makes; an argument of the function; a field that is filled from outside; a binding of the module;
 * a global. `unknown` is all that cannot be followed.
 */
export type SenderOrigin = 'self' | 'created' | 'owned' | 'argument' | 'injected' | 'module' | 'global' | 'unknown';

/** An event: `literal` where its name is written out or a constant, else what names it. Undefined: computed, or several. */
export interface EventKey {
  readonly name: string | undefined;
  readonly isLiteral: boolean;
}

/**
 * A handler. `named`: the same function each time, under an equal key. `fresh`: a new function each time, made of what
 * has the key `of` (by `bind`, or by an arrow that only calls it); inside itself it may have the key `own`. `unknown`:
 * anything else.
 */
export type Handler =
  | { readonly kind: 'named'; readonly node: TSESTree.Expression; readonly key: string }
  | {
      readonly kind: 'fresh';
      readonly node: TSESTree.Expression;
      readonly of: string | undefined;
      readonly own: string | undefined;
    }
  | { readonly kind: 'unknown'; readonly node: TSESTree.Expression };

/**
 * Why a removal takes nothing off.
 *
 * - `freshHandler`: it makes the function that it names, so that nobody can have registered it.
 * - `neverRegistered`: it names a function of its own that is registered nowhere.
 * - `wrappedHandler`: what is registered is a function made of the one that it names.
 * - `otherCapture`: the listener was added with the other capture flag.
 */
export type IneffectiveKind = 'freshHandler' | 'neverRegistered' | 'wrappedHandler' | 'otherCapture';

/** A removal that cannot match. */
export interface IneffectiveRemoval {
  readonly kind: IneffectiveKind;
  readonly removal: Removal;
  /** The listener that it means. */
  readonly registration: Registration | undefined;
  readonly confidence: Confidence;
  readonly assumptions: readonly Assumption[];
}

/**
 * How a listener keeps its host alive.
 *
 * - `removalCannotMatch`: there is a removal, and it takes nothing off.
 * - `abortListenerKept`: on a caller's signal, past the end of the call.
 * - `waitListenerKept`: registered by a promise, which settles without taking it off.
 * - `siblingKept`: one of several `once` listeners of one promise, of which only one is called.
 * - `skippedByDisposer`: the class has a terminal disposer, which leaves it.
 * - `partialCleanup`: the class takes off others of the same sender, but not this one.
 * - `globalSender`: on something that lives as long as the program, by a class without any removal.
 * - `missingCleanup`: on a global, by an effect that gives no function to clean up with.
 * - `injectedSender`: on a part of what a class without a disposer was given.
 * - `addedAgain`: by each call of a public method of such a class.
 * - `wrapperKept`: on an argument, by a function that returns what the listener mentions.
 */
export type BackReferenceKind =
  | 'removalCannotMatch'
  | 'abortListenerKept'
  | 'waitListenerKept'
  | 'siblingKept'
  | 'skippedByDisposer'
  | 'partialCleanup'
  | 'globalSender'
  | 'missingCleanup'
  | 'injectedSender'
  | 'addedAgain'
  | 'wrapperKept';

/** A listener that keeps its host alive on a sender that outlives it. */
export interface BackReference {
  readonly kind: BackReferenceKind;
  readonly registration: Registration;
  /** What shows that it stays: the removal that misses, the disposer, the function that ends. */
  readonly witness: TSESTree.Node;
  /** The removal that was meant to take it off, for `removalCannotMatch`. */
  readonly ineffective: IneffectiveRemoval | undefined;
  /** The other listeners that a promise leaves on the same sender. */
  readonly siblings: readonly Registration[];
  /** The name of the terminal disposer that leaves it. */
  readonly disposer: string | undefined;
  readonly confidence: Confidence;
  readonly assumptions: readonly Assumption[];
}

