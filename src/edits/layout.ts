import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Where lines begin and end, and how far they are indented. */
export interface Layout {
  readonly text: string;
  readonly newline: string;
  /** What the file ends its statements with. */
  readonly semicolon: '' | ';';
  lineStart(offset: number): number;
  /** The end of the line at `offset`, before its line break. */
  lineEnd(offset: number): number;
  /** The white space that the line at `offset` starts with. */
  indentAt(offset: number): string;
  /** The white space by which the statements of `list` stand further in than what is around them. */
  unitOf(list: TSESTree.BlockStatement | TSESTree.SwitchCase): string;
  /** Whether nothing but white space and comments shares a line with `first` to `last`. */
  ownLines(first: TSESTree.Node, last: TSESTree.Node): boolean;
  /** Where `node` starts, with the comments on own lines right above it. */
  startOf(node: TSESTree.Node): number;
  /** Where `node` ends, with the comments behind it on its last line. */
  endOf(node: TSESTree.Node): number;
  /** What to take out with the text at `range`, so that no empty line and no blank is left behind. Comments stay. */
  removable(range: readonly [number, number]): [number, number];
}

/** The layout of the file that `sourceCode` stands for. */
export function createLayout(sourceCode: SourceCode): Layout {
  const { text } = sourceCode;

  return {
    text,
    newline: text.includes('\r\n') ? '\r\n' : '\n',
    semicolon: /\S;[ \t]*\r?$/mu.test(text) ? ';' : '',
    lineStart,
    lineEnd,
    indentAt,
    unitOf,
    ownLines: (first, last) =>
      text.slice(lineStart(startOf(first)), startOf(first)).trim() === '' &&
      text.slice(endOf(last), lineEnd(endOf(last))).trim() === '',
    startOf,
    endOf,
    removable,
  };

  function lineStart(offset: number): number {
    return text.lastIndexOf('\n', offset - 1) + 1;
  }

  function lineEnd(offset: number): number {
    const end = text.indexOf('\n', offset);
    const last = end === -1 ? text.length : end;
    return text[last - 1] === '\r' && last > offset ? last - 1 : last;
  }

  function indentAt(offset: number): string {
    return /^[ \t]*/u.exec(text.slice(lineStart(offset), lineEnd(offset)))?.[0] ?? '';
  }

  function unitOf(list: TSESTree.BlockStatement | TSESTree.SwitchCase): string {
    const outer = indentAt(list.type === 'BlockStatement' ? list.range[1] - 1 : list.range[0]);
    const [statement] = list.type === 'BlockStatement' ? list.body : list.consequent;
    const inner = statement === undefined ? outer : indentAt(statement.range[0]);
    if (inner.startsWith(outer) && inner !== outer) {
      return inner.slice(outer.length);
    }
    return outer.includes('\t') ? '\t' : '  ';
  }

  function startOf(node: TSESTree.Node): number {
    let start = node.range[0];
    for (const comment of sourceCode.getCommentsBefore(node).reverse()) {
      const isAlone = text.slice(lineStart(comment.range[0]), comment.range[0]).trim() === '';
      const isNear = text.slice(comment.range[1], start).split('\n').length <= 2;
      if (!isAlone || !isNear) {
        break;
      }
      [start] = comment.range;
    }
    return start;
  }

  function endOf(node: TSESTree.Node): number {
    return sourceCode
      .getCommentsAfter(node)
      .filter(comment => comment.loc.start.line === node.loc.end.line)
      .reduce((end, comment) => (comment.loc.end.line === node.loc.end.line ? comment.range[1] : end), node.range[1]);
  }

  function removable([start, end]: readonly [number, number]): [number, number] {
    const first = lineStart(start);
    const last = lineEnd(end);
    const before = text.slice(first, start);
    const behind = text.slice(end, last);
    if (before.trim() !== '' || first === 0) {
      return [start - (before.length - before.trimEnd().length), end];
    }
    if (behind.trim() !== '') {
      return [start, end + (behind.length - behind.trimStart().length)];
    }
    const head = text.slice(0, first).trimEnd();
    const tail = text.slice(last).trimStart();
    return [
      tail.startsWith('}') ? lineEnd(head.length) : endOfLineBefore(first),
      head.endsWith('{') ? Math.max(last, endOfLineBefore(lineStart(text.length - tail.length))) : last,
    ];
  }

  function endOfLineBefore(start: number): number {
    return text[start - 2] === '\r' ? start - 2 : start - 1;
  }
}
