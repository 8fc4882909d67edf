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
  programLifetime: 'held as long as the program runs',
  scopedByCallback: 'released by the call that lends it to a callback',
};

export const unknownLabels: Record<UnknownReason, string> = {
  analysisFailed: 'the analysis failed',
  notReached: 'no path from it leaves the function',
  tooComplex: 'the function is too complex',
};

export const assumptionLabels: Record<Assumption['kind'], string> = {
  callMayThrow: 'the call throws',
  calleeMayThrow: 'a call inside the callee throws',
  cleanupMayThrow: 'a call in a `finally` or a `catch` throws',
  acquireMayFail: 'the acquire fails',
  errorIsSpecial: 'the error is the one that a `catch` singles out',
  callerGoesOn: 'the function that has built the lock goes on after the failure',
  callbackRunsOnce: 'the callback runs exactly once',
  methodCalledTwice: 'the method runs more than once on one instance',
  consumerMayStop: 'the consumer of the generator stops early',
  conditionsDropped: 'conditions of its paths, too many to keep apart, can hold together',
  noOtherFile: 'no other file releases it',
  ownerIsResource: 'the owner class is disposed of by its owner',
  senderOutlivesHost: 'the sender outlives the host',
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
