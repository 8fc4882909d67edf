import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { createTestProject, leakyModule } from './support/test-project.js';

const plugin = { 'eslint-plugin-thread-hygiene': '.' };

/** A configuration with the plugin under a name of its own, and with a rule of somebody else. */
const ownConfig = `import threadHygiene from 'eslint-plugin-thread-hygiene';

export default [
  {
    files: ['src/**'],
    plugins: { threads: threadHygiene },
    rules: { 'threads/no-unreleased-lock': 'warn', 'no-undef': 'error' },
  },
];
`;

describe("a project's own ESLint configuration", () => {
  it('is used if it has the plugin, for our rules only', async () => {
    using project = createTestProject(
      {
        'package.json': '{ "type": "module" }',
        'eslint.config.js': ownConfig,
        'src/leaky.js': leakyModule,
        'other/leaky.js': leakyModule,
      },
      plugin,
    );

    const { code, stdout } = await project.run();

    expect(code).toBe(1);
    expect(stdout).toContain('src/leaky.js:6:25  threads/no-unreleased-lock');
    expect(stdout).toContain('acquired here');
    expect(stdout).toContain('1 finding in 1 file.');
    expect(stdout).not.toContain('no-undef');
  });

  it('runs a rule that it does not turn on, if --rule names it', async () => {
    using project = createTestProject(
      {
        'package.json': '{ "type": "module" }',
        'eslint.config.js': ownConfig.replace("'threads/no-unreleased-lock': 'warn', ", ''),
        'src/leaky.js': leakyModule,
      },
      plugin,
    );

    expect((await project.run()).code).toBe(0);
    expect((await project.run('--rule', 'no-unreleased-lock')).code).toBe(1);
  });

  it('is not used if it is without the plugin', async () => {
    using project = createTestProject({
      'package.json': '{ "type": "module" }',
      'eslint.config.js': "export default [{ ignores: ['src/**'] }];",
      'src/leaky.js': leakyModule,
    });

    expect((await project.run('src')).code).toBe(1);
  });

  it('decides over its own files only', async () => {
    using project = createTestProject(
      {
        'packages/one/package.json': '{ "type": "module" }',
        'packages/one/eslint.config.js': ownConfig,
        'packages/one/src/leaky.js': leakyModule,
        'packages/one/other/leaky.js': leakyModule,
        'packages/two/leaky.js': leakyModule,
      },
      plugin,
    );

    const { stdout } = await project.run('--format', 'json');
    const results: { filePath: string; messages: { ruleId: string }[] }[] = JSON.parse(stdout);

    expect(results.map(({ filePath, messages }) => [path.relative(project.folder, filePath), messages[0]?.ruleId])).toEqual([
      ['packages/one/src/leaky.js', 'threads/no-unreleased-lock'],
      ['packages/two/leaky.js', 'thread-hygiene/no-unreleased-lock'],
    ]);
  });

  it('is named if it cannot be loaded', async () => {
    using project = createTestProject({
      'package.json': '{ "type": "module" }',
      'eslint.config.js': "import 'not-installed';",
      'src/leaky.js': leakyModule,
    });

    const { code, stderr } = await project.run('src');

    expect(code).toBe(1);
    expect(stderr).toMatch(/eslint\.config\.js is not used, as it cannot be read: .*not-installed/);
  });

  it('is told that its settings are wrong', async () => {
    const settings = "settings: { 'thread-hygiene': { raport: 'likely' } }";
    using project = createTestProject(
      {
        'package.json': '{ "type": "module" }',
        'eslint.config.js': ownConfig.replace('plugins:', `${settings}, plugins:`),
        'src/leaky.js': leakyModule,
      },
      plugin,
    );

    const { code, stderr } = await project.run();

    expect(code).toBe(2);
    expect(stderr).toContain('report');
    expect(stderr).not.toContain('    at ');
  });
});
