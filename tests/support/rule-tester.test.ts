import { describe, expect, it } from 'vitest';

import { excusesOf } from './excuses.js';
import { testRule } from './rule-tester.js';
import { createToyRule } from './toy-rule.js';

const rule = createToyRule(call => ({ fix: fixer => fixer.replaceText(call, '0') }));

testRule(rule, {
  valid: [
    { name: 'is closed', code: `close(1);` },
    { name: 'has another name', code: `reopen('a');` },
  ],
  invalid: [
    {
      name: 'is opened',
      code: `
        export const handle = open('a');
                              ~~~~~~~~~ [open {"argument": "'a'"}]
      `,
      output: `
        export const handle = 0;
      `,
    },
  ],
});

describe('testRule', () => {
  it.each([
    ['has no name', [{ name: ' ', code: '' }], /has no name/u],
    [
      'has the name of another',
      [
        { name: 'is closed', code: 'a;' },
        { name: 'is closed', code: 'b;' },
      ],
      /Two cases/u,
    ],
  ])('throws when a case %s', (_, valid, failure) => {
    expect(() => {
      testRule(rule, { valid, invalid: [] });
    }).toThrow(failure);
  });

  it('runs where failures of the analysis are not swallowed', () => {
    expect(process.env['THREAD_HYGIENE_STRICT']).toBe('1');
  });
});

it('knows what a case excuses itself from', () => {
  expect(excusesOf({ name: 'is opened', code: '', onlyTyped: 'why', typescriptOnly: 'why' })).toEqual([
    'onlyTyped',
    'typescriptOnly',
  ]);
});
