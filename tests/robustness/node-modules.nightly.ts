import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';
import { describe, expect, it } from 'vitest';

import { repository } from '../support/repository.js';
import { type Sweep, sweep } from './sweep.js';

/** Every text of JavaScript and TypeScript that the dependencies bring along, once. */
const files = distinctFiles(path.join(repository, 'node_modules'));

/** Of which the typed run takes every so many: those that come from all packages, in a program that is not too large. */
const sampling = 25;
const largestTyped = 300_000;

describe('over all of node_modules', () => {
  it('no rule fails, and every edit leaves a text that parses', () => {
    const result = measured('without types', () => sweep(files));

    expect(result.failures).toEqual([]);
    expect(result.brokenEdits).toEqual([]);
    // What is left out is left out for a reason: texts in Flow, templates, files that are wrong on purpose.
    expect(result.notParsed.length).toBeLessThan(files.length / 100);
    expect(result.obligations).toBeGreaterThan(files.length);
  });

  it('no rule fails with types, and every edit leaves a text that parses', () => {
    const sample = files.filter(
      (file, index) => index % sampling === 0 && readFileSync(file).length < largestTyped && !file.endsWith('.d.ts'),
    );
    const program = ts.createProgram(sample, {
      allowJs: true,
      module: ts.ModuleKind.NodeNext,
      noEmit: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ESNext,
      types: [],
    });
    const result = measured('with types', () => sweep(sample, program));

    expect(result.failures).toEqual([]);
    expect(result.brokenEdits).toEqual([]);
    expect(result.obligations).toBeGreaterThan(sample.length);
  });
});

function measured(title: string, run: () => Sweep): Sweep {
  const start = performance.now();
  const result = run();
  const { notParsed, failures, brokenEdits, ...counts } = result;
  const seconds = Math.round((performance.now() - start) / 1000);
  console.log(title, { ...counts, notParsed: notParsed.length, failures: failures.length, brokenEdits: brokenEdits.length, seconds });
  return result;
}

function distinctFiles(folder: string): string[] {
  const seen = new Set<string>();
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.[cm]?[jt]sx?$/u.test(entry.name))
    .map(entry => path.join(entry.parentPath, entry.name))
    .filter(file => !path.relative(folder, file).startsWith('.'))
    .sort()
    .filter(file => {
      const digest = createHash('sha256').update(readFileSync(file)).digest('base64');
      const isNew = !seen.has(digest);
      seen.add(digest);
      return isNew;
    });
}
