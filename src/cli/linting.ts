import type { AuditOptions } from './command-line.js';
import { AuditError } from './errors.js';
import type { ESLintInstance, ESLintModule } from './eslint-api.js';
import { optionsFor } from './eslint-options.js';
import { typescriptFile } from './parser.js';
import { loadToolchain } from './project.js';
import { filesWithPlugin, findPluginNamespace } from './project-config.js';
import { type LintRequest, requestURL } from './request.js';
import { type AuditedFile, auditedFile } from './results.js';
import { applySuppressions, readSuppressions } from './suppressions.js';

/** ESLint, set up for one project. */
export interface Linting {
  /** The files that can be linted. */
  files: string[];
  eslint: ESLintInstance;
  lintFiles(): Promise<AuditedFile[]>;
  /** Lints `text` as the content of `file`. */
  lintText(text: string, file: string): Promise<AuditedFile>;
  writeFixes(files: readonly AuditedFile[]): Promise<void>;
}

export interface LintingOptions extends AuditOptions {
  progress: boolean;
  explainLine?: number;
}

const scriptFile = /\.[cm]?[jt]sx?$/;

/**
 * Chooses tools and configuration for the project in `root`.
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
  const plain = new module.ESLint({ cwd: root });
  const own = await findPluginNamespace(plain, root, sourceFiles, warn);
  const files =
    own === undefined
      ? readableFiles(sourceFiles, typescriptAdvice, warn)
      : await filesWithPlugin(plain, own, sourceFiles);
  if (files.length === 0) throw new AuditError('There are no JavaScript or TypeScript files to audit.');

  const eslint = await createESLint(module, {
    root,
    configuration: own === undefined ? 'builtIn' : 'project',
    namespace: own ?? 'thread-hygiene',
    parsers,
    ...requestOptions(options),
  });
  return linting(eslint, module, files, own ?? 'thread-hygiene', root);
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

async function linting(
  eslint: ESLintInstance,
  { ESLint }: ESLintModule,
  files: string[],
  namespace: string,
  root: string,
): Promise<Linting> {
  const suppressions = await readSuppressions(root);
  const audited = (result: Parameters<typeof auditedFile>[0]): AuditedFile => {
    const file = auditedFile(result, namespace);
    return { ...file, result: applySuppressions(file.result, root, suppressions) };
  };
  return {
    files,
    eslint,
    async lintFiles() {
      return (await eslint.lintFiles(files)).map(audited);
    },
    async lintText(text, file) {
      const [result] = await eslint.lintText(text, { filePath: file });
      if (result === undefined) throw new AuditError(`${file} is ignored by the project's ESLint configuration.`);
      return audited(result);
    },
    writeFixes: fixed => ESLint.outputFixes(fixed.map(({ result }) => result)),
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
