import { readFileSync } from 'node:fs';
import path from 'node:path';

import * as parser from '@typescript-eslint/parser';
import { TSESLint } from '@typescript-eslint/utils';

import type { Confidence, FindingKind, Outcome } from '../../src/analysis/findings.js';
import { analyseFile } from '../../src/file-analysis.js';
import type { Words } from './copies.js';
import { isCopy, wordsOf } from './copies.js';

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
  /** The package of an earlier report in a copy of the function. Such a report does not count. */
  readonly copyOf?: string;
}

/** What the analysis said of a corpus. */
export interface Measurement {
  readonly files: number;
  readonly lines: number;
  readonly reports: readonly Report[];
  /** How often each outcome occurs: `released`, `handedOver: returned`, `unknown: tooComplex`, `reported`. */
  readonly outcomes: Readonly<Record<string, number>>;
}

/** Functions with a report, to know their copies by. */
export type ReportedFunctions = { readonly package: string; readonly file: string; readonly start: number; readonly words: Words }[];

/**
 * Analyses the locks of all packages under `folder`, without types, as their dependencies are not installed.
 *
 * @param seen functions that are reported in earlier corpora; those of this one are added.
 */
export function measure(packages: readonly CorpusPackage[], folder: string, seen: ReportedFunctions = []): Measurement {
  const reports: Report[] = [];
  const outcomes: Record<string, number> = {};
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
        outcomes[label] = (outcomes[label] ?? 0) + 1;
        if (outcome.kind === 'reported') {
          const { kind, confidence } = outcome.finding;
          const { acquire, owner } = outcome.obligation;
          const words = wordsOf(text.slice(...owner.range));
          const own = { package: name, file, start: owner.range[0], words };
          const copy = seen.find(other => !isSameFunction(other, own) && isCopy(other.words, words));
          reports.push({
            package: name,
            file,
            line: acquire.loc.start.line,
            kind,
            confidence,
            ...(copy === undefined ? {} : { copyOf: copy.package }),
          });
          seen.push(own);
        }
      }
    }
  }
  return { files, lines, reports, outcomes };
}

function isSameFunction(left: ReportedFunctions[number], right: ReportedFunctions[number]): boolean {
  return left.package === right.package && left.file === right.file && left.start === right.start;
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
