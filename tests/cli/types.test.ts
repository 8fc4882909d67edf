import { existsSync } from 'node:fs';

import { describe, expect, it, vi } from 'vitest';

import { createTestProject, leakyModule, type TestProject } from './support/test-project.js';

/** Only its type tells what `locks.mutex` is. */
const typedLock = `import { locks } from './locks.js';

export async function read(text: string): Promise<unknown> {
  const release = await locks.mutex.acquire();
  const value: unknown = JSON.parse(text);
  release();
  return value;
}
`;
const locks = `import { Mutex } from 'async-mutex';

export const locks = { mutex: new Mutex() };
`;
const asyncMutex = { 'async-mutex': 'node_modules/async-mutex', tslib: 'node_modules/tslib' };
const tsconfig = JSON.stringify({ compilerOptions: { strict: true, module: 'nodenext' }, include: ['src'] });
const typedProject = { 'tsconfig.json': tsconfig, 'src/typed.ts': typedLock, 'src/locks.ts': locks };

/** How many files were analysed, and how many of them with types. */
async function typingIn(project: TestProject, ...argv: string[]): Promise<{ analysed: number; typed: number }> {
  const { stdout } = await project.run('--stats', 'json', ...argv);
  const { files }: { files: { analysed: number; typed: number } } = JSON.parse(stdout);
  return { analysed: files.analysed, typed: files.typed };
}

describe('the types of an audit', () => {
  it('come from the tsconfig that covers a file', async () => {
    using project = createTestProject(typedProject, asyncMutex);

    const { code, stdout } = await project.run();

    expect(code).toBe(1);
    expect(stdout).toContain('src/typed.ts:4:25');
    expect(stdout).toContain('2 files analysed, 2 with types');
  });

  it('are missing where no tsconfig covers a file, which is linted all the same', async () => {
    using project = createTestProject({
      'tsconfig.json': tsconfig,
      'src/covered.ts': 'export {};',
      'scripts/other.ts': leakyModule.replace('text', 'text: string'),
      'scripts/other.js': leakyModule,
    });

    expect(await typingIn(project)).toEqual({ analysed: 3, typed: 1 });
    expect((await project.run()).stdout).toContain('2 findings in 3 files.');
  });

  it('come from a referenced tsconfig', async () => {
    using project = createTestProject({
      'tsconfig.json': JSON.stringify({ files: [], references: [{ path: './tsconfig.app.json' }] }),
      'tsconfig.app.json': JSON.stringify({ compilerOptions: { composite: true }, include: ['app'] }),
      'app/main.ts': 'export {};',
    });

    expect(await typingIn(project)).toEqual({ analysed: 1, typed: 1 });
  });

  it('come for JavaScript from a tsconfig with `allowJs`', async () => {
    using project = createTestProject({
      'tsconfig.json': JSON.stringify({ compilerOptions: { allowJs: true } }),
      'main.js': 'export {};',
    });

    expect(await typingIn(project)).toEqual({ analysed: 1, typed: 1 });
  });

  it('are not used with --no-types', async () => {
    using project = createTestProject(typedProject, asyncMutex);

    expect(await typingIn(project, '--no-types')).toEqual({ analysed: 2, typed: 0 });
    expect((await project.run('--no-types')).code).toBe(0);
  });

  it('are missing below a tsconfig that is not JSON, which is named once', async () => {
    using project = createTestProject({
      'tsconfig.json': '{ "include": [',
      'one.ts': 'export {};',
      'two.ts': 'export {};',
    });

    const { code, stdout, stderr } = await project.run();

    expect(code).toBe(0);
    expect(stdout).toContain('2 files analysed, 0 with types');
    expect(stderr).toMatchInlineSnapshot(`
      "tsconfig.json is broken, so types may be missing: ']' expected.
      "
    `);
  });

  it.for(['false', 'true'])('stay where a tsconfig extends one that is not installed, and CI is %s', async inCI => {
    vi.stubEnv('CI', inCI);
    using project = createTestProject({
      'tsconfig.json': JSON.stringify({ extends: '@tsconfig/node20/tsconfig.json' }),
      'one.ts': 'export {};',
      'two.ts': 'export {};',
    });

    const { stdout, stderr } = await project.run();

    expect(stdout).toContain('2 files analysed, 2 with types');
    expect(stderr).toMatchInlineSnapshot(`
      "tsconfig.json is broken, so types may be missing: File '@tsconfig/node20/tsconfig.json' not found.
      "
    `);
  });

  it('leave no trace in the project', async () => {
    using project = createTestProject({ 'tsconfig.json': tsconfig, 'src/main.ts': 'export {};' });

    await project.run();

    expect(existsSync(`${project.folder}/src/main.js`)).toBe(false);
  });
});
