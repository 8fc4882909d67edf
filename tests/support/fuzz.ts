import type { ThreadHygieneSettings } from '../../src/settings.js';
import { configOf, type TestedRule } from './plugin-config.js';
import { applyFix, createRun, lint, parse, type Run } from './runs.js';

/** How many mutations of each case a test run lints; `.ci/nightly` sets more. */
export const roundsPerText = Number(process.env['THREAD_HYGIENE_FUZZ_ROUNDS'] ?? 3);

/** A text to mutate, and how it is linted. */
export interface FuzzText {
  code: string;
  filename?: string;
  settings?: ThreadHygieneSettings;
}

/**
 * Lints random mutations of `texts` (without types) with every rule. A mutation that does not parse counts for nothing;
 * for the others no rule may throw, and what each of their edits makes of it must parse.
 *
 * @returns how many mutations parsed.
 * @throws Error with the text of the mutation, and the original failure as its cause.
 */
export function fuzz(
  rules: readonly TestedRule[],
  texts: readonly FuzzText[],
  { seed, rounds }: { seed: number; rounds: number },
): number {
  if (process.env['THREAD_HYGIENE_STRICT'] !== '1') {
    throw new Error('Set THREAD_HYGIENE_STRICT=1; without it the analysis swallows its failures.');
  }
  const random = createRandom(seed);
  const codes = texts.map(({ code }) => code);
  let parsed = 0;
  for (const text of texts) {
    const run = createRun('TypeScript without types', text);
    for (let round = 0; round < rounds; round++) {
      const code = mutate(text.code, codes, random);
      if (!canParse(run, code)) continue;
      parsed++;
      for (const rule of rules) probe(run, rule, { ...text, code });
    }
  }
  return parsed;
}

function probe(run: Run, rule: TestedRule, { code, settings }: FuzzText): void {
  try {
    for (const { fix, suggestions = [] } of lint(run, code, configOf(rule, { settings }))) {
      for (const edit of [fix, ...suggestions.map(suggestion => suggestion.fix)]) {
        if (edit !== undefined) parse(run, applyFix(code, edit));
      }
    }
  } catch (error) {
    throw new Error(`${rule.name} fails on:\n${code}`, { cause: error });
  }
}

function canParse(run: Run, text: string): boolean {
  try {
    parse(run, text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

type Random = (below: number) => number;

/** One to three random changes: a token or a line is dropped, repeated, moved, or comes from another text. */
function mutate(code: string, codes: readonly string[], random: Random): string {
  let result = code;
  for (let changes = 1 + random(3); changes > 0; changes--) {
    const split = random(2) === 0 ? linesOf : tokensOf;
    const pieces = split(result);
    const donors = random(2) === 0 ? pieces : split(codes[random(codes.length)] ?? '');
    const inserted = donors[random(donors.length)] ?? '';
    pieces.splice(random(pieces.length), random(2), ...(random(2) === 0 ? [] : [inserted]));
    result = pieces.join('');
  }
  return result;
}

function linesOf(code: string): string[] {
  return code.split(/(?<=\n)/u);
}

function tokensOf(code: string): string[] {
  return code.match(/\s+|[\w$]+|[^\w$\s]/gu) ?? [];
}

/** Mulberry32: small, and the same on every machine, so that a failing seed can be run again. */
function createRandom(seed: number): Random {
  let state = seed;
  return below => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, below);
  };
}
