import { describe, expect, it } from 'vitest';

import { createTestProject } from './support/test-project.js';

/** One lock that is released, but not when `JSON.parse` throws, and one that never is. */
const mixed = `import { Mutex } from 'async-mutex';

const reading = new Mutex();
const writing = new Mutex();

export async function read(text) {
  const release = await reading.acquire();
  const value = JSON.parse(text);
  release();
  return value;
}

export async function write(file, value) {
  const release = await writing.acquire();
  file.text = JSON.stringify(value);
}
`;

const mixedFixed = `import { Mutex } from 'async-mutex';

const reading = new Mutex();
const writing = new Mutex();

export async function read(text) {
  const release = await reading.acquire();
  try {
    const value = JSON.parse(text);
    return value;
  } finally {
    release();
  }
}

export async function write(file, value) {
  const release = await writing.acquire();
  file.text = JSON.stringify(value);
}
`;

const mixedRepaired = `import { Mutex } from 'async-mutex';

const reading = new Mutex();
const writing = new Mutex();

export async function read(text) {
  const release = await reading.acquire();
  try {
    const value = JSON.parse(text);
    return value;
  } finally {
    release();
  }
}

export async function write(file, value) {
  const release = await writing.acquire();
  try {
    file.text = JSON.stringify(value);
  } finally {
    release();
  }
}
`;

/** Three locks of which each is held inside the function of the one before, so that no pass can repair two of them. */
const nested = `import { Mutex } from 'async-mutex';

const [first, second, third] = [new Mutex(), new Mutex(), new Mutex()];

export async function update(text) {
  const releaseFirst = await first.acquire();
  const parse = async () => {
    const releaseSecond = await second.acquire();
    const parseDeep = async () => {
      const releaseThird = await third.acquire();
      const value = JSON.parse(text);
      releaseThird();
      return value;
    };
    const value = JSON.parse(text);
    releaseSecond();
    return [value, await parseDeep()];
  };
  const value = JSON.parse(text);
  releaseFirst();
  return [value, await parse()];
}
`;

const nestedFixed = `import { Mutex } from 'async-mutex';

const [first, second, third] = [new Mutex(), new Mutex(), new Mutex()];

export async function update(text) {
  const releaseFirst = await first.acquire();
  const parse = async () => {
    const releaseSecond = await second.acquire();
    const parseDeep = async () => {
      const releaseThird = await third.acquire();
      try {
        const value = JSON.parse(text);
        return value;
      } finally {
        releaseThird();
      }
    };
    let value;
    try {
      value = JSON.parse(text);
    } finally {
      releaseSecond();
    }
    return [value, await parseDeep()];
  };
  let value;
  try {
    value = JSON.parse(text);
  } finally {
    releaseFirst();
  }
  return [value, await parse()];
}
`;

describe('--fix', () => {
  it('writes the automatic fixes, and reports what is left', async () => {
    using project = createTestProject({ 'mixed.js': mixed });

    const { code, stdout } = await project.run('--fix');

    expect(project.read('mixed.js')).toBe(mixedFixed);
    expect(code).toBe(1);
    expect(stdout).toContain('mixed.js:17:25  thread-hygiene/no-unreleased-lock');
    expect(stdout).toContain('1 finding in 1 file.');
  });

  it('takes as many passes as fixes inside each other need', async () => {
    using project = createTestProject({ 'nested.js': nested });

    const { code } = await project.run('--fix');

    expect(project.read('nested.js')).toBe(nestedFixed);
    expect(code).toBe(0);
  });

  it('changes nothing that is sound already', async () => {
    using project = createTestProject({ 'fixed.js': nestedFixed });

    const { code } = await project.run('--fix');

    expect(project.read('fixed.js')).toBe(nestedFixed);
    expect(code).toBe(0);
  });

  it('leaves line ends and a byte order mark as they are', async () => {
    const windows = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    using project = createTestProject({ 'mixed.js': windows(mixed) });

    await project.run('--fix-suggestions');

    expect(project.read('mixed.js')).toBe(windows(mixedRepaired));
  });

  it('writes nothing where the settings want no fixes', async () => {
    using project = createTestProject(withoutFixes, { 'eslint-plugin-thread-hygiene': '.' });

    const { code, stdout } = await project.run('--fix');

    expect(project.read('mixed.js')).toBe(mixed);
    expect(code).toBe(1);
    expect(stdout).toContain('2 findings in 2 files.');
  });
});

describe('--fix-suggestions', () => {
  it('applies the suggestions and the automatic fixes', async () => {
    using project = createTestProject({ 'mixed.js': mixed });

    const { code, stdout } = await project.run('--fix-suggestions');

    expect(project.read('mixed.js')).toBe(mixedRepaired);
    expect(code).toBe(0);
    expect(stdout).toContain('No findings in 1 file.');
  });

  it('applies the edits that are no automatic fixes by the settings', async () => {
    using project = createTestProject(withoutFixes, { 'eslint-plugin-thread-hygiene': '.' });

    const { code } = await project.run('--fix-suggestions');

    expect(project.read('mixed.js')).toBe(mixedRepaired);
    expect(code).toBe(0);
  });

  it('leaves the files alone that a comment excuses', async () => {
    const excused = `/* eslint-disable thread-hygiene/no-unreleased-lock */\n${mixed}`;
    using project = createTestProject({ 'mixed.js': excused });

    const { code } = await project.run('--fix-suggestions');

    expect(project.read('mixed.js')).toBe(excused);
    expect(code).toBe(0);
  });
});

const withoutFixes = {
  'eslint.config.mjs': `import threadHygiene from 'eslint-plugin-thread-hygiene';

export default [threadHygiene.configs.recommended, { settings: { 'thread-hygiene': { fixes: 'none' } } }];
`,
  'mixed.js': mixed,
};
