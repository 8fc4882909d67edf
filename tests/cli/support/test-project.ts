import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Output } from '../../../src/cli/host.js';
import { run } from '../../../src/cli/run.js';
import { repository } from '../../support/repository.js';

export interface RunResult {
  code: 0 | 1 | 2;
  stdout: string;
  stderr: string;
}

/** A small project outside this repository, so that it has no dependencies but those that it is given. */
export interface TestProject extends Disposable {
  folder: string;
  /** Runs the command line in the project's folder, in this process. */
  run(...argv: string[]): Promise<RunResult>;
  read(file: string): string;
}

/**
 * @param files text by path.
 * @param dependencies links in `node_modules`, by name: a path in this repository.
 */
export function createTestProject(
  files: Readonly<Record<string, string>>,
  dependencies: Readonly<Record<string, string>> = {},
): TestProject {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'thread-hygiene-')));
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  for (const [name, target] of Object.entries(dependencies)) {
    const link = path.join(folder, 'node_modules', name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.join(repository, target), link);
  }
  return {
    folder,
    async run(...argv) {
      const [stdout, stderr] = [new RecordedOutput(), new RecordedOutput()];
      const code = await run(argv, { cwd: folder, stdout, stderr });
      return { code, stdout: stdout.text, stderr: stderr.text };
    },
    read: file => readFileSync(path.join(folder, file), 'utf8'),
    [Symbol.dispose]() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Keeps what is written to it. */
export class RecordedOutput implements Output {
  text = '';
  isTTY = false;

  write(text: string): boolean {
    this.text += text;
    return true;
  }

  hasColors(): boolean {
    return true;
  }

  cursorTo(): void {
    this.text += '\r';
  }

  clearLine(): void {
    this.text += '\u{232B}';
  }
}

/** A lock that is lost when `JSON.parse` throws. */
export const leakyModule = `import { Mutex } from 'async-mutex';

const mutex = new Mutex();

export async function read(text) {
  const release = await mutex.acquire();
  const value = JSON.parse(text);
  release();
  return value;
}
`;

/** The same lock, released on every path. */
export const soundModule = `import { Mutex } from 'async-mutex';

const mutex = new Mutex();

export async function read(text) {
  const release = await mutex.acquire();
  try {
    return JSON.parse(text);
  } finally {
    release();
  }
}
`;
