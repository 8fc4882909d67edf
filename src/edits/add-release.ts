import type { Obligation } from '../analysis/findings.js';
import type { EditContext } from './context.js';
import type { Piece } from './draft.js';
import type { HeldRegion } from './held-region.js';
import type { Repair } from './repair.js';

/** A function that acquires and does nothing more releases at once. */
export function addRelease(
  { layout }: EditContext,
  obligation: Obligation,
  { after, block, statements }: HeldRegion,
  release: string,
  further: readonly Piece[],
): Repair | null {
  if (after === undefined || statements.length > 0 || block !== obligation.owner.body || !layout.ownLines(after, after)) {
    return null;
  }
  const at = layout.lineEnd(layout.endOf(after));
  return {
    messageId: 'addRelease',
    data: { release },
    isExact: false,
    draft: {
      span: [after.range[0], at],
      pieces: [...further, { kind: 'below', at, lines: [`${layout.indentAt(after.range[0])}${release}`] }],
      shifts: [],
    },
  };
}
