import path from 'node:path';

import type { AuditOptions } from './command-line.js';
import { AuditError } from './errors.js';
import { type Host, isTerminal } from './host.js';
import { type Linting, setUpLinting, tsconfigWarnings } from './linting.js';
import { paintFor } from './paint.js';
import { showProgress } from './progress.js';
import { findRoot } from './project.js';
import { findingsText } from './report.js';
import type { AuditedFile } from './results.js';
import { findSourceFiles } from './source-files.js';
import { gatherStatistics } from './statistics.js';
import { applySuggestions } from './suggestions.js';
import { summaryText } from './summary.js';

/**
 * Lints `paths` and prints the findings and what the analysis saw.
 *
 * With `--format` and `--stats json` the standard output carries nothing but what a program asked for; the rest goes
 * to the standard error.
 *
 * @returns whether anything was found.
 * @throws AuditError if it could not run.
 */
export async function audit(paths: readonly string[], options: AuditOptions, host: Host): Promise<boolean> {
  const { cwd, stdout, stderr } = host;
  const nameOf = (file: string) => path.relative(cwd, file);
  const warn = (message: string) => void stderr.write(`${message}\n`);
  const absolute = paths.map(name => path.resolve(cwd, name));
  const root = findRoot(cwd, absolute);
  const sourceFiles = await findSourceFiles(absolute);
  const linting = await setUpLinting(root, sourceFiles, { ...options, progress: isTerminal(stderr) }, warn);

  const files = await lintAndRepair(linting, options, host);
  for (const warning of tsconfigWarnings(files, nameOf)) warn(warning);

  const statistics = gatherStatistics(files, nameOf);
  const { format, stats } = options;
  const forPeople = stats === undefined && format === undefined ? stdout : stderr;
  const paint = paintFor(forPeople);
  if (format === undefined) forPeople.write(findingsText(files, nameOf, paint));
  else (stats === undefined ? stdout : stderr).write(`${await linting.format(files, format)}\n`);
  if (stats === 'json') stdout.write(`${JSON.stringify(statistics, null, 2)}\n`);
  else forPeople.write(summaryText(statistics, paint));

  if (statistics.files.analysed + statistics.files.skipped.length === 0) {
    throw new AuditError('No file could be analysed.');
  }
  return statistics.findings.total > 0;
}

async function lintAndRepair(linting: Linting, options: AuditOptions, { stderr }: Host): Promise<AuditedFile[]> {
  const endProgress = isTerminal(stderr) ? showProgress(stderr, linting.fileCount) : undefined;
  let files: AuditedFile[];
  try {
    files = await linting.lintFiles();
  } finally {
    endProgress?.();
  }
  if (options.fix) await linting.writeFixes(files);
  if (!options.fixSuggestions) return files;

  const repaired: AuditedFile[] = [];
  for (const file of files) repaired.push(await applySuggestions(file, linting.lintText));
  return repaired;
}
