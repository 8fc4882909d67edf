import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { checkEdits } from './checked-edits.js';

/** One fix, to a `WeakSet`, and one suggestion, to delete in `finally`. */
const growing = `const open = new Set<Session>();
export class Session {
  constructor() {
    open.add(this);
  }
  get isOpen(): boolean {
    return open.has(this);
  }
}
const running = new Map<string, Promise<void>>();
export async function run(jobId: string, work: () => Promise<void>): Promise<void> {
  const job = work();
  running.set(jobId, job);
  await job;
  running.delete(jobId);
}
`;

describe('a check of edits', () => {
  it('asks TypeScript before and after', () => {
    using folder = createFolder({ 'growing.ts': growing, 'wrong.ts': 'export const one: string = 1;\n' });

    expect(checkEdits(folder.files, ['no-unbounded-container'])).toEqual({ files: 2, fixes: 1, suggestions: 1, complaints: [] });
  });

  it('names the edit that TypeScript does not like', () => {
    // A `WeakSet` that answers otherwise than a `Set` does.
    const declaration = 'declare global { interface WeakSet<T extends WeakKey> { has(value: object): string; } }';
    using folder = createFolder({ 'growing.ts': `${growing}${declaration}\n` });

    const { complaints } = checkEdits(folder.files, ['no-unbounded-container']);

    expect(complaints).toEqual([expect.stringContaining('fix: ')]);
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
