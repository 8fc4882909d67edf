import { readFileSync } from 'node:fs';
import path from 'node:path';

import * as parser from '@typescript-eslint/parser';
import { TSESLint } from '@typescript-eslint/utils';

import { rules } from '../../rules/index.js';
import type { Confidence, Outcome } from '../../src/analysis/findings.js';
import { functionAround } from '../../src/analysis/syntax/functions.js';
import { analyseFile } from '../../src/file-analysis.js';
import type { RuleName } from '../../src/plugin.js';
import type { Words } from './copies.js';
import { isCopy, wordsOf } from './copies.js';

/** A package of a corpus with the files to read. */
export interface CorpusPackage {
  readonly package: string;
  readonly version: string;
  readonly repository?: string;
  readonly paths: readonly string[];
}

/** One report over the corpus. `line` is that of the pinned version, `kind` the message id. */
export interface Report {
  readonly rule: RuleName;
  readonly package: string;
  readonly file: string;
  readonly line: number;
  readonly kind: string;
  readonly confidence: Confidence;
  /** The package of an earlier report of the rule in a copy of the function. Such a report does not count. */
  readonly copyOf?: string;
}

/** What the rules said of a corpus. */
export interface Measurement {
  readonly files: number;
  readonly lines: number;
  readonly reports: readonly Report[];
  /** By rule, for those that count: how often each outcome occurs (`released`, `handedOver: returned`, `reported`). */
  readonly outcomes: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Functions with a report, to know their copies by. */
export type ReportedFunctions = {
  readonly rule: RuleName;
  readonly package: string;
  readonly file: string;
  readonly start: number;
  readonly words: Words;
}[];

/** What is measured on the draws of a family. */
export const measuredRules: Readonly<Record<'locks' | 'rules', readonly RuleName[]>> = {
  locks: ['no-unreleased-lock'],
  rules: Object.keys(rules).filter(isOtherRule),
};

function isOtherRule(name: string): name is RuleName {
  return name in rules && name !== 'no-unreleased-lock';
}

const confidences = ['certain', 'likely', 'possible'] as const satisfies readonly Confidence[];

/**
 * Lints all packages under `folder`, without types, as their dependencies are not installed.
 *
 * @param seen functions that are reported in earlier corpora; those of this one are added.
 */
export function measure(
  packages: readonly CorpusPackage[],
  folder: string,
  names: readonly RuleName[],
  seen: ReportedFunctions = [],
): Measurement {
  const reports: Report[] = [];
  const outcomes: Record<string, Record<string, number>> = {};
  let files = 0;
  let lines = 0;
  for (const { package: name, version, paths } of packages) {
    for (const file of paths) {
      const filename = path.join(folder, `${name.replace('/', '+')}@${version}`, file);
      const text = readFileSync(filename, 'utf8');
      files++;
      lines += text.split('\n').length;
      const result = lint(text, filename, names);
      for (const [rule, list] of result.outcomes) {
        const counts = (outcomes[rule] ??= {});
        for (const label of list.map(labelOf)) {
          counts[label] = (counts[label] ?? 0) + 1;
        }
      }
      for (const { rule, line, kind, confidence, owner } of result.reports) {
        const own = { rule, package: name, file, start: owner[0], words: wordsOf(text.slice(...owner)) };
        const copy = seen.find(other => other.rule === rule && !isSameFunction(other, own) && isCopy(other.words, own.words));
        const copyOf = copy === undefined ? {} : { copyOf: copy.package };
        reports.push({ rule, package: name, file, line, kind, confidence, ...copyOf });
        seen.push(own);
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

interface FileReport extends Pick<Report, 'rule' | 'line' | 'kind' | 'confidence'> {
  /** The range of the function around it, or of the file. */
  readonly owner: readonly [number, number];
}

/**
 * Lints one file. Each rule is there three times, once for each confidence that it can be asked for: a report has the
 * highest at which it is shown.
 */
function lint(
  text: string,
  filename: string,
  names: readonly RuleName[],
): { reports: readonly FileReport[]; outcomes: ReadonlyMap<RuleName, readonly Outcome[]> } {
  const outcomes = new Map<RuleName, readonly Outcome[]>();
  const reader = (context: Readonly<TSESLint.RuleContext<string, readonly unknown[]>>) => ({
    'Program:exit'() {
      for (const name of names) {
        const kinds = rules[name].meta.docs?.kinds ?? [];
        if (kinds.length > 0) outcomes.set(name, analyseFile(context).outcomes(kinds));
      }
    },
  });
  const linter = new TSESLint.Linter({ cwd: path.dirname(filename) });
  const messages = linter.verify(
    text,
    {
      files: ['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}'],
      plugins: {
        ...Object.fromEntries(confidences.map(confidence => [confidence, { rules }])),
        outcomes: { rules: { reader: { create: reader } } },
      },
      rules: {
        ...Object.fromEntries(
          confidences.flatMap(report => names.map(name => [`${report}/${name}`, ['error', { report }]])),
        ),
        'outcomes/reader': 'error',
      },
      languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
      linterOptions: { reportUnusedDisableDirectives: 'off' },
    },
    { filename, allowInlineConfig: false },
  );
  // A published file that does not parse is nobody's finding.
  if (messages.some(({ fatal }) => fatal === true)) return { reports: [], outcomes };
  const sourceCode = linter.getSourceCode();
  const reports = new Map<string, FileReport>();
  for (const confidence of confidences) {
    for (const { ruleId, messageId, line, column } of messages) {
      const rule = names.find(name => ruleId === `${confidence}/${name}`);
      if (rule === undefined || messageId === undefined) continue;
      const index = sourceCode.getIndexFromLoc({ line, column: column - 1 });
      const node = sourceCode.getNodeByRangeIndex(index);
      const owner = (node === null ? undefined : functionAround(node)) ?? sourceCode.ast;
      const key = [rule, messageId, line, column].join(' ');
      if (!reports.has(key)) reports.set(key, { rule, line, kind: messageId, confidence, owner: owner.range });
    }
  }
  return { reports: [...reports.values()].sort((left, right) => left.line - right.line), outcomes };
}
