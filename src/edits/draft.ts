import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Layout } from './layout.js';

export type Range = readonly [start: number, end: number];

/**
 * A change of a function's text that is not yet written, so that several of them can be merged. All offsets are those of
 * the file as it is.
 */
export interface Draft {
  /** What the change is about: of two drafts in each other the inner one's new lines move with the outer one's. */
  readonly span: Range;
  readonly pieces: readonly Piece[];
  /** Lines that start here move in (or out) by one level. */
  readonly shifts: readonly Shift[];
}

/**
 * One piece of a draft.
 *
 * - `above`: whole lines before the line that starts at `at`. `below`: whole lines after the line that ends at `at`.
 * - `before`: text before what starts at `at`. `behind`: text, of several lines perhaps, behind what ends at `at`; with
 *   `moves`, further lines are indented with the code around them.
 * - `replace`: text instead of `range`.
 */
export type Piece =
  | { readonly kind: 'above'; readonly at: number; readonly lines: readonly string[] }
  | { readonly kind: 'below'; readonly at: number; readonly lines: readonly string[] }
  | { readonly kind: 'before'; readonly at: number; readonly text: string }
  | { readonly kind: 'behind'; readonly at: number; readonly lines: readonly string[]; readonly moves?: boolean }
  | { readonly kind: 'replace'; readonly range: Range; readonly text: string };

export interface Shift {
  readonly range: Range;
  readonly unit: string;
  readonly levels: -1 | 1;
}

/** Whether both drafts can be carried out together: they lie apart or in each other, and no text is changed twice. */
export function areCompatible(one: Draft, other: Draft): boolean {
  const isNested = encloses(one.span, other.span) || encloses(other.span, one.span);
  const isApart = one.span[1] <= other.span[0] || other.span[1] <= one.span[0];
  return (
    (isNested || isApart) &&
    one.pieces.every(piece => other.pieces.every(otherPiece => !collide(rangeOf(piece), rangeOf(otherPiece))))
  );
}

/** Whether no text is changed twice. */
export function isConsistent({ pieces }: Draft): boolean {
  return pieces.every((piece, index) =>
    pieces.slice(index + 1).every(other => !collide(rangeOf(piece), rangeOf(other))),
  );
}

/** Whether one begins inside the other and ends outside of it: to repair the one would leave the other beyond repair. */
export function areEntangled({ span: one }: Draft, { span: other }: Draft): boolean {
  const [[, end], [start, later]] = one[0] <= other[0] ? [one, other] : [other, one];
  return start < end && end < later && one[0] !== other[0];
}

/**
 * The text of `range` after all drafts.
 *
 * @param drafts compatible with each other, inside `range`
 */
export function render(
  sourceCode: Readonly<TSESLint.SourceCode>,
  layout: Layout,
  range: Range,
  drafts: readonly Draft[],
): string {
  const changes = drafts.flatMap(draft => draft.pieces.map(piece => changeOf(piece, draft)));
  const removed = changes.map(change => change.range);
  const shifts = shiftedLines(sourceCode, layout, range, drafts).filter(
    ({ range: [start] }) => !removed.some(([from, to]) => from < start && start < to),
  );
  let text = '';
  let position = range[0];
  for (const { range: [start, end], text: inserted } of [...changes, ...shifts].sort(byPlace)) {
    text += layout.text.slice(position, Math.max(position, start)) + inserted;
    position = Math.max(position, end);
  }
  return text + layout.text.slice(position, range[1]);

  function changeOf(piece: Piece, draft: Draft): Change {
    const moving = piece.kind === 'behind' && piece.moves === true;
    const prefix = drafts
      .filter(other => encloses(other.span, draft.span) || (other === draft && moving))
      .flatMap(({ shifts: moved }) => moved.map(({ levels, unit }) => (levels === 1 ? unit : '')))
      .join('');
    const indented = (line: string): string => (line === '' ? '' : prefix + line);
    switch (piece.kind) {
      case 'behind': {
        const [first = '', ...others] = piece.lines;
        return insertion(piece.at, [first, ...others.map(indented)].join(layout.newline), 0);
      }
      case 'below':
        return insertion(piece.at, piece.lines.map(line => layout.newline + indented(line)).join(''), 1, -draft.span[0]);
      case 'above':
        return insertion(piece.at, piece.lines.map(line => indented(line) + layout.newline).join(''), 2, draft.span[0]);
      case 'before':
        return insertion(piece.at, piece.text, 4);
      case 'replace':
        return { range: piece.range, text: piece.text, order: 5, rank: 0 };
    }
  }
}

function insertion(at: number, text: string, order: number, rank = 0): Change {
  return { range: [at, at], text, order, rank };
}

interface Change {
  readonly range: Range;
  readonly text: string;
  /** Which comes first at the same place. */
  readonly order: number;
  readonly rank: number;
}

function byPlace(left: Change, right: Change): number {
  return left.range[0] - right.range[0] || left.order - right.order || left.rank - right.rank;
}

/** The indentation of every line that moves; lines that begin inside of a literal are part of its value. */
function shiftedLines(
  sourceCode: Readonly<TSESLint.SourceCode>,
  layout: Layout,
  range: Range,
  drafts: readonly Draft[],
): Change[] {
  const shifts = drafts.flatMap(draft => draft.shifts);
  if (shifts.length === 0) {
    return [];
  }
  const literals = multilineLiterals(sourceCode, range);
  const changes: Change[] = [];
  for (let start = layout.lineStart(range[0]); start < range[1]; start = layout.text.indexOf('\n', start) + 1 || range[1]) {
    const indent = layout.indentAt(start);
    const isBlank = layout.lineEnd(start) === start + indent.length;
    const isLiteral = literals.some(([from, to]) => from < start && start < to);
    const moves = isBlank || isLiteral || start < range[0] ? [] : shifts.filter(shift => isIn(start, shift.range));
    const moved = moves.reduce(shifted, indent);
    if (moved !== indent) {
      changes.push({ range: [start, start + indent.length], text: moved, order: 3, rank: 0 });
    }
  }
  return changes;
}

function shifted(indent: string, { unit, levels }: Shift): string {
  return levels === 1 ? indent + unit : indent.endsWith(unit) ? indent.slice(0, -unit.length) : indent;
}

function multilineLiterals(sourceCode: Readonly<TSESLint.SourceCode>, [start, end]: Range): TSESTree.Range[] {
  return sourceCode.ast.tokens
    .filter(({ type, loc, range }) => {
      const isLiteral = type === 'Template' || type === 'String' || type === 'JSXText';
      return isLiteral && loc.start.line !== loc.end.line && start <= range[0] && range[1] <= end;
    })
    .map(({ range }) => range);
}

function isIn(offset: number, [start, end]: Range): boolean {
  return start <= offset && offset <= end;
}

function encloses(outer: Range, inner: Range): boolean {
  return outer[0] <= inner[0] && inner[1] <= outer[1] && (outer[0] < inner[0] || inner[1] < outer[1]);
}

function rangeOf(piece: Piece): Range {
  return piece.kind === 'replace' ? piece.range : [piece.at, piece.at];
}

/** Whether one changes what the other changes; to touch is allowed. */
function collide([start, end]: Range, [otherStart, otherEnd]: Range): boolean {
  return start < otherEnd && otherStart < end;
}
