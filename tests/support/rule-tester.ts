import { describe, it } from 'vitest';

import { excusesOf } from './excuses.js';
import { dedent, parseFixture } from './fixture.js';
import { fuzz, roundsPerText } from './fuzz.js';
import type { TestedRule } from './plugin-config.js';
import { checkInvalid, checkValid, type InvalidCase, type ValidCase } from './rule-case.js';

export type { InvalidCase, ValidCase } from './rule-case.js';

/**
 * Declares the tests of `rule`. Every case runs with types, as TypeScript without types, and as JavaScript, and gives the
 * same reports each time; every edit is checked (see README.md). At the end mutations of all cases are linted.
 *
 * @throws Error if a case has no name, or the name of another one.
 */
export function testRule(
  rule: TestedRule,
  { valid, invalid }: { valid: readonly ValidCase[]; invalid: readonly InvalidCase[] },
): void {
  checkNames([...valid, ...invalid]);
  describe(rule.name, () => {
    describe('is silent when the resource', () => {
      for (const testCase of valid) {
        it(testCase.name, { meta: { excuses: excusesOf(testCase) } }, () => {
          checkValid(rule, testCase);
        });
      }
    });
    describe('reports when the resource', () => {
      for (const testCase of invalid) {
        it(testCase.name, { meta: { excuses: excusesOf(testCase) } }, () => {
          checkInvalid(rule, testCase);
        });
      }
    });
    it('survives mutations of these cases', () => {
      const plain = [...valid, ...invalid].map(each => ({ ...each, code: parseFixture(dedent(each.code)).code }));
      fuzz([rule], plain, { seed: 1, rounds: roundsPerText });
    });
  });
}

function checkNames(cases: readonly ValidCase[]): void {
  const seen = new Set<string>();
  for (const { name } of cases) {
    if (name.trim() === '') throw new Error('A case has no name.');
    if (seen.has(name)) throw new Error(`Two cases are named "${name}".`);
    seen.add(name);
  }
}
