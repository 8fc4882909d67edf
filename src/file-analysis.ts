import type { TSESLint } from '@typescript-eslint/utils';

import type { AnalysisFailure, Outcome } from './analysis/findings.js';
import type { ResourceKind } from './analysis/specification.js';

/** The facts of one file, computed once for all rules and on demand. */
export interface FileAnalysis {
  /** What became of every obligation of these kinds in the file, in source order. */
  outcomes(kinds: readonly ResourceKind[]): readonly Outcome[];
  /** Functions whose analysis failed so far. With `THREAD_HYGIENE_STRICT=1` the failure is thrown instead. */
  readonly failures: readonly AnalysisFailure[];
}

const analyses = new WeakMap<TSESLint.SourceCode, FileAnalysis>();

/**
 * The analysis of the file that `context` lints.
 *
 * @throws SettingsError if `settings['thread-hygiene']` is not valid.
 */
export function analyseFile(context: Readonly<TSESLint.RuleContext<string, readonly unknown[]>>): FileAnalysis {
  let analysis = analyses.get(context.sourceCode);
  if (analysis === undefined) {
    analysis = { outcomes: () => [], failures: [] };
    analyses.set(context.sourceCode, analysis);
  }
  return analysis;
}
