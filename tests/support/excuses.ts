import type { InvalidCase } from './rule-case.js';

/** The fields by which a rule case says why its three runs are not alike. */
export const excuses = [
  'onlyTyped',
  'onlySyntax',
  'editsNeedTypes',
  'typescriptOnly',
  'unresolvedImports',
] as const satisfies readonly (keyof InvalidCase)[];

export type Excuse = (typeof excuses)[number];

declare module 'vitest' {
  interface TaskMeta {
    /** What this rule case excuses itself from. Left out for tests that are no rule cases. */
    excuses?: readonly Excuse[];
  }
}

export function excusesOf(testCase: InvalidCase): Excuse[] {
  return excuses.filter(excuse => testCase[excuse] !== undefined);
}
