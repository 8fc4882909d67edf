import { afterEach, expect, it, vi } from 'vitest';

import { fuzz } from './fuzz.js';
import { createToyRule } from './toy-rule.js';

const texts = [{ code: `open('a');\nopen('b');\n` }, { code: `if (a) {\n  open(b);\n}\n` }];
const extent = { seed: 1, rounds: 50 };

afterEach(() => {
  vi.unstubAllEnvs();
});

it('lints mutations that parse', () => {
  const seen = new Set<string>();
  const rule = createToyRule((_, { sourceCode }) => {
    seen.add(sourceCode.text);
    return {};
  });
  expect(fuzz([rule], texts, extent)).toBeGreaterThan(20);
  expect(seen.size).toBeGreaterThan(10);
});

it('does the same for the same seed', () => {
  const transcriptOf = (seed: number): string => {
    const seen: string[] = [];
    const rule = createToyRule((_, { sourceCode }) => {
      seen.push(sourceCode.text);
      return {};
    });
    fuzz([rule], texts, { ...extent, seed });
    return seen.join('\0');
  };
  expect(transcriptOf(1)).toBe(transcriptOf(1));
  expect(transcriptOf(1)).not.toBe(transcriptOf(2));
});

it('fails when a rule throws', () => {
  const rule = createToyRule(() => {
    throw new TypeError('broken');
  });
  expect(() => fuzz([rule], texts, extent)).toThrow(/toy fails on:\n/u);
});

it('fails when what an edit makes does not parse', () => {
  const rule = createToyRule(call => ({ fix: fixer => fixer.replaceText(call, '(') }));
  expect(() => fuzz([rule], texts, extent)).toThrow(/toy fails on:\n/u);
});

it('refuses to run where failures are swallowed', () => {
  vi.stubEnv('THREAD_HYGIENE_STRICT', '0');
  expect(() => fuzz([], texts, extent)).toThrow(/THREAD_HYGIENE_STRICT/u);
});
