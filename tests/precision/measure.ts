import { readFileSync } from 'node:fs';
import path from 'node:path';

import * as parser from '@typescript-eslint/parser';
import { TSESLint } from '@typescript-eslint/utils';

import type { Confidence, FindingKind, Outcome } from '../../src/analysis/findings.js';
import { analyseFile } from '../../src/file-analysis.js';

/** A package of the corpus: the files to read are given in `paths`. */
export interface CorpusPackage {
  readonly package: string;
  readonly version: string;
  readonly repository?: string;
  readonly paths: readonly string[];
}

/** One report over the corpus. `line` is that of the pinned version. */
export interface Report {
  readonly package: string;
  readonly file: string;
  readonly line: number;
  readonly kind: FindingKind;
  readonly confidence: Confidence;
}

/** What the analysis said of a corpus. */
export interface Measurement {
  readonly files: number;
  readonly lines: number;
  readonly reports: readonly Report[];
  /** How often each outcome occurs: `released`, `handedOver: returned`, `unknown: tooComplex`, `reported`. */
  readonly outcomes: ReadonlyMap<string, number>;
}

/** Analyses the locks of all packages under `folder`, without types, as their dependencies are not installed. */
export function measure(packages: readonly CorpusPackage[], folder: string): Measurement {
  const reports: Report[] = [];
  const outcomes = new Map<string, number>();
  let files = 0;
  let lines = 0;
  for (const { package: name, version, paths } of packages) {
    for (const file of paths) {
      const filename = path.join(folder, `${name.replace('/', '+')}@${version}`, file);
      const text = readFileSync(filename, 'utf8');
      files++;
      lines += text.split('\n').length;
      for (const outcome of outcomesOf(text, filename)) {
        const label = labelOf(outcome);
        outcomes.set(label, (outcomes.get(label) ?? 0) + 1);
        if (outcome.kind === 'reported') {
          const { kind, confidence } = outcome.finding;
          reports.push({ package: name, file, line: outcome.obligation.acquire.loc.start.line, kind, confidence });
        }
      }
    }
  }
  return { files, lines, reports, outcomes };
}

function labelOf(outcome: Outcome): string {
  return 'reason' in outcome ? `${outcome.kind}: ${outcome.reason}` : outcome.kind;
}

/** The outcomes of one file, read by a rule that reports nothing. */
function outcomesOf(text: string, filename: string): readonly Outcome[] {
  let outcomes: readonly Outcome[] = [];
  const rule = (context: Readonly<TSESLint.RuleContext<string, readonly unknown[]>>) => ({
    'Program:exit'() {
      outcomes = analyseFile(context).outcomes(['lock']);
    },
  });
  const [error] = new TSESLint.Linter({ cwd: path.dirname(filename) }).verify(
    text,
    {
      files: ['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}'],
      plugins: { reader: { rules: { outcomes: { create: rule } } } },
      rules: { 'reader/outcomes': 'error' },
      languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
      linterOptions: { reportUnusedDisableDirectives: 'off' },
    },
    { filename, allowInlineConfig: false },
  );
  if (error !== undefined) {
    throw new Error(`${filename}: ${error.message}`);
  }
  return outcomes;
}
