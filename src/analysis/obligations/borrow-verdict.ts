import type { Interpretation } from '../control-flow/interpreter.js';
import type { EscapeReason, Obligation, Outcome } from '../findings.js';
import { findingOf } from './losses.js';

const keeping: ReadonlySet<EscapeReason> = new Set(['storedInContainer', 'storedInField', 'storedInVariable']);

/**
 * What contradicts a parameter that its function says it only borrows: a release of it, or a place that keeps it.
 * Undefined where nothing does.
 *
 * @param obligation the duty of the caller, with what the function releases.
 * @param interpretation the function with the resource in that parameter, as obligation `id`.
 */
export function borrowVerdict(obligation: Obligation, id: number, { exits }: Interpretation): Outcome | undefined {
  const [release] = obligation.releases;
  if (release !== undefined) {
    return contradiction(obligation, 'borrowedReleased', release);
  }
  const kept = exits.map(({ path }) => path.status.get(id)).find(status => status?.kind === 'escaped' && keeping.has(status.reason));
  return kept?.kind === 'escaped' ? contradiction(obligation, 'borrowedKept', kept.node) : undefined;
}

function contradiction(
  obligation: Obligation,
  kind: 'borrowedKept' | 'borrowedReleased',
  witness: Obligation['releases'][number],
): Outcome {
  return { kind: 'reported', obligation, finding: findingOf(obligation, [{ kind, witness, assumptions: [], path: [] }]) };
}
