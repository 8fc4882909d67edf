import type { AuditOptions } from './command-line.js';
import { AuditError } from './errors.js';
import type { ESLintInstance, ESLintModule, LintResult } from './eslint-api.js';
import { optionsFor } from './eslint-options.js';
import { typescriptFile } from './parser.js';
import { loadToolchain } from './project.js';
import { divideByConfiguration } from './project-config.js';
import { type LintRequest, requestURL } from './request.js';
import { type AuditedFile, auditedFile } from './results.js';
import { applySuppressions, readSuppressions, type Suppressions } from './suppressions.js';

/** ESLint, set up for one project. */
export interface Linting {
  fileCount: number;
  lintFiles(): Promise<AuditedFile[]>;
  /** Lints `text` as the content of `file`. */
  lintText(text: string, file: string): Promise<AuditedFile>;
  writeFixes(files: readonly AuditedFile[]): Promise<void>;
  /** What ESLint's formatter `name` makes of `files`. */
  format(files: readonly AuditedFile[], name: string): Promise<string>;
}

export interface LintingOptions extends AuditOptions {
  progress: boolean;
  explainLine?: number;
}

const scriptFile = /\.[cm]?[jt]sx?$/;

/**
 * Chooses tools and configurations for the project in `root`.
 *
 * @param sourceFiles absolute paths.
 * @param warn told what the run has to do without.
 * @throws AuditError if there is nothing to lint, or nothing to lint it with.
 */
export async function setUpLinting(
  root: string,
  sourceFiles: readonly string[],
  options: LintingOptions,
  warn: (message: string) => void,
): Promise<Linting> {
  const { eslint: module, parsers, typescriptAdvice } = await loadToolchain(root);
  const { own, builtIn } = await divideByConfiguration(new module.ESLint({ cwd: root }), sourceFiles, warn);
  const readable = readableFiles(builtIn, typescriptAdvice, warn);
  const parts: Omit<Run, 'eslint'>[] = [
    ...[...own].map(([namespace, files]) => ({ configuration: 'project' as const, namespace, files })),
    ...(readable.length > 0
      ? [{ configuration: 'builtIn' as const, namespace: 'thread-hygiene', files: readable }]
      : []),
  ];
  const runs: Run[] = [];
  for (const part of parts) {
    const { configuration, namespace } = part;
    const request = { root, parsers, configuration, namespace, ...requestOptions(options) };
    runs.push({ ...part, eslint: await createESLint(module, request) });
  }
  const [first] = runs;
  if (first === undefined) throw new AuditError('There are no JavaScript or TypeScript files to audit.');
  return createLinting([first, ...runs.slice(1)], module, root, await readSuppressions(root));
}

/** One configuration and the files that it decides over. */
interface Run {
  configuration: LintRequest['configuration'];
  /** The name of our plugin in it. */
  namespace: string;
  files: string[];
  eslint: ESLintInstance;
}

function requestOptions({ report, rules, types, concurrency, fix, progress, explainLine }: LintingOptions) {
  return {
    types,
    concurrency,
    fix,
    progress,
    ...(report && { report }),
    ...(rules && { rules }),
    ...(explainLine !== undefined && { explainLine }),
  };
}

/** ESLint clones the options of a run with several threads unless it is told where they come from. */
async function createESLint({ ESLint }: ESLintModule, request: LintRequest): Promise<ESLintInstance> {
  if (request.concurrency === 'off') return new ESLint(optionsFor(request));
  return ESLint.fromOptionsModule(requestURL(new URL('./options-module.js', import.meta.url), request));
}

function createLinting(
  runs: readonly [Run, ...Run[]],
  { ESLint }: ESLintModule,
  root: string,
  suppressions: Suppressions,
): Linting {
  const audited = (result: LintResult, { namespace }: Run): AuditedFile => {
    const file = auditedFile(result, namespace);
    return { ...file, result: applySuppressions(file.result, root, suppressions) };
  };
  return {
    fileCount: runs.reduce((count, { files }) => count + files.length, 0),
    async lintFiles() {
      const audits: AuditedFile[] = [];
      for (const run of runs) {
        audits.push(...(await run.eslint.lintFiles(run.files)).map(result => audited(result, run)));
      }
      return audits;
    },
    async lintText(text, file) {
      const run = runs.find(({ files }) => files.includes(file)) ?? runs[0];
      const [result] = await run.eslint.lintText(text, { filePath: file });
      if (result === undefined) throw new AuditError(`${file} is ignored by the project's ESLint configuration.`);
      return audited(result, run);
    },
    writeFixes: files => ESLint.outputFixes(files.map(({ result }) => result)),
    async format(files, name) {
      const formatter = await runs[0].eslint.loadFormatter(name);
      return formatter.format(files.map(({ result }) => result));
    },
  };
}

/** The files that the built-in configuration can parse. */
function readableFiles(
  files: readonly string[],
  typescriptAdvice: string | undefined,
  warn: (message: string) => void,
): string[] {
  const scripts = files.filter(file => scriptFile.test(file));
  if (typescriptAdvice === undefined || !scripts.some(file => typescriptFile.test(file))) return scripts;
  warn(typescriptAdvice);
  return scripts.filter(file => !typescriptFile.test(file));
}

/** What is wrong with tsconfigs of `files`, once for each, in words. */
export function tsconfigWarnings(files: readonly AuditedFile[], nameOf: (file: string) => string): string[] {
  const problems = files.flatMap(({ facts }) => facts.flatMap(({ tsconfigProblem }) => tsconfigProblem ?? []));
  const once = new Map(problems.map(({ file, message }) => [file, message]));
  return [...once].map(([file, message]) => `${nameOf(file)} is broken, so types may be missing: ${message}`);
}
