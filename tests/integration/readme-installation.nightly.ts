import { execFileSync, execSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { lintFolder, runNode } from '../support/consumer-project.js';
import { repository } from '../support/repository.js';
import { printedInstallLine, writePrintedConfiguration } from './readme.js';

const folder = mkdtempSync(path.join(tmpdir(), 'thread-hygiene-'));
let tarball: string;

beforeAll(() => {
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], { cwd: repository });
  tarball = path.join(folder, readdirSync(folder).find(name => name.endsWith('.tgz')) ?? '');
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.each([
  ['typescript', 'counter.ts: thread-hygiene/no-unreleased-lock missedOnException'],
  ['javascript', 'counter.js: thread-hygiene/no-unreleased-lock handleDropped'],
])('a project of %s, installed with the line of the README', (kind, report) => {
  const project = path.join(folder, kind);

  beforeAll(() => {
    cpSync(path.join(repository, 'tests/fixtures/consumers', kind), project, { recursive: true });
    const line = printedInstallLine(kind).replace('eslint-plugin-thread-hygiene', tarball);
    execSync(line, { cwd: project });
    execSync('npm install async-mutex', { cwd: project });
  });

  it('has no two versions that contradict each other', () => {
    expect(() => execSync('npm ls --all', { cwd: project })).not.toThrow();
  });

  it('reports with the configuration of the README', () => {
    writePrintedConfiguration(kind, project);

    expect(lintFolder(project)).toEqual([report]);
  });

  it('reports in the audit, by its name', () => {
    const result = runNode(project, ['node_modules/.bin/eslint-plugin-thread-hygiene']);

    expect(result).toMatchObject({ status: 1, stderr: '' });
    expect(result.stdout).toContain('thread-hygiene/no-unreleased-lock');
  });
});
