import { readFileSync } from 'node:fs';
import path from 'node:path';

import * as typescriptParser from '@typescript-eslint/parser';
import { type FlatConfig, Linter, type RuleContext } from '@typescript-eslint/utils/ts-eslint';
import type ts from 'typescript';

import { resourceKinds } from '../../src/analysis/specification.js';
import { analyseFile } from '../../src/file-analysis.js';
import threadHygiene from '../../src/thread-hygiene.js';
import { everydayResources } from './everyday-resources.js';

/** What came of linting many files. */
export interface Sweep {
  readonly files: number;
  readonly lines: number;
  /** Resources that their code acquires. */
  readonly obligations: number;
  readonly findings: number;
  readonly fixes: number;
  readonly suggestions: number;
  /** Files that no parser takes. */
  readonly notParsed: readonly string[];
  /** Files that a rule failed on, and how. */
  readonly failures: readonly string[];
  /** Edits after which the file does not parse any more. */
  readonly brokenEdits: readonly string[];
}

/**
 * Lints files with every rule and at every confidence, and parses what each edit makes of them.
 * Failures of the analysis are not swallowed where `THREAD_HYGIENE_STRICT` is 1.
 *
 * @param program gives the files their types
 */
export function sweep(files: readonly string[], program?: ts.Program): Sweep {
  const [notParsed, failures, brokenEdits]: [string[], string[], string[]] = [[], [], []];
  const counts = { files: 0, lines: 0, obligations: 0, findings: 0, fixes: 0, suggestions: 0 };
  for (const file of files) {
    const text = readFileSync(file, 'utf8').replace(/^\uFEFF/u, '');
    counts.files += 1;
    counts.lines += text.split('\n').length;
    try {
      const linted = lint(file, text, program);
      if (linted === undefined) {
        notParsed.push(file);
        continue;
      }
      const { messages, obligations, languageOptions } = linted;
      const edits = messages.flatMap(editsOf);
      counts.obligations += obligations;
      counts.findings += messages.length;
      counts.fixes += edits.filter(({ name }) => name === 'fix').length;
      counts.suggestions += edits.filter(({ name }) => name !== 'fix').length;
      brokenEdits.push(...brokenAmong(edits, file, text, languageOptions));
    } catch (error) {
      failures.push(`${file}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  return { ...counts, notParsed, failures, brokenEdits };
}

interface Linted {
  messages: readonly Linter.LintMessage[];
  obligations: number;
  /** With which the file parses. */
  languageOptions: FlatConfig.LanguageOptions;
}

function lint(file: string, text: string, program: ts.Program | undefined): Linted | undefined {
  for (const languageOptions of languagesOf(file, program)) {
    let obligations = 0;
    const counter = {
      create(context: Readonly<RuleContext<string, readonly unknown[]>>) {
        return {
          'Program:exit'() {
            obligations = analyseFile(context).outcomes(resourceKinds).length;
          },
        };
      },
    };
    const messages = verify(file, text, {
      languageOptions,
      plugins: { 'thread-hygiene': threadHygiene, sweep: { rules: { counter } } },
      rules: { ...allRules, 'sweep/counter': 'error' },
      settings: { 'thread-hygiene': { report: 'possible', resources: everydayResources } },
    });
    if (!messages.some(({ fatal }) => fatal)) return { messages, obligations, languageOptions };
  }
  return undefined;
}

const allRules = Object.fromEntries(
  Object.keys(threadHygiene.rules).map(name => [`thread-hygiene/${name}`, 'error'] as const),
);

/** The languages that a file may be written in, the likeliest first. */
function languagesOf(file: string, program: ts.Program | undefined): FlatConfig.LanguageOptions[] {
  const ecmaFeatures = { jsx: /x$|\.[cm]?js$/u.test(file) };
  if (program !== undefined) return [{ parser: typescriptParser, parserOptions: { ecmaFeatures, programs: [program] } }];
  if (/\.[cm]?tsx?$/u.test(file)) return [{ parser: typescriptParser, parserOptions: { ecmaFeatures } }];
  return (['module', 'commonjs', 'script'] as const).map(sourceType => ({ sourceType, parserOptions: { ecmaFeatures } }));
}

function verify(file: string, text: string, config: FlatConfig.Config): Linter.LintMessage[] {
  const linter = new Linter({ cwd: path.dirname(file) });
  const anyFile: FlatConfig.Config = { files: ['**/*.*'], linterOptions: { reportUnusedDisableDirectives: 'off' } };
  return linter.verify(text, [anyFile, config], { filename: file, allowInlineConfig: false });
}

interface Edit {
  readonly line: number;
  /** `fix`, or the id of a suggestion. */
  readonly name: string;
  readonly range: Readonly<[start: number, end: number]>;
  readonly text: string;
}

function editsOf({ line, fix, suggestions = [] }: Linter.LintMessage): Edit[] {
  return [
    ...(fix === undefined ? [] : [{ line, name: 'fix', ...fix }]),
    ...suggestions.map(suggestion => ({ line, name: suggestion.messageId ?? suggestion.desc, ...suggestion.fix })),
  ];
}

/** The edits after which the text does not parse. Those that lie apart are tried together first, to save time. */
function brokenAmong(
  edits: readonly Edit[],
  file: string,
  text: string,
  languageOptions: FlatConfig.LanguageOptions,
): string[] {
  const { parserOptions, ...language } = languageOptions;
  const untyped = { ...language, parserOptions: { ...parserOptions, programs: null } };
  const faultOf = (batch: readonly Edit[]): string | undefined =>
    verify(file, applied(batch, text), { languageOptions: untyped }).find(({ fatal }) => fatal)?.message;
  return batchesOf(edits)
    .filter(batch => faultOf(batch) !== undefined)
    .flatMap(batch =>
      batch.flatMap(edit => {
        const fault = faultOf([edit]);
        return fault === undefined ? [] : [`${file}:${String(edit.line)} ${edit.name}: ${fault}`];
      }),
    );
}

function batchesOf(edits: readonly Edit[]): Edit[][] {
  const batches: Edit[][] = [];
  for (const edit of [...edits].sort((left, right) => left.range[0] - right.range[0])) {
    const batch = batches.find(taken => (taken.at(-1)?.range[1] ?? 0) < edit.range[0]);
    if (batch === undefined) batches.push([edit]);
    else batch.push(edit);
  }
  return batches;
}

/** @param edits in order, apart from each other */
function applied(edits: readonly Edit[], text: string): string {
  return edits.reduceRight(
    (result, { range: [start, end], text: inserted }) => result.slice(0, start) + inserted + result.slice(end),
    text,
  );
}
