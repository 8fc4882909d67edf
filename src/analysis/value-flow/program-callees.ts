import type { TSESTree } from '@typescript-eslint/utils';

import type { ArgumentEffect, CallNode, Failure } from '../control-flow/model.js';
import type { Acquire, ResourceSpecification } from '../specification.js';
import type { OwnedResource } from './owner-class.js';

/**
 * What is known of the callees that the syntax of a file does not lead to: functions of other files, methods of typed
 * objects, constructors. Undefined stands for a callee whose body cannot be read.
 */
export interface ProgramCallees {
  /** Whether `call` may throw before it gives a value. */
  callFailure(call: CallNode): Failure | undefined;
  /** Whether the promise that `call` gives may be rejected. */
  awaitFailure(call: CallNode): Failure | undefined;
  /** What `call` does with its argument `index`, a value that `specification` describes. */
  argumentEffect(call: CallNode, index: number, specification: ResourceSpecification): ArgumentEffect | undefined;
  /** Whether the callee of `call` calls one of `methods` on the lock that `receiver` names. */
  releasesLock(call: CallNode, receiver: TSESTree.Expression, methods: ReadonlySet<string>): boolean;
  /** The resource that `call` hands to its caller, if every return of the callee gives one. */
  freshResult(call: CallNode): FreshResult | undefined;
  /** Whether the documentation of the callee gives the result to the caller (`ownershipTags`). */
  isOwnedResult(call: CallNode): boolean;
  /** What the instance that `call` makes owns, if its class can end it by a terminal disposer of the usual or these names. */
  ownedResource(call: TSESTree.NewExpression, disposers: readonly string[]): OwnedResource | undefined;
}

/** A fresh resource in the result of a function. */
export interface FreshResult {
  /** The key of the specification in the catalogue or in the settings. */
  readonly key: string;
  readonly specification: ResourceSpecification;
  /** The catalogue's own call, at the bottom of the callees. */
  readonly acquire: Acquire;
  /** The function gives a promise of it. */
  readonly awaited: boolean;
  /** Waiting for it may fail. */
  readonly mayFail: boolean;
  /** Nobody can release it by a method of its lock: only what the function gives does. */
  readonly isHidden: boolean;
}
