import type { TSESTree } from '@typescript-eslint/utils';

import type { Finding } from '../analysis/findings.js';
import type { EditContext } from './context.js';
import type { Piece } from './draft.js';
import { isQuiet } from './quiet.js';
import type { Repair } from './repair.js';

/**
 * Releases before each `return` that forgets it, where the other paths hand the resource on and `finally` is no option.
 *
 * @param release the expression that releases
 * @returns null if it is lost in another way too, or what is returned takes time
 */
export function releaseBeforeReturn(context: EditContext, finding: Finding, release: string): Repair | null {
  const pieces: Piece[] = [];
  for (const { kind, witness } of [finding, ...finding.others]) {
    if (kind !== 'missedOnReturn' || witness.type !== 'ReturnStatement' || !isQuiet(witness.argument)) {
      return null;
    }
    pieces.push(...releaseBefore(context, witness, `${release}${context.layout.semicolon}`));
  }
  return {
    messageId: 'releaseBeforeReturn',
    isExact: false,
    draft: { span: finding.obligation.owner.range, pieces, shifts: [] },
  };
}

function releaseBefore({ layout }: EditContext, statement: TSESTree.ReturnStatement, release: string): Piece[] {
  const [start, end] = statement.range;
  if (statement.parent.type !== 'BlockStatement') {
    return [
      { kind: 'before', at: start, text: `{ ${release} ` },
      { kind: 'behind', at: end, lines: [' }'] },
    ];
  }
  return layout.ownLines(statement, statement)
    ? [{ kind: 'above', at: layout.lineStart(start), lines: [`${layout.indentAt(start)}${release}`] }]
    : [{ kind: 'before', at: start, text: `${release} ` }];
}
