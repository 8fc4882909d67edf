import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';

import manifest from '../../package.json' with { type: 'json' };
import { repository } from './repository.js';

/** What a command of a consumer printed, and how it ended. */
export interface CommandResult {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** A project that uses the built plugin. */
export interface ConsumerProject extends Disposable {
  folder: string;
  /** Runs a script in the project: `runNode(['node_modules/eslint/bin/eslint.js', '.'])`. */
  runNode(scriptAndArguments: readonly string[]): CommandResult;
  /** Lints the project with its own ESLint and configuration. Gives the reports: file, rule and message id. */
  lint(): string[];
}

/**
 * Makes a project from `tests/fixtures/consumers/<fixture>`, with copies of the built plugin and of the packages in
 * `copies` (name in the project to name in our `node_modules`). Copies, because a link would resolve its own imports
 * from our `node_modules`: the declarations of one ESLint would meet those of another. All else is found there, since the
 * project lies inside this repository.
 */
export function createConsumerProject(fixture: string, copies: Readonly<Record<string, string>>): ConsumerProject {
  const parent = path.join(repository, 'tests/temporary');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(path.join(parent, `${fixture}-`));
  cpSync(path.join(repository, 'tests/fixtures/consumers', fixture), folder, { recursive: true });
  const modules = path.join(folder, 'node_modules');
  for (const part of ['package.json', ...manifest.files]) {
    cpSync(path.join(repository, part), path.join(modules, manifest.name, part), { recursive: true });
  }
  for (const [name, source] of Object.entries(copies)) {
    cpSync(path.join(repository, 'node_modules', source), path.join(modules, name), { recursive: true });
  }
  return {
    folder,
    runNode: scriptAndArguments => runNode(folder, scriptAndArguments),
    lint: () => lintFolder(folder),
    [Symbol.dispose]() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Lints a folder with the ESLint that is installed there.
 *
 * @returns the reports: file, rule and message id.
 * @throws what ESLint said if it could not lint, or anything that it or Node warned of.
 */
export function lintFolder(folder: string): string[] {
  const { stdout, stderr } = runNode(folder, ['node_modules/eslint/bin/eslint.js', '--format', 'json', '.']);
  if (stderr !== '' || stdout === '') throw new Error(`${stdout}\n${stderr}`);
  const results: { filePath: string; messages: { ruleId: string; messageId: string }[] }[] = JSON.parse(stdout);
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, messageId }) => `${path.basename(filePath)}: ${ruleId} ${messageId}`),
  );
}

/** Runs a script of Node in a folder, without the environment of this run. */
export function runNode(folder: string, scriptAndArguments: readonly string[]): CommandResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, scriptAndArguments, {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], THREAD_HYGIENE_STRICT: '1' },
  });
  return { status, stdout, stderr };
}
