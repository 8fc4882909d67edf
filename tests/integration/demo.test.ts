import { spawnSync } from 'node:child_process';
import path from 'node:path';

import { expect, it } from 'vitest';

import { repository } from '../support/repository.js';

/** Places of what `npm run demo` finds in the example program, as it prints them. */
const places = /^(?<place>docs\/examples\/\S+?:\d+):\d+ +thread-hygiene\/(?<rule>\S+)$/gmu;

it('audits the example program and says what to do next', () => {
  const { status, stdout, stderr } = runDemo();

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const found = [...stdout.matchAll(places)].map(({ groups }) => `${groups?.['place'] ?? ''} ${groups?.['rule'] ?? ''}`);
  expect(found).toEqual([
    'docs/examples/src/image-catalog.ts:32 no-unreleased-handle',
    'docs/examples/src/image-catalog.ts:40 no-unreleased-handle',
    'docs/examples/src/original-store.ts:51 no-unreleased-lock',
    'docs/examples/src/progress-stream.ts:12 no-ineffective-removal',
    'docs/examples/src/thumbnail-pool.ts:24 no-unreleased-lock',
    'docs/examples/src/thumbnail-pool.ts:25 no-unjoined-worker',
    'docs/examples/src/thumbnail-pool.ts:41 no-unjoined-worker',
    'docs/examples/src/thumbnail-service.ts:27 no-unreleased-lock',
  ]);
  const explained = /explain (?<place>\S+)/u.exec(stdout)?.groups?.['place'] ?? 'nothing';
  expect(found.map(finding => finding.split(' ')[0])).toContain(explained);
});

it('audits a path of the user instead', () => {
  const { status, stdout } = runDemo('docs/examples/src/thumbnail-cache.ts');

  expect(status).toBe(0);
  expect(stdout).toMatch(/^No findings in 1 file\.$/mu);
  expect(stdout).not.toContain('Next:');
});

it('has an example program that compiles', { timeout: 60_000 }, () => {
  const compiler = path.join(repository, 'node_modules/typescript/bin/tsc');

  const { status, stdout } = spawnSync(process.execPath, [compiler, '--project', 'docs/examples'], {
    cwd: repository,
    encoding: 'utf8',
  });

  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});

function runDemo(...paths: string[]) {
  return spawnSync(process.execPath, ['docs/demo.mjs', ...paths], { cwd: repository, encoding: 'utf8', env: { PATH: process.env['PATH'] } });
}
