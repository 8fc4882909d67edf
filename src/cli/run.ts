import { plugin } from '../plugin.js';
import { audit } from './audit.js';
import { parseCommandLine } from './command-line.js';
import { AuditError } from './errors.js';
import { explain } from './explain.js';
import { help } from './help.js';
import type { Host } from './host.js';

/** Not `instanceof`: it may come from the project's copy of the plugin, or from a worker thread. */
const settingsErrorName = 'SettingsError';

export type ExitCode = 0 | 1 | 2;

/** Runs one command line. Failures are printed, never thrown: 0 clean, 1 findings, 2 could not run. */
export async function run(argv: readonly string[], host: Host): Promise<ExitCode> {
  try {
    return (await execute(argv, host)) ? 1 : 0;
  } catch (error) {
    host.stderr.write(`${failureText(error)}\n`);
    return 2;
  }
}

async function execute(argv: readonly string[], host: Host): Promise<boolean> {
  const command = parseCommandLine(argv, Object.keys(plugin.rules));
  switch (command.kind) {
    case 'help':
      host.stdout.write(help);
      return false;
    case 'version':
      host.stdout.write(`${plugin.meta.version}\n`);
      return false;
    case 'audit':
      return audit(command.paths, command.options, host);
    case 'explain':
      return explain(command.file, command.line, command.options, host);
  }
}

/** Errors of the user's making say all there is to say; the stack of any other one is what a bug report needs. */
function failureText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isExplained = error instanceof AuditError || error.name === settingsErrorName;
  return isExplained ? error.message : (error.stack ?? error.message);
}
