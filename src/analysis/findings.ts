import type { TSESTree } from '@typescript-eslint/utils';

import type { Acquire, ResourceSpecification } from './specification.js';

/** How sure a finding is. Computed from its assumptions, never chosen by a rule. */
export type Confidence = 'certain' | 'likely' | 'possible';

/**
 * A step of a finding that the code does not prove. The union is closed: the audit prints it and `docs/analysis.md`
 * lists it.
 *
 * - `promiseMayReject`: a promise is rejected of which nobody knows how it is made. `callMayThrow`: an arbitrary call
 *   throws. `calleeMayThrow`: one inside a function does whose own code shows no failure.
 * - `cleanupMayThrow`: one in a `finally` or a `catch` does, where code is written not to throw.
 * - `acquireMayFail`: waiting for a second resource fails.
 * - `errorIsSpecial`: the error is the one that a `catch` singles out. `callerGoesOn`: a function goes on after the
 *   failure and uses a lock that it has built for itself.
 * - `programGoesOn`: the program outlives an error that its own code throws and does not catch.
 * - `callbackRunsOnce`: a callback that releases on one of its paths runs exactly once.
 * - `methodCalledTwice`: a method runs more than once on one instance.
 * - `consumerMayStop`: the consumer of a generator stops early. `conditionsDropped`: there were too many paths to keep
 *   their conditions apart.
 * - `noOtherFile`: no other file releases what this file could reach but does not release.
 * - `ownerIsResource`: the owner class is itself a resource whose owner must dispose of it.
 * - `senderOutlivesHost`: an injected sender lives longer than the host, and a second signal says so.
 * - `functionRunsAgain`: a function or a handler runs more than once in the life of the program.
 * - `moduleRunsAgain`: the module is evaluated again in one program: hot reload, a test runner, a host of plugins.
 * - `instanceDies`: an instance of the class does not live as long as the program.
 * - `notCollected`: the engine does not end a worker that nothing refers to any more.
 * - `scriptStaysAlive`: the script of the worker, which cannot be read, waits for something and does not end by itself.
 * - `resultIsFresh`: a function that is declared to give a resource makes a new one each time.
 * - `byConvention`: the bundler makes a worker of what is imported.
 * - `briefWindow`: a call that nobody can read throws right before the resource gets its owner.
 * - `keysAreUnbounded`: the keys of a container tell one of an unlimited number of things apart; their names say so.
 * - `instanceIsLongLived`: an instance outlives the things that its methods are given; the witness says so.
 * - `partRefersBack`: a part of an object, which the object holds, holds the object.
 * - `staysPending`: a promise does not settle before the loop that races it ends.
 * - `workerMayFail`: the script of a worker throws, or cannot be loaded.
 * - `shapeOnly`: nothing beyond the shape of the code.
 */
export type Assumption =
  | { kind: 'promiseMayReject'; node: TSESTree.Node }
  | { kind: 'callMayThrow'; node: TSESTree.Node }
  | { kind: 'calleeMayThrow'; node: TSESTree.Node }
  | { kind: 'cleanupMayThrow'; node: TSESTree.Node }
  | { kind: 'acquireMayFail'; node: TSESTree.Node }
  | { kind: 'errorIsSpecial'; node: TSESTree.Node }
  | { kind: 'callerGoesOn'; node: TSESTree.Node }
  | { kind: 'programGoesOn'; node: TSESTree.Node }
  | { kind: 'callbackRunsOnce'; node: TSESTree.Node }
  | { kind: 'methodCalledTwice'; node: TSESTree.Node }
  | { kind: 'consumerMayStop'; node: TSESTree.Node }
  | { kind: 'conditionsDropped' }
  | { kind: 'noOtherFile' }
  | { kind: 'ownerIsResource' }
  | { kind: 'senderOutlivesHost'; node: TSESTree.Node }
  | { kind: 'keysAreUnbounded'; node: TSESTree.Node }
  | { kind: 'instanceIsLongLived'; node: TSESTree.Node }
  | { kind: 'partRefersBack'; node: TSESTree.Node }
  | { kind: 'functionRunsAgain'; node: TSESTree.Node }
  | { kind: 'moduleRunsAgain'; node: TSESTree.Node }
  | { kind: 'instanceDies' }
  | { kind: 'notCollected' }
  | { kind: 'scriptStaysAlive' }
  | { kind: 'resultIsFresh'; node: TSESTree.Node }
  | { kind: 'byConvention' }
  | { kind: 'briefWindow'; node: TSESTree.Node }
  | { kind: 'staysPending'; node: TSESTree.Node }
  | { kind: 'workerMayFail'; node: TSESTree.Node }
  | { kind: 'shapeOnly' };

/** Assumptions that leave no more than the shape of the code. */
const weak: ReadonlySet<Assumption['kind']> = new Set([
  'briefWindow',
  'callMayThrow',
  'calleeMayThrow',
  'callerGoesOn',
  'cleanupMayThrow',
  'errorIsSpecial',
  'programGoesOn',
  'scriptStaysAlive',
  'shapeOnly',
]);

/** The confidence that a list of assumptions leaves: none `certain`, a weak one `possible`, else `likely`. */
export function confidenceOf(assumptions: readonly Assumption[]): Confidence {
  if (assumptions.length === 0) return 'certain';
  return assumptions.some(({ kind }) => weak.has(kind)) ? 'possible' : 'likely';
}

const ranks: Record<Confidence, number> = { certain: 0, likely: 1, possible: 2 };

/** Whether a finding of confidence `confidence` is shown when the user asked for `threshold` and better. */
export function isReported(confidence: Confidence, threshold: Confidence): boolean {
  return ranks[confidence] <= ranks[threshold];
}

/** Sorts the more confident first. */
export function compareConfidence(left: Confidence, right: Confidence): number {
  return ranks[left] - ranks[right];
}

/**
 * How an obligation is missed.
 *
 * - `neverReleased`: no path releases it.
 * - `missedOnException`, `missedOnReturn`, `missedOnEnd`: released on some path, but not when the witness throws, the
 *   witness returns (or breaks out), or the end of the function is reached by way of the witness.
 * - `missedInCallback`: the callback that releases it leaves without doing so at the witness.
 * - `acquiredInsideTry`: acquired inside the `try` whose `finally` releases it, so a failed acquire releases too.
 * - `overwritten`: its only reference is assigned anew at the witness while it is held.
 * - `reacquired`: acquired again by the next round of a loop while it is held.
 * - `handleDropped`: the result that alone can release it is not kept.
 * - `releasedEarly`: released by `finally` before the promise returned at the witness settles.
 * - `usedAfterRelease`: the witness uses it after its release, which fails or starts it again.
 * - `borrowedReleased`, `borrowedKept`: a parameter that the function says it borrows is released, or stored, at the
 *   witness.
 * - `settledWithout`: the promise that wraps it is settled at the witness, and the resource lives on.
 * - `neverReleasedByOwner`: the class that keeps it in a field never releases it.
 * - `missedByDisposer`: the terminal disposer of that class, the witness, releases other things but not this one.
 * - `droppedFromContainer`: the witness takes it out of the container in which its class keeps it, and does not end it.
 * - `replaced`: the field that holds it is assigned anew at the witness while the one before may be live.
 */
export type FindingKind =
  | 'neverReleased'
  | 'missedOnException'
  | 'missedOnReturn'
  | 'missedOnEnd'
  | 'missedInCallback'
  | 'acquiredInsideTry'
  | 'overwritten'
  | 'reacquired'
  | 'handleDropped'
  | 'releasedEarly'
  | 'usedAfterRelease'
  | 'borrowedReleased'
  | 'borrowedKept'
  | 'settledWithout'
  | 'neverReleasedByOwner'
  | 'missedByDisposer'
  | 'droppedFromContainer'
  | 'replaced';

/** One stop on the way from the acquire to the loss, for the audit's code frames. */
export interface PathStep {
  kind: 'acquired' | 'mayThrow' | 'throws' | 'returns' | 'ends' | 'breaks' | 'overwritten' | 'released' | 'caught' | 'settled';
  node: TSESTree.Node;
}

/** One lossy exit of an obligation. */
export interface LossyExit {
  kind: FindingKind;
  /** The node that shows how the release is missed. */
  witness: TSESTree.Node;
  assumptions: Assumption[];
  path: PathStep[];
}

/** What the analysis knows about one obligation, apart from the verdict. */
export interface Obligation {
  /** The key of the specification in the catalogue or in the settings. */
  key: string;
  specification: ResourceSpecification;
  /**
   * The call that acquires; for a resource that a callee of this file or program hands over, the call of that callee;
   * the parameter where the documentation of a function speaks of its duty (`@owns`, `@borrows`).
   */
  acquire: TSESTree.CallExpression | TSESTree.Identifier | TSESTree.NewExpression;
  /** The way of acquiring that the call follows. */
  way: Acquire;
  /** The name of the callee that hands a fresh resource over, if the acquire is not the catalogue's own call. */
  through?: string;
  /** The function (or the program) that acquires. */
  owner: FunctionNode | TSESTree.Program;
  /** The local variable that holds the value that releases, if there is exactly one. */
  binding?: TSESTree.Identifier;
  /** Where it is released, in source order, in this function and the functions inside it. */
  releases: TSESTree.Node[];
  /** The field of the class that keeps it. */
  field?: string;
  /** Where handlers of it settle the promise that wraps it while it lives on: calls, and names that are handlers. */
  settlements?: readonly TSESTree.Node[];
}

/** One finding per obligation: its most confident lossy exit, ties by source order. The others are in `others`. */
export interface Finding extends LossyExit {
  obligation: Obligation;
  confidence: Confidence;
  others: LossyExit[];
}

/** Why a resource is somebody else's: the last thing that the analysis could see of it. */
export type EscapeReason =
  | 'returned'
  | 'storedInField'
  | 'storedInVariable'
  | 'storedInContainer'
  | 'passedToCall'
  | 'capturedByClosure'
  | 'yielded'
  | 'thrown'
  | 'exported'
  | 'releasedElsewhere'
  | 'endsByItself'
  | 'programLifetime'
  | 'scopedByCallback';

/** Why the analysis cannot say anything about an obligation. */
export type UnknownReason = 'analysisFailed' | 'notReached' | 'tooComplex';

/** What became of one obligation. The audit counts these, `explain` prints them. */
export type Outcome =
  | { kind: 'released'; obligation: Obligation }
  | { kind: 'handedOver'; obligation: Obligation; reason: EscapeReason; node: TSESTree.Node }
  | { kind: 'unknown'; obligation: Obligation; reason: UnknownReason }
  | { kind: 'reported'; obligation: Obligation; finding: Finding };

export type FunctionNode =
  | TSESTree.ArrowFunctionExpression
  | TSESTree.FunctionDeclaration
  | TSESTree.FunctionExpression;

/** A failure inside the analysis of one function. It never ends the run. */
export interface AnalysisFailure {
  node: TSESTree.Node;
  error: unknown;
}
