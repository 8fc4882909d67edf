import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import ts from 'typescript';
import { describe, expect, it } from 'vitest';

import { repository } from '../support/repository.js';
import { sweep } from './sweep.js';

const typed = ['docs/examples/src/original-store.ts', 'node_modules/@livekit/mutex/src/index.ts'].map(name =>
  path.join(repository, name),
);

/** A lock that is lost when `load` throws, and one that never is released. */
const leaky = `import { Mutex } from 'async-mutex';
const mutex = new Mutex();
export async function read(text) {
  const release = await mutex.acquire();
  const value = await load(text);
  release();
  return value;
}
export async function write(text) {
  const release = await mutex.acquire();
  await load(text);
}
`;

describe('a sweep', () => {
  it('lints with every rule and tries every edit', () => {
    using folder = createFolder({ 'leaky.js': leaky });

    const result = sweep(folder.files);

    expect(result).toMatchObject({ files: 1, lines: 13, notParsed: [], failures: [], brokenEdits: [] });
    expect(result.findings).toBeGreaterThan(0);
    expect(result.fixes).toBeGreaterThan(0);
    expect(result.suggestions).toBeGreaterThan(0);
  });

  it('lints with types', () => {
    const result = sweep(typed, ts.createProgram(typed, { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ESNext, types: [] }));

    expect(result).toMatchObject({ files: typed.length, notParsed: [], failures: [], brokenEdits: [] });
    expect(result.obligations).toBeGreaterThan(0);
  });

  it('lists what no parser takes', () => {
    using folder = createFolder({ 'broken.js': 'const = 1;', 'sloppy.cjs': 'with (console) log(1); return;' });

    expect(sweep(folder.files)).toMatchObject({ files: 2, notParsed: [folder.files[0]], failures: [] });
  });
});

function createFolder(texts: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(path.join(tmpdir(), 'thread-hygiene-'));
  for (const [name, text] of Object.entries(texts)) writeFileSync(path.join(folder, name), text);
  return {
    files: Object.keys(texts).map(name => path.join(folder, name)),
    [Symbol.dispose]() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
