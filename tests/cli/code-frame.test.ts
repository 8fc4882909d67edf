import { describe, expect, it } from 'vitest';

import { codeFrame, type Mark } from '../../src/cli/code-frame.js';

const source = Array.from({ length: 12 }, (_, index) => `line ${index + 1};`).join('\n');

function mark(line: number, column: number, length: number, label: string): Mark {
  return { place: { line, column, endLine: line, endColumn: column + length }, label };
}

const frame = (text: string, ...marks: Mark[]) => codeFrame(text, marks, (_style, content) => content);

describe('a code frame', () => {
  it('underlines each mark with its label, and keeps lines between near ones', () => {
    expect(frame(source, mark(2, 1, 4, 'here'), mark(4, 6, 1, 'there'))).toBe(
      ['2 | line 2;', '  | ^^^^ here', '3 | line 3;', '4 | line 4;', '  |      ^ there'].join('\n'),
    );
  });

  it('leaves out the lines between distant marks', () => {
    expect(frame(source, mark(2, 1, 4, 'here'), mark(10, 1, 4, 'there'))).toBe(
      [' 2 | line 2;', '   | ^^^^ here', ' …', '10 | line 10;', '   | ^^^^ there'].join('\n'),
    );
  });

  it('puts two marks of one line below each other', () => {
    expect(frame('a b', mark(1, 1, 1, 'first'), mark(1, 3, 1, 'second'))).toBe(
      ['1 | a b', '  | ^ first', '  |   ^ second'].join('\n'),
    );
  });

  it('keeps tabs before a mark', () => {
    expect(frame('\t\tcall();', mark(1, 3, 6, 'here'))).toBe(['1 | \t\tcall();', '  | \t\t^^^^^^ here'].join('\n'));
  });

  it('ends the underline of a long node with its first line', () => {
    const place = { line: 1, column: 1, endLine: 3, endColumn: 2 };

    expect(frame('call(\n  x,\n)', { place, label: 'here' })).toBe(['1 | call(', '  | ^^^^^ here'].join('\n'));
  });
});
