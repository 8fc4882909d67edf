import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { expect, it } from 'vitest';

import { repository } from '../support/repository.js';

const build = pathToFileURL(path.join(repository, 'dist/src/index.js')).href;
const compiler = pathToFileURL(path.join(repository, 'node_modules/typescript/lib/typescript.js')).href;

it('loads no TypeScript, no parser, no ESLint and no tables of node types', () => {
  expect(packagesLoadedBy(build)).not.toEqual(expect.arrayContaining([expect.stringMatching(tooHeavy)]));
});

it('would be caught loading TypeScript', () => {
  expect(packagesLoadedBy(build, compiler)).toContain('typescript');
});

const tooHeavy = /^(?:typescript|ts-api-utils|eslint|@typescript-eslint\/(?:parser|types|typescript-estree|type-utils))$/u;

/** The packages of `node_modules` that a fresh process has evaluated CommonJS modules of after these imports. */
function packagesLoadedBy(...urls: string[]): string[] {
  const script = `
    import { createRequire } from 'node:module';
    for (const url of ${JSON.stringify(urls)}) await import(url);
    console.log(JSON.stringify(Object.keys(createRequire(${JSON.stringify(build)}).cache)));
  `;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
  const files: string[] = JSON.parse(output);
  return files.map(file => /.*[/\\]node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)/u.exec(file)?.[1] ?? file);
}
