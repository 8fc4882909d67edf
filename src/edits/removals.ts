import type { TSESTree } from '@typescript-eslint/utils';

import type { Obligation } from '../analysis/findings.js';
import type { EditContext } from './context.js';
import type { Piece } from './draft.js';
import { isQuiet } from './quiet.js';
import type { ReleaseStatement } from './release-statements.js';
import { isIdempotent, isStatementList } from './release-statements.js';
import type { Section } from './section.js';

/**
 * What the removal of the superfluous releases changes. One that would leave an empty block behind stays if it does no
 * harm.
 *
 * @returns null if one can neither go nor stay
 */
export function removalsOf(
  context: EditContext,
  obligation: Obligation,
  releases: readonly ReleaseStatement[],
): Piece[] | null {
  const pieces: Piece[] = [];
  for (const release of releases) {
    const piece = removalOf(context, release);
    if (piece !== null) {
      pieces.push(piece);
    } else if (!isIdempotent(obligation, release)) {
      return null;
    }
  }
  return pieces;
}

/** Whether nothing but a rethrow would be left of a `catch` without the statement. */
function isBeforeRethrow({ parent }: TSESTree.Statement): boolean {
  return parent.type === 'BlockStatement' && parent.parent.type === 'CatchClause' && isRethrow(parent.parent, 2);
}

/** Whether the handler ends, after `count` statements in all, with a rethrow of what it caught. */
export function isRethrow({ param, body: { body } }: TSESTree.CatchClause, count: number): boolean {
  const last = body.at(-1);
  return (
    body.length === count &&
    last?.type === 'ThrowStatement' &&
    last.argument.type === 'Identifier' &&
    param?.type === 'Identifier' &&
    last.argument.name === param.name
  );
}

function removalOf({ sourceCode, layout }: EditContext, release: ReleaseStatement): Piece | null {
  const { parent } = release;
  if (release.type === 'ReturnStatement') {
    const end = release.argument?.range[1] ?? release.range[1];
    return { kind: 'replace', range: [release.range[0] + 'return'.length, end], text: '' };
  }
  if (isBeforeRethrow(release)) {
    return null;
  }
  if ((parent.type === 'BlockStatement' && parent.body.length > 1) || parent.type === 'SwitchCase') {
    return { kind: 'replace', range: layout.removable(release.range), text: '' };
  }
  const branch = parent.type === 'BlockStatement' ? parent : release;
  const outer = branch.parent;
  if (sourceCode.getCommentsInside(branch).length > 0) {
    return null;
  }
  if (outer.type === 'IfStatement' && outer.alternate === branch) {
    if (sourceCode.commentsExistBetween(outer.consequent, branch)) {
      return null;
    }
    return { kind: 'replace', range: [outer.consequent.range[1], branch.range[1]], text: '' };
  }
  if (outer.type === 'IfStatement' && outer.alternate === null && isQuiet(outer.test) && isStatementList(outer.parent)) {
    const isRemovable = outer.parent.type === 'SwitchCase' || (outer.parent.body.length > 1 && !isBeforeRethrow(outer));
    return isRemovable ? { kind: 'replace', range: layout.removable(outer.range), text: '' } : null;
  }
  const handler = outer.type === 'TryStatement' && outer.finalizer === branch ? outer.handler : null;
  return handler !== null && !sourceCode.commentsExistBetween(handler, branch)
    ? { kind: 'replace', range: [handler.range[1], branch.range[1]], text: '' }
    : null;
}

/** The release behind the body goes, with its comments. `end` is the last statement of the new block. */
export function removalOfLast({ layout }: EditContext, { last, body }: Section, end: TSESTree.Statement): Piece[] {
  if (last === undefined) {
    return [];
  }
  const [start, stop] = layout.removable([layout.startOf(last), layout.endOf(last)]);
  const isBehind = end === body.at(-1) && layout.ownLines(last, last);
  return [{ kind: 'replace', range: [isBehind ? layout.lineEnd(layout.endOf(end)) : start, stop], text: '' }];
}
