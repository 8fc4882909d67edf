import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { repository } from '../support/repository.js';
import { checkEdits } from './checked-edits.js';

const rules = ['no-large-capture', 'no-large-clone', 'no-retained-local', 'no-unbounded-container'];

const largest = 100_000;

describe('the edits of the rules about what is kept and copied', () => {
  it('leave what TypeScript says as it was, all over node_modules', () => {
    const { complaints, ...counts } = checkEdits(filesOf(path.join(repository, 'node_modules')), rules);
    console.log(counts);

    expect(complaints).toEqual([]);
    expect(counts.fixes + counts.suggestions).toBeGreaterThan(0);
  });
});

function filesOf(folder: string): string[] {
  const seen = new Set<string>();
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /(?<!\.d)\.[cm]?[jt]s$/u.test(entry.name))
    .map(entry => path.join(entry.parentPath, entry.name))
    .sort()
    .filter(file => {
      const text = readFileSync(file, 'utf8');
      const isNew = text.length < largest && !seen.has(text) && growing.test(text);
      seen.add(text);
      return isNew;
    });
}

/** Where nothing is collected, sent, read at length or registered, nothing is reported. */
const growing = /new (?:Map|Set)\(|postMessage|workerData|readFile|FinalizationRegistry/u;
