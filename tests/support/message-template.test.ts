import { expect, it } from 'vitest';

import { dataOf, isFilledWith, unfilledPlaceholders } from './message-template.js';

const template = '`{{ noun }}` is lost when `{{at}}` throws (line {{line}}).';
const message = '`lock` is lost when `f(a.*)` throws (line 14).';

it('compares the placeholders that are named', () => {
  expect(isFilledWith(template, {}, message)).toBe(true);
  expect(isFilledWith(template, { at: 'f(a.*)', line: '14' }, message)).toBe(true);
  expect(isFilledWith(template, { at: 'f(a)' }, message)).toBe(false);
});

it('refuses a placeholder that the template lacks', () => {
  expect(isFilledWith(template, { where: 'f(a.*)' }, message)).toBe(false);
});

it('reads the data back from the message', () => {
  expect(dataOf(template, message)).toEqual({ noun: 'lock', at: 'f(a.*)', line: '14' });
});

it('finds placeholders that nothing filled', () => {
  expect(unfilledPlaceholders(template, '`lock` is lost when `{{at}}` throws (line 14).')).toEqual(['at']);
  expect(unfilledPlaceholders(template, '`lock` is lost when `{{other}}` throws (line 14).')).toEqual([]);
});
