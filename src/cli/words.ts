import type { Assumption, EscapeReason, FindingKind, PathStep, UnknownReason } from '../analysis/findings.js';
import type { SkipReason } from '../file-analysis.js';

/** What the audit calls the things that the analysis tells it. */

export const stepLabels: Record<PathStep['kind'], string> = {
  acquired: 'acquired here',
  mayThrow: 'this can throw: leaves without release',
  throws: 'throws: leaves without release',
  returns: 'returns without release',
  ends: 'the function ends without release',
  breaks: 'leaves the loop without release',
  overwritten: 'overwritten while it is held',
  released: 'released here',
  caught: 'caught here',
  settled: 'settles the promise without release',
};

export const exitLabels: Record<FindingKind, string> = {
  neverReleased: 'never released',
  missedOnException: 'not released when this throws',
  missedOnReturn: 'not released when the function leaves here',
  missedOnEnd: 'not released at the end of the function',
  missedInCallback: 'not released when the callback leaves here',
  acquiredInsideTry: 'a failed acquire is released too',
  overwritten: 'its only reference is overwritten',
  reacquired: 'acquired again by the next round of the loop',
  handleDropped: 'the result that releases it is dropped',
  releasedEarly: 'released before this promise settles',
  borrowedReleased: 'released here, though it is only borrowed',
  usedAfterRelease: 'used here after its release',
  borrowedKept: 'kept here, though it is only borrowed',
  settledWithout: 'not released when this settles the promise',
  neverReleasedByOwner: 'never released by the class that keeps it',
  missedByDisposer: 'not released by this disposer',
  droppedFromContainer: 'dropped here and not ended',
  replaced: 'replaced here while it is live',
};

export const escapeLabels: Record<EscapeReason, string> = {
  returned: 'returned to the caller',
  storedInField: 'stored in a field',
  storedInVariable: 'stored in a variable outside the function',
  storedInContainer: 'stored in a container',
  passedToCall: 'passed to a call',
  capturedByClosure: 'captured by a closure',
  yielded: 'yielded',
  thrown: 'thrown',
  exported: 'exported',
  releasedElsewhere: 'released elsewhere',
  endsByItself: 'ends by itself',
  programLifetime: 'held as long as the program runs',
  scopedByCallback: 'released by the call that lends it to a callback',
};

export const unknownLabels: Record<UnknownReason, string> = {
  analysisFailed: 'the analysis failed',
  notReached: 'no path from it leaves the function',
  tooComplex: 'the function is too complex',
};

export const assumptionLabels: Record<Assumption['kind'], string> = {
  promiseMayReject: 'the promise is rejected',
  callMayThrow: 'the call throws',
  calleeMayThrow: 'a call inside the callee throws',
  cleanupMayThrow: 'a call in a `finally` or a `catch` throws',
  acquireMayFail: 'the acquire fails',
  errorIsSpecial: 'the error is the one that a `catch` singles out',
  callerGoesOn: 'the function that has built the lock goes on after the failure',
  programGoesOn: 'the program goes on after a failure that it does not catch',
  callbackRunsOnce: 'the callback runs exactly once',
  methodCalledTwice: 'the method runs more than once on one instance',
  consumerMayStop: 'the consumer of the generator stops early',
  conditionsDropped: 'conditions of its paths, too many to keep apart, can hold together',
  noOtherFile: 'no other file releases it',
  ownerIsResource: 'the owner class is disposed of by its owner',
  senderOutlivesHost: 'the sender outlives the host',
  keysAreUnbounded: 'the keys are unlimited',
  instanceIsLongLived: 'the instance outlives what its methods are given',
  partRefersBack: 'the part refers back to the whole',
  functionRunsAgain: 'a function or a handler runs more than once',
  moduleRunsAgain: 'the module is evaluated again in one program',
  instanceDies: 'an instance of the class does not live as long as the program',
  notCollected: 'the engine does not end it when nothing refers to it',
  scriptStaysAlive: 'its script, which cannot be read, does not end by itself',
  resultIsFresh: 'the function that is declared to give it makes a new one each time',
  byConvention: 'the bundler makes a worker of the import',
  briefWindow: 'a call right before it gets its owner throws',
  staysPending: 'the promise does not settle before the loop ends',
  workerMayFail: 'the script of a worker throws, or cannot be loaded',
  shapeOnly: 'nothing but the shape of the code says so',
};

export const skipLabels: Record<SkipReason, string> = {
  tooLarge: 'larger than `maximumFileSize`',
  generated: 'marked `@generated`',
};

/** "1 file", "2 files". */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
