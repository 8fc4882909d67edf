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
    cpSync(path.join(repository, part), path.join(modules, 'eslint-plugin-thread-hygiene', part), { recursive: true });
  }
  for (const [name, source] of Object.entries(copies)) {
    cpSync(path.join(repository, 'node_modules', source), path.join(modules, name), { recursive: true });
  }
  return {
    folder,
    runNode(scriptAndArguments) {
      const { status, stdout, stderr } = spawnSync(process.execPath, scriptAndArguments, {
        cwd: folder,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], THREAD_HYGIENE_STRICT: '1' },
      });
      return { status, stdout, stderr };
    },
    [Symbol.dispose]() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
