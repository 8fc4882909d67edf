import type { FindingKind, Outcome } from '../findings.js';
import type { ResourceKind } from '../specification.js';

/** What makes a test run hang, or the next test wait. */
const hangingKinds: ReadonlySet<ResourceKind> = new Set(['lock', 'pool', 'worker']);
const hangingFindings: ReadonlySet<FindingKind> = new Set(['missedOnException', 'neverReleased']);

/** The outcome in a test: whatever else it leaves behind ends with its run. */
export function inTestRun(outcome: Outcome): Outcome {
  const { kind, obligation } = outcome;
  const isExcused =
    kind === 'reported' &&
    !(hangingKinds.has(obligation.specification.kind) && hangingFindings.has(outcome.finding.kind));
  return isExcused
    ? { kind: 'handedOver', obligation, reason: 'programLifetime', node: obligation.acquire }
    : outcome;
}
