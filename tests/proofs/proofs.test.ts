import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

import threadHygiene from '../../src/index.js';
import { repository } from '../support/repository.js';

// Every rule has a program in a lossy and a repaired form. The figures are on the rule's page; here the bounds are wide.

describe('no-unreleased-lock', () => {
  it('is about tasks that wait for ever and keep what they hold', () => {
    const lossy = runProof('no-unreleased-lock', 'lossy');

    expect(lossy).toMatchObject({ firstFailure: 'SyntaxError', finished: 0, waiting: 1_000 });
    expect(lossy['kilobytesHeld']).toBeGreaterThan(8_000);
  });

  it('is about nothing when the lock is released in finally', () => {
    const repaired = runProof('no-unreleased-lock', 'repaired');

    expect(repaired).toMatchObject({ firstFailure: 'SyntaxError', finished: 1_000, waiting: 0 });
    expect(repaired['kilobytesHeld']).toBeLessThan(2_000);
  });
});

describe('no-unreleased-handle', () => {
  it('is about a pool that runs dry and a query that waits for ever', () => {
    expect(runProof('no-unreleased-handle', 'lossy')).toMatchObject({
      failures: ['QueryFailedError', 'QueryFailedError'],
      outcome: 'no answer in 1000 ms',
      connections: 2,
      idle: 0,
      waiting: 1,
    });
  });

  it('is about nothing when the query runner is released in finally', () => {
    expect(runProof('no-unreleased-handle', 'repaired')).toMatchObject({
      failures: ['QueryFailedError', 'QueryFailedError'],
      outcome: '1 row',
      waiting: 0,
    });
  });
});

describe.each(Object.keys(threadHygiene.rules))('the proof of %s', name => {
  it('is reported in its lossy form alone', async () => {
    const file = proofOf(name);
    const lines = readFileSync(file, 'utf8').split('\n');
    const directive = lines.findIndex(line => line.includes('eslint-disable-next-line'));
    const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: threadHygiene.configs.strict, cwd: repository });

    const [result] = await eslint.lintText(lines.with(directive, '').join('\n'), { filePath: file });

    expect(result?.messages.map(({ ruleId, line }) => `${line}: ${ruleId ?? ''}`)).toEqual([
      `${directive + 2}: thread-hygiene/${name}`,
    ]);
  });
});

/** The figures that the proof of a rule prints for one form, in a process of its own. */
function runProof(name: string, form: 'lossy' | 'repaired'): Record<string, unknown> {
  const { stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', proofOf(name), form], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect(stderr).toBe('');
  const figures: Record<string, unknown> = JSON.parse(stdout);
  return figures;
}

function proofOf(name: string): string {
  return path.join(repository, 'tests/proofs', `${name}.proof.mjs`);
}
