import path from 'node:path';

import type { AuditOptions } from './command-line.js';
import { AuditError } from './errors.js';
import { explanationText, nothingOnLineText } from './explanation.js';
import type { Host } from './host.js';
import { setUpLinting, tsconfigWarnings } from './linting.js';
import { paintFor } from './paint.js';
import { findRoot } from './project.js';
import { findSourceFiles } from './source-files.js';

/**
 * Prints what the analysis knows of the resources acquired on a line.
 *
 * @returns whether one of them is reported.
 * @throws AuditError if the file cannot be analysed.
 */
export async function explain(name: string, line: number, options: AuditOptions, host: Host): Promise<boolean> {
  const { cwd, stdout, stderr } = host;
  const file = path.resolve(cwd, name);
  const warn = (message: string) => void stderr.write(`${message}\n`);
  const linting = await setUpLinting(
    findRoot(cwd, [file]),
    await findSourceFiles([file]),
    { ...options, fix: false, concurrency: 'off', progress: false, explainLine: line },
    warn,
  );
  const [audited] = await linting.lintFiles();
  if (audited === undefined) throw new AuditError(`${name} is ignored by the project's ESLint configuration.`);
  if (audited.parseError) throw new AuditError(`${name} could not be parsed: ${audited.parseError.message}`);
  for (const warning of tsconfigWarnings([audited], other => path.relative(cwd, other))) warn(warning);

  const paint = paintFor(stdout);
  const obligations = audited.facts.flatMap(facts => facts.obligations);
  const onLine = obligations.filter(({ acquire }) => acquire.line <= line && line <= acquire.endLine);
  stdout.write(
    onLine.length === 0
      ? nothingOnLineText(name, line, obligations, audited.facts.flatMap(({ candidates }) => candidates))
      : onLine.map(obligation => explanationText(name, obligation, audited, paint)).join('\n'),
  );
  return audited.result.messages.some(message => onLine.some(({ acquire }) => acquire.line === message.line));
}
