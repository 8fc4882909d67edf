import { describe, expect, it } from 'vitest';

import { dedent, parseFixture, renderFixture } from './fixture.js';

describe('parseFixture', () => {
  it('reads place, id and data of a mark', () => {
    expect(parseFixture('const a = open();\n          ~~~~~~ [missed {"at": "f()", "line": 2}]\n')).toEqual({
      code: 'const a = open();\n',
      annotations: [
        { messageId: 'missed', data: { at: 'f()', line: '2' }, line: 1, column: 11, endLine: 1, endColumn: 17 },
      ],
    });
  });

  it('reads a report of several lines, with another one inside', () => {
    const { code, annotations } = parseFixture(
      ['open(() => {', '~~~~~~~~~~~~> [outer]', '  open();', '  ~~~~~~ [inner]', '});', '~~<'].join('\n'),
    );
    expect(code).toBe('open(() => {\n  open();\n});');
    expect(annotations).toEqual([
      { messageId: 'outer', data: {}, line: 1, column: 1, endLine: 3, endColumn: 3 },
      { messageId: 'inner', data: {}, line: 2, column: 3, endLine: 2, endColumn: 9 },
    ]);
  });

  it.each([
    ['a mark without an id', 'a\n~ []'],
    ['tildes alone', 'a\n~'],
    ['data that is not JSON', 'a\n~ [id {at}]'],
    ['an end without a start', 'a\n~<'],
    ['a start without an end', 'a\n~> [id]'],
  ])('rejects %s', (_, fixture) => {
    expect(() => parseFixture(fixture)).toThrow();
  });
});

describe('renderFixture', () => {
  it.each([
    ['marks of one line', 'f(a, b);\n  ~ [first {"x":"1"}]\n     ~ [second]'],
    ['a report of several lines', '  f(\n  ~~> [id]\n    a,\n  );\n  ~<'],
    ['no mark', 'f();\n'],
  ])('gives back %s', (_, fixture) => {
    const { code, annotations } = parseFixture(fixture);
    expect(renderFixture(code, annotations.toReversed())).toBe(fixture);
  });
});

describe('dedent', () => {
  it('takes the common indentation off a text that starts with a line break', () => {
    expect(dedent('\n    if (a) {\n\n      b();\n    }\n  ')).toBe('if (a) {\n\n  b();\n}\n');
  });

  it('leaves other texts alone', () => {
    expect(dedent('  a\n  b')).toBe('  a\n  b');
  });
});
