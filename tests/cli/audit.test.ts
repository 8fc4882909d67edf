import { describe, expect, it } from 'vitest';

import { createTestProject, leakyModule, soundModule } from './support/test-project.js';

describe('the audit', () => {
  it('prints findings with their path, and what it saw', async () => {
    using project = createTestProject({ 'src/leaky.js': leakyModule, 'src/sound.js': soundModule });

    const { code, stdout, stderr } = await project.run();

    expect(code).toBe(1);
    expect(stderr).toBe('');
    expect(stdout).toMatchInlineSnapshot(`
      "src/leaky.js:6:25  thread-hygiene/no-unreleased-lock
        \`release\` is not called when \`JSON.parse(text)\` throws (line 7). Call it in \`finally\`.
        6 |   const release = await mutex.acquire();
          |                         ^^^^^^^^^^^^^^^ acquired here
        7 |   const value = JSON.parse(text);
          |                 ^^^^^^^^^^^^^^^^ throws: leaves without release

      1 finding in 2 files.
        1  thread-hygiene/no-unreleased-lock

      2 acquired resources:
        1 released on every path
        0 handed over
        0 unknown
        1 missed on some path (1 certain)
      2 files analysed, 0 with types; 0 functions could not be analysed.
      "
    `);
  });

  it('is clean without findings', async () => {
    using project = createTestProject({ 'sound.js': soundModule });

    const { code, stdout } = await project.run();

    expect(code).toBe(0);
    expect(stdout).toContain('No findings in 1 file.');
    expect(stdout).toContain('1 released on every path');
  });

  it('audits the paths that it is given', async () => {
    using project = createTestProject({ 'one/leaky.js': leakyModule, 'two/sound.js': soundModule });

    expect((await project.run('two')).code).toBe(0);
    expect((await project.run('one', 'two')).code).toBe(1);
    expect((await project.run('one/leaky.js')).code).toBe(1);
  });

  it('audits a project outside the working directory', async () => {
    using project = createTestProject({ 'package.json': '{}', 'src/leaky.js': leakyModule });
    using elsewhere = createTestProject({});

    const { code, stdout } = await elsewhere.run(project.folder);

    expect(code).toBe(1);
    expect(stdout).toContain('leaky.js:6:25');
  });

  it('leaves out what .gitignore excludes', async () => {
    using project = createTestProject({
      '.gitignore': 'generated/\n*.min.js\n',
      'generated/leaky.js': leakyModule,
      'leaky.min.js': leakyModule,
      'sound.js': soundModule,
    });

    expect((await project.run()).code).toBe(0);
  });

  it('honours disable comments and still reads what it saw', async () => {
    using project = createTestProject({ 'leaky.js': `/* eslint-disable */\n${leakyModule}` });

    const { code, stdout } = await project.run('--stats', 'json');

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      findings: { total: 0, suppressed: 1 },
      obligations: { total: 1, reported: { total: 1 } },
    });
  });

  it('honours eslint-suppressions.json', async () => {
    const suppressions = { 'src/leaky.js': { 'thread-hygiene/no-unreleased-lock': { count: 1 } } };
    using project = createTestProject({
      'eslint-suppressions.json': JSON.stringify(suppressions),
      'src/leaky.js': leakyModule,
    });

    const { code, stdout } = await project.run();

    expect(code).toBe(0);
    expect(stdout).toContain('No findings, 1 suppressed in 1 file.');
  });

  it('lists a file that cannot be parsed, once and as no finding', async () => {
    using project = createTestProject({ 'broken.js': 'const = ;', 'sound.js': soundModule });

    const { code, stdout } = await project.run();

    expect(code).toBe(0);
    expect(stdout).toContain('1 file could not be parsed:\n  broken.js:1 Parsing error: Unexpected token =');
  });

  it('reads scripts that are no modules', async () => {
    using project = createTestProject({ 'script.js': "with (console) log('sloppy');\nreturn;\n" });

    expect(await project.run()).toMatchObject({ code: 0, stdout: expect.stringContaining('1 file analysed') });
  });

  it('lists generated files as skipped', async () => {
    using project = createTestProject({ 'leaky.js': `// @generated\n${leakyModule}` });

    const { code, stdout } = await project.run();

    expect(code).toBe(0);
    expect(stdout).toContain('1 file skipped:\n  leaky.js: marked `@generated`');
  });

  it('takes the least confidence from --report', async () => {
    const likely = leakyModule.replace('JSON.parse(text)', 'await parse(text)');
    using project = createTestProject({ 'leaky.js': `import { parse } from './parse.js';\n${likely}` });

    expect((await project.run()).code).toBe(1);
    expect((await project.run('--report', 'certain')).code).toBe(0);
  });

  it('runs the rules of strict for whoever asks for all that is possible', async () => {
    using project = createTestProject({
      'poll.js': 'export function poll(url) {\n  setInterval(() => fetch(url), 1000);\n}\n',
    });

    const usual = await project.run();
    const all = await project.run('--report', 'possible');

    expect(usual).toMatchObject({ code: 0, stdout: expect.stringContaining('0 acquired resources') });
    expect(all).toMatchObject({ code: 1, stdout: expect.stringContaining('poll.js:2:3  thread-hygiene/no-leaked-timer') });
  });

  it('prints findings with an ESLint formatter and keeps the rest off the standard output', async () => {
    using project = createTestProject({ 'leaky.js': leakyModule });

    const { code, stdout, stderr } = await project.run('--format', 'json');

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject([
      { messages: [{ ruleId: 'thread-hygiene/no-unreleased-lock' }], errorCount: 1 },
    ]);
    expect(stderr).toContain('1 finding in 1 file.');
  });

  it('says what it cannot run without', async () => {
    using project = createTestProject({ 'readme.md': '' });

    expect(await project.run('nowhere')).toMatchObject({ code: 2, stderr: expect.stringContaining('nowhere') });
    expect(await project.run()).toEqual({
      code: 2,
      stdout: '',
      stderr: 'There are no JavaScript or TypeScript files to audit.\n',
    });
  });
});
