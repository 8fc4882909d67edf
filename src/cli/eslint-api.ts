import type { TSESLint } from '@typescript-eslint/utils';

export type LintMessage = TSESLint.FlatESLint.LintMessage;
export type LintResult = TSESLint.FlatESLint.LintResult;
export type Config = TSESLint.FlatConfig.Config;

/** ESLint's options with those that came after the types of `@typescript-eslint/utils`. */
export interface ESLintOptions extends TSESLint.FlatESLint.ESLintOptions {
  concurrency?: Concurrency;
}

export type Concurrency = number | 'auto' | 'off';

/** The part of an `ESLint` instance that the audit uses, the same in ESLint 9.34 and later and 10. */
export interface ESLintInstance {
  lintFiles(files: string[]): Promise<LintResult[]>;
  lintText(text: string, options: { filePath: string }): Promise<LintResult[]>;
  calculateConfigForFile(file: string): Promise<Config | undefined>;
  findConfigFile(file?: string): Promise<string | undefined>;
  getRulesMetaForResults(results: LintResult[]): Record<string, unknown>;
  loadFormatter(name?: string): Promise<{ format(results: LintResult[], meta?: unknown): string | Promise<string> }>;
}

/** The part of the module `eslint` that the audit uses. */
export interface ESLintModule {
  ESLint: {
    readonly version: string;
    new (options: ESLintOptions): ESLintInstance;
    fromOptionsModule(url: URL): Promise<ESLintInstance>;
    outputFixes(results: LintResult[]): Promise<void>;
  };
}
