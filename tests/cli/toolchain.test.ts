import { describe, expect, it } from 'vitest';

import { loadToolchain } from '../../src/cli/project.js';
import { createTestProject, leakyModule } from './support/test-project.js';

const installed = (name: string, version: string) => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, version, main: 'index.js' }),
  [`node_modules/${name}/index.js`]: '',
});

describe('the tools of an audit', () => {
  it.each([
    ['eslint', /^10\./],
    ['eslint-9', /^9\.39/],
    ['eslint-9-34', /^9\.34/],
  ])("are the project's own: %s", async (eslint, version) => {
    const suppressed = { 'suppressed.js': { 'thread-hygiene/no-unreleased-lock': { count: 1 } } };
    using project = createTestProject(
      {
        'leaky.js': leakyModule,
        'suppressed.js': leakyModule,
        'eslint-suppressions.json': JSON.stringify(suppressed),
      },
      { eslint: `node_modules/${eslint}` },
    );

    const { eslint: module } = await loadToolchain(project.folder);
    const { code, stdout } = await project.run();

    expect(module.ESLint.version).toMatch(version);
    expect(code).toBe(1);
    expect(stdout).toContain('leaky.js:6:25');
    expect(stdout).toContain('1 finding, 1 suppressed in 2 files.');
  });

  it("are the audit's where the project's ESLint is too old", async () => {
    using project = createTestProject({ 'leaky.js': leakyModule, ...installed('eslint', '8.57.1') });

    expect((await project.run()).code).toBe(1);
  });

  it("are the audit's where the project's TypeScript has no compiler API", async () => {
    using project = createTestProject({
      'leaky.ts': leakyModule.replace('text', 'text: string'),
      ...installed('@typescript-eslint/parser', '8.73.0'),
      ...installed('typescript', '7.0.2'),
    });

    expect(await project.run()).toMatchObject({ code: 1, stderr: '' });
  });

  it('leave TypeScript files out, and say how to change that, where there is TypeScript 7 only', async () => {
    using project = createTestProject(
      { ...installed('@typescript-eslint/parser', '8.73.0'), ...installed('typescript', '7.0.2') },
      { eslint: 'node_modules/eslint' },
    );

    const { parsers, typescriptAdvice } = await loadToolchain(project.folder, `${project.folder}/package.json`);

    expect(parsers.typescript).toBeUndefined();
    expect(typescriptAdvice).toBe(
      'TypeScript files are left out: TypeScript 7.0.2 has no compiler API that parsers can use. ' +
        'Install 6 beside it: npm i -D typescript@~6.0 typescript-7@npm:typescript@7',
    );
  });

  it('say how to install what is missing', async () => {
    using project = createTestProject({});
    const manifest = `${project.folder}/package.json`;

    await expect(loadToolchain(project.folder, manifest)).rejects.toThrow('npm i -D eslint@9');

    using withESLint = createTestProject({}, { eslint: 'node_modules/eslint' });
    const { typescriptAdvice } = await loadToolchain(withESLint.folder, `${withESLint.folder}/package.json`);

    expect(typescriptAdvice).toContain('npm i -D typescript@~6.0');
  });
});
