import { spawnSync } from 'node:child_process';

import { describe, expect, it } from 'vitest';

import { repository } from '../support/repository.js';
import { createTestProject, leakyModule, soundModule, type TestProject } from './support/test-project.js';

/** Runs the built command in a process of its own. */
function runCommand({ folder }: TestProject, ...argv: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`${repository}/dist/src/cli/main.js`, ...argv], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('the command', () => {
  it('exits with 0 when clean, 1 with findings and 2 when it could not run', () => {
    using project = createTestProject({ 'leaky.js': leakyModule, 'sound.js': soundModule });

    expect(runCommand(project, 'sound.js').status).toBe(0);
    expect(runCommand(project, 'leaky.js').status).toBe(1);
    expect(runCommand(project, '--nonsense').status).toBe(2);
    expect(runCommand(project, '--help')).toMatchObject({ status: 0, stderr: '' });
  });

  it.each(['eslint', 'eslint-9', 'eslint-9-34'])('gathers the same in several threads of %s', eslint => {
    using project = createTestProject(
      {
        'tsconfig.json': JSON.stringify({ include: ['typed'] }),
        'typed/leaky.ts': leakyModule.replace('text', 'text: string'),
        'leaky.js': leakyModule,
        'sound.js': soundModule,
        'broken.js': 'const = ;',
      },
      { eslint: `node_modules/${eslint}` },
    );

    const alone = runCommand(project, '--stats', 'json', '--concurrency', 'off');
    const together = runCommand(project, '--stats', 'json', '--concurrency', '2');

    expect(together.status).toBe(1);
    expect(together.stdout).toBe(alone.stdout);
    expect(JSON.parse(together.stdout)).toMatchObject({
      files: { analysed: 3, typed: 1, notParsed: [{ file: 'broken.js' }] },
      findings: { total: 2 },
      obligations: { total: 3, released: 1, reported: { total: 2 } },
    });
  });

  it('names wrong settings without a stack, in several threads too', () => {
    using project = createTestProject(
      {
        'package.json': '{ "type": "module" }',
        'eslint.config.js': `import threadHygiene from 'eslint-plugin-thread-hygiene';
export default [threadHygiene.configs.recommended, { settings: { 'thread-hygiene': { raport: 'likely' } } }];
`,
        'one.js': leakyModule,
        'two.js': leakyModule,
      },
      { 'eslint-plugin-thread-hygiene': '.' },
    );

    const { status, stderr } = runCommand(project, '--concurrency', '2');

    expect(status).toBe(2);
    expect(stderr).toContain('Did you mean "report"?');
    expect(stderr).not.toContain('    at ');
  });
});
