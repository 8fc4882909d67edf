import { describe, expect, it } from 'vitest';

import { parseCommandLine } from '../../src/cli/command-line.js';
import { AuditError } from '../../src/cli/errors.js';
import { help } from '../../src/cli/help.js';

const rules = ['no-unreleased-lock', 'no-unjoined-worker'];
const parse = (...argv: string[]) => parseCommandLine(argv, rules);

describe('the command line', () => {
  it('audits the working directory by default', () => {
    expect(parse()).toEqual({
      kind: 'audit',
      paths: ['.'],
      options: { fix: false, fixSuggestions: false, types: true, concurrency: 'off' },
    });
  });

  it('takes every option', () => {
    const switches = ['--fix', '--fix-suggestions', '--no-types'];
    const values = ['--concurrency', '4', '--report', 'possible', '--format', 'json', '--stats', 'json'];
    const twoRules = ['--rule', 'no-unreleased-lock', '--rule=thread-hygiene/no-unjoined-worker'];

    expect(parse(...switches, ...values, ...twoRules, 'src')).toEqual({
      kind: 'audit',
      paths: ['src'],
      options: {
        fix: true,
        fixSuggestions: true,
        types: false,
        concurrency: 4,
        report: 'possible',
        format: 'json',
        rules,
        stats: 'json',
      },
    });
  });

  it('takes a place to explain, with or without a column', () => {
    expect(parse('explain', 'src/queue.ts:14')).toMatchObject({ kind: 'explain', file: 'src/queue.ts', line: 14 });
    expect(parse('explain', 'C:\\queue.ts:14:3')).toMatchObject({ file: 'C:\\queue.ts', line: 14 });
  });

  it('prints help before anything else', () => {
    expect(parse('src', '-h', '--rule', 'nonsense')).toEqual({ kind: 'help' });
    expect(parse('--version')).toEqual({ kind: 'version' });
  });

  it.each([
    [['--report', 'likly'], '--report takes "certain", "likely", "possible", not "likly". Did you mean "likely"?'],
    [['--stats', 'xml'], '--stats takes "json", not "xml".'],
    [['--concurrency', '0'], '--concurrency takes a positive number, "auto" or "off", not "0".'],
    [['--rule', 'no-unreleased-lok'], 'There is no rule "no-unreleased-lok". Did you mean "no-unreleased-lock"?'],
    [['--fixx'], '--fixx'],
    [['explain', 'queue.ts'], 'explain takes one place as FILE:LINE'],
  ])('names what is wrong with %j', (argv, message) => {
    expect(() => parse(...argv)).toThrow(AuditError);
    expect(() => parse(...argv)).toThrow(message);
  });
});

describe('the help', () => {
  it('fits one screen', () => {
    const lines = help.split('\n');

    expect(lines.length).toBeLessThanOrEqual(32);
    expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(80);
  });
});
