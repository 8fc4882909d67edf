import type { TSESTree } from '@typescript-eslint/utils';

import type { Obligation } from '../analysis/findings.js';
import { contains } from '../analysis/syntax/contains.js';
import { functionAround } from '../analysis/syntax/functions.js';
import { returnStatementsIn } from '../analysis/syntax/returns.js';
import type { EditContext } from './context.js';
import { declaredBy, hoist, isUsedOutside, withoutLeading } from './declared-names.js';
import type { Draft, Piece, Range } from './draft.js';
import { isQuiet } from './quiet.js';
import type { Repair } from './repair.js';
import { awaitReturned, promisenessOf } from './returned-promises.js';
import { isRethrow, removalOfLast, removalsOf } from './removals.js';
import type { Section } from './section.js';
import { isOnlyRelease, linesOf } from './section.js';
import { isUnfinished } from './unfinished.js';

/**
 * Puts the section under a `finally` that releases: that of its own last `try`, where this only has to be extended, or
 * a new one.
 *
 * @param further what else is to change, so that there is something to release
 * @returns null if a name, a promise or a comment is in the way
 */
export function coverWithFinally(
  context: EditContext,
  obligation: Obligation,
  whole: Section,
  further: readonly Piece[] = [],
): Repair | null {
  const owner = functionAround(whole.region.block);
  const end = whole.body.at(-1)?.range[1] ?? 0;
  const section = { ...whole, body: withoutLeading(context, whole.body, end) };
  const form = extendTry(context, section) ?? wrap(context, section);
  if (form === null || owner === undefined) {
    return null;
  }
  const removals = removalsOf(
    context,
    obligation,
    section.removed.filter(release => release !== section.last && !form.taken.some(node => contains(node, release))),
  );
  const returns = form.covered
    .flatMap(statement => returnStatementsIn(statement, context.sourceCode.visitorKeys))
    .filter(statement => !section.removed.some(release => release === statement));
  const awaited = awaitReturned(context, owner, returns);
  const isEmptied = section.body.every(statement =>
    removals?.some(piece => piece.kind === 'replace' && piece.range[0] <= statement.range[0] && statement.range[1] <= piece.range[1]),
  );
  return removals === null || awaited === null || isEmptied
    ? null
    : {
        messageId: form.messageId,
        isExact: section.isExact && awaited.isExact && !isUnfinished(context, section.body),
        draft: {
          span: form.span,
          pieces: [...further, ...form.pieces, ...removals, ...awaited.pieces],
          shifts: form.shifts,
        },
      };
}

interface Form extends Draft, Pick<Repair, 'messageId'> {
  /** The statements that come under a `finally` that they were not under before. */
  readonly covered: readonly TSESTree.Statement[];
  /** Nodes that go, or stay, as a whole. */
  readonly taken: readonly TSESTree.Node[];
}

/**
 * The last statement of the body is a `try`: its `finally` releases already, so that it has only to start earlier; or
 * it gets a `finally`, in place of a `catch` that only releases and throws on.
 */
function extendTry(context: EditContext, section: Section): Form | null {
  const { layout } = context;
  const tail = section.body.at(-1);
  if (tail?.type !== 'TryStatement') {
    return null;
  }
  const { block, handler, finalizer } = tail;
  const gap = section.body.slice(0, -1);
  const dropped = superfluousHandler(context, section, tail);
  const isReleasing = finalizer?.body.length === 1 && section.removed.some(release => contains(finalizer, release));
  const isAlone = gap.length === 0;
  // A `catch` that stays would see the failures of the statements before the `try`.
  const canStartEarlier = (handler === null || dropped !== null) && !isAlone;
  if (finalizer === null ? !isAlone && !canStartEarlier : !isReleasing || !canStartEarlier) {
    return null;
  }
  const pieces: Piece[] = [...removalOfLast(context, section, tail)];
  if (finalizer === null) {
    const release = dropped?.release ?? section.release;
    const lines = finallyLines(context, { ...section, release }, layout.indentAt(tail.range[0]), ' finally {');
    pieces.push({ kind: 'behind', at: dropped === null ? tail.range[1] : block.range[1], lines });
  }
  if (dropped !== null) {
    pieces.push({ kind: 'replace', range: [block.range[1], dropped.handler.range[1]], text: '' });
  }
  const start = isAlone ? null : startEarlier(context, section, tail, gap);
  if (!isAlone && start === null) {
    return null;
  }
  return {
    messageId: isAlone ? 'releaseInFinally' : 'startTryAtAcquire',
    span: [startOfSpan(section), (section.last ?? tail).range[1]],
    covered: finalizer === null ? section.body : gap,
    taken: [...(dropped === null ? [] : [dropped.handler]), ...(finalizer === null ? [] : [finalizer])],
    pieces: [...pieces, ...(start?.pieces ?? [])],
    shifts: start?.shifts ?? [],
  };
}

/** A `catch` that does nothing but to release and to throw on, with the lines of it that `finally` needs. */
function superfluousHandler(
  context: EditContext,
  { last, removed }: Section,
  { block, handler }: TSESTree.TryStatement,
): { handler: TSESTree.CatchClause; release: readonly string[] | null } | null {
  const { sourceCode, layout } = context;
  const [first] = handler?.body.body ?? [];
  if (handler === null || first === undefined || !isRethrow(handler, 2) || !isOnlyRelease(first, removed)) {
    return null;
  }
  const isPlain = removed.some(release => release === first);
  // Comments stay only with a release that moves to `finally`.
  const kept: Range = isPlain && last === undefined ? [layout.startOf(first), layout.endOf(first)] : first.range;
  const isBare = sourceCode
    .getCommentsInside(handler)
    .every(({ range: [start, end] }) => kept[0] <= start && end <= kept[1]);
  return !isBare || sourceCode.commentsExistBetween(block, handler)
    ? null
    : { handler, release: isPlain && last === undefined ? linesOf(context, first) : null };
}

/** Moves `try {` up over the statements before it. */
function startEarlier(
  context: EditContext,
  { region }: Section,
  { range, block }: TSESTree.TryStatement,
  gap: readonly TSESTree.Statement[],
): Pick<Draft, 'pieces' | 'shifts'> | null {
  const { sourceCode, layout } = context;
  const [first] = gap;
  const last = gap.at(-1);
  const brace = sourceCode.getFirstToken(block);
  if (first === undefined || last === undefined || brace === null) {
    return null;
  }
  const hoisted = hoist(context, gap, [first.range[0], block.range[1]]);
  const head = layout.removable([range[0], brace.range[1]]);
  if (hoisted === null || !layout.ownLines(first, last) || head[1] !== layout.lineEnd(brace.range[1])) {
    return null;
  }
  const start = layout.lineStart(layout.startOf(first));
  const indent = layout.indentAt(first.range[0]);
  return {
    pieces: [
      { kind: 'above', at: start, lines: [...hoisted.lines, 'try {'].map(line => indent + line) },
      { kind: 'replace', range: head, text: '' },
      ...hoisted.pieces,
    ],
    shifts: [{ range: [start, range[0] - 1], unit: layout.unitOf(region.block), levels: 1 }],
  };
}

function wrap(context: EditContext, section: Section): Form | null {
  const { layout } = context;
  const { body, last, region } = section;
  const [first] = body;
  const final = body.at(-1);
  if (first === undefined || final === undefined) {
    return null;
  }
  const moved = movableReturn(context, section, [first.range[0], final.range[1]]);
  const end = moved ?? final;
  const hoisted = hoist(context, body, [first.range[0], end.range[1]]);
  const isShown = declaredBy(context, body).some(([{ references }]) =>
    references.some(({ identifier }) => last !== undefined && contains(last, identifier)),
  );
  if (hoisted === null || isShown) {
    return null;
  }
  const form = {
    messageId: 'wrapInTryFinally',
    span: [startOfSpan(section), Math.max((last ?? final).range[1], end.range[1])],
    covered: body,
    taken: [],
  } as const;
  const rest = [...hoisted.pieces, ...removalOfLast(context, section, end)];
  if (!layout.ownLines(first, end)) {
    return section.release.length > 1
      ? null
      : {
          ...form,
          pieces: [
            { kind: 'before', at: first.range[0], text: [...hoisted.lines, 'try { '].join(' ') },
            { kind: 'behind', at: end.range[1], lines: [` } finally { ${section.release.join('')} }`] },
            ...rest,
          ],
          shifts: [],
        };
  }
  const top = layout.lineStart(layout.startOf(first));
  const indent = layout.indentAt(first.range[0]);
  return {
    ...form,
    pieces: [
      { kind: 'above', at: top, lines: [...hoisted.lines, 'try {'].map(line => indent + line) },
      { kind: 'below', at: layout.lineEnd(layout.endOf(end)), lines: finallyLines(context, section, indent, `${indent}} finally {`) },
      ...rest,
    ],
    shifts: [{ range: [top, layout.endOf(end)], unit: layout.unitOf(region.block), levels: 1 }],
  };
}

function startOfSpan({ region }: Section): number {
  return region.after?.range[1] ?? region.block.range[0] + 1;
}

function finallyLines({ layout }: EditContext, { region, release }: Section, indent: string, head: string): string[] {
  const unit = layout.unitOf(region.block);
  return [head, ...release.map(line => (line === '' ? '' : indent + unit + line)), `${indent}}`];
}

/**
 * The `return` behind the release that may as well stand before it: it only gives what the body has computed, and no
 * promise. So the declarations need no splitting.
 */
function movableReturn(context: EditContext, { body, rest, release }: Section, range: Range): TSESTree.Statement | undefined {
  const [statement, ...others] = rest;
  if (statement?.type !== 'ReturnStatement' || others.length > 0 || statement.argument === null) {
    return undefined;
  }
  const { argument } = statement;
  // While a release is awaited, others can change what a property holds.
  const isSettled = !release.some(line => /\bawait\b/u.test(line)) || argument.type === 'Identifier';
  return isSettled &&
    isQuiet(argument) &&
    promisenessOf(context, argument) !== 'yes' &&
    declaredBy(context, body).some(([variable]) => isUsedOutside(variable, range))
    ? statement
    : undefined;
}
