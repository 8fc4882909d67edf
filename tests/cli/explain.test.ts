import { describe, expect, it } from 'vitest';

import { createTestProject, leakyModule, soundModule } from './support/test-project.js';

describe('explain', () => {
  it('tells of a lock that is reported', async () => {
    using project = createTestProject({ 'leaky.js': leakyModule });

    const { code, stdout } = await project.run('explain', 'leaky.js:6');

    expect(code).toBe(1);
    expect(stdout).toMatchInlineSnapshot(`
      "leaky.js:6:25
        acquire    \`mutex.acquire()\` in \`read\`
        is a       lock (async-mutex/mutex): \`Mutex\`, \`MutexInterface\` of async-mutex
        facts from https://github.com/DirtyHairy/async-mutex#api
        held by    \`release\` (line 6), used on line 8
        released   on line 8
        exit       not released when this throws: \`JSON.parse(text)\` on line 7
                   by lines 6 acquired here → 7 throws: leaves without release
        verdict    reported as certain by thread-hygiene/no-unreleased-lock: \`release\` is not called when \`JSON.parse(text)\` throws (line 7). Call it in \`finally\`.
      "
    `);
  });

  it('tells of a lock that is released on every path', async () => {
    using project = createTestProject({ 'sound.js': soundModule });

    const { code, stdout } = await project.run('explain', 'sound.js:6');

    expect(code).toBe(0);
    expect(stdout).toContain('released   on line 10');
    expect(stdout).toContain('verdict    silent: released on every path.');
  });

  it('tells where a lock escapes', async () => {
    using project = createTestProject({
      'lock.js': `import { Mutex } from 'async-mutex';
const mutex = new Mutex();
export async function lock() {
  const release = await mutex.acquire();
  return release;
}
`,
    });

    const { code, stdout } = await project.run('explain', 'lock.js:4');

    expect(code).toBe(0);
    expect(stdout).toMatch(/escapes {4}returned to the caller on line 5/);
    expect(stdout).toContain('verdict    silent: somebody else owns it from there on.');
  });

  it('tells that a disable comment silences a lock', async () => {
    using project = createTestProject({ 'leaky.js': `/* eslint-disable */ ${leakyModule}` });

    const { code, stdout } = await project.run('explain', 'leaky.js:6');

    expect(code).toBe(0);
    expect(stdout).toContain('silent: certain, but a disable comment');
  });

  it('tells that --report silences a lock', async () => {
    using project = createTestProject({
      'leaky.js': `import { parse } from './parse.js';\n${leakyModule.replace('JSON.parse', 'parse')}`,
    });

    const { stdout } = await project.run('explain', 'leaky.js:7', '--report', 'certain');

    expect(stdout).toContain('assumes that the call throws (line 8)');
    expect(stdout).toContain('silent: possible, which is less than --report asks for');
  });

  it('names calls that could not be resolved, and the acquires of the file', async () => {
    using project = createTestProject({
      'mixed.js': `${leakyModule}export const other = async locks => {\n  await locks.acquire();\n};\n`,
    });

    const { code, stdout } = await project.run('explain', 'mixed.js:12');

    expect(code).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "Nothing that the analysis knows is acquired on line 12 of mixed.js.
      \`locks.acquire()\` has the name of an acquire (lock, semaphore permit, pooled resource), but what it is called on could not be traced to a known package, global or type.
      Acquires in this file:
        6: mutex.acquire()
      "
    `);
  });

  it('wants a place', async () => {
    using project = createTestProject({ 'leaky.js': leakyModule, 'broken.js': 'const = ;' });

    expect(await project.run('explain', 'leaky.js')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('FILE:LINE'),
    });
    expect(await project.run('explain', 'broken.js:1')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('broken.js could not be parsed'),
    });
  });
});
