import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Libraries whose acquire gives what releases.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is a mutex of async-mutex with a timeout',
      code: `
        import { Mutex, withTimeout } from 'async-mutex';
        const mutex = withTimeout(new Mutex(), 1000);
        export async function save(text: string) {
          const release = await mutex.acquire();
          try {
            await write(text);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is a permit of await-semaphore',
      code: `
        import { Semaphore } from 'await-semaphore';
        const semaphore = new Semaphore(2);
        export async function save(text: string) {
          const release = await semaphore.acquire();
          try {
            await write(text);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is a permit that await-semaphore holds for a callback',
      code: `
        import { Semaphore } from 'await-semaphore';
        const semaphore = new Semaphore(2);
        export async function save(text: string) {
          await semaphore.use(async () => write(text));
        }
      `,
    },
    {
      name: 'is a lock of @livekit/mutex for several holders',
      code: `
        import { MultiMutex } from '@livekit/mutex';
        const mutex = new MultiMutex(3);
        export async function save(text: string) {
          const unlock = await mutex.lock();
          try {
            await write(text);
          } finally {
            unlock();
          }
        }
      `,
    },
    {
      name: 'is a read lock of mortice',
      code: `
        import mortice from 'mortice';
        const mutex = mortice({ name: 'file' });
        export async function load(path: string) {
          const release = await mutex.readLock();
          try {
            return await read(path);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is a lock of a package that is loaded by require',
      filename: 'case.cts',
      typescriptOnly: 'An import assignment.',
      code: `
        import asyncMutex = require('async-mutex');
        const mutex = new asyncMutex.Mutex();
        export async function save(text: string) {
          const release = await mutex.acquire();
          try {
            await write(text);
          } finally {
            release();
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is a mutex of async-mutex with a timeout, and its release is not protected',
      code: `
        import { Mutex, withTimeout } from 'async-mutex';
        const mutex = withTimeout(new Mutex(), 1000);
        export async function save(text: string) {
          const release = await mutex.acquire();
                                ~~~~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "5"}]
          await write(text);
          release();
        }
      `,
      output: `
        import { Mutex, withTimeout } from 'async-mutex';
        const mutex = withTimeout(new Mutex(), 1000);
        export async function save(text: string) {
          const release = await mutex.acquire();
          try {
            await write(text);
          } finally {
            release();
          }
        }
      `,
      suggestions: [
        {
          messageId: 'useScopedForm',
          output: `
            import { Mutex, withTimeout } from 'async-mutex';
            const mutex = withTimeout(new Mutex(), 1000);
            export async function save(text: string) {
              await mutex.runExclusive(async () => {
                await write(text);
              });
            }
          `,
        },
      ],
    },
    {
      name: 'is a permit of await-semaphore, and its release is not protected',
      code: `
        import { Semaphore } from 'await-semaphore';
        const semaphore = new Semaphore(2);
        export async function save(text: string) {
          const release = await semaphore.acquire();
                                ~~~~~~~~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "5"}]
          await write(text);
          release();
        }
      `,
      output: `
        import { Semaphore } from 'await-semaphore';
        const semaphore = new Semaphore(2);
        export async function save(text: string) {
          const release = await semaphore.acquire();
          try {
            await write(text);
          } finally {
            release();
          }
        }
      `,
      suggestions: [
        {
          messageId: 'useScopedForm',
          output: `
            import { Semaphore } from 'await-semaphore';
            const semaphore = new Semaphore(2);
            export async function save(text: string) {
              await semaphore.use(async () => {
                await write(text);
              });
            }
          `,
        },
      ],
    },
    {
      name: 'is a lock of @livekit/mutex, and its release is not protected',
      code: `
        import { MultiMutex } from '@livekit/mutex';
        const mutex = new MultiMutex(3);
        export async function save(text: string) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnException {"release": "\`unlock\`", "witness": "write(text)", "line": "5"}]
          await write(text);
          unlock();
        }
      `,
      output: `
        import { MultiMutex } from '@livekit/mutex';
        const mutex = new MultiMutex(3);
        export async function save(text: string) {
          const unlock = await mutex.lock();
          try {
            await write(text);
          } finally {
            unlock();
          }
        }
      `,
    },
    {
      name: 'is a read lock of mortice, and its release is not protected',
      code: `
        import mortice from 'mortice';
        const mutex = mortice({ name: 'file' });
        export async function load(path: string) {
          const release = await mutex.readLock();
                                ~~~~~~~~~~~~~~~~ [missedOnException {"witness": "read(path)", "line": "5"}]
          const text = await read(path);
          release();
          return text;
        }
      `,
      output: `
        import mortice from 'mortice';
        const mutex = mortice({ name: 'file' });
        export async function load(path: string) {
          const release = await mutex.readLock();
          try {
            const text = await read(path);
            return text;
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is a lock of a package that is loaded by require, and its release is not protected',
      filename: 'case.cjs',
      code: `
        const { Mutex } = require('async-mutex');
        const mutex = new Mutex();
        exports.save = async function (text) {
          const release = await mutex.acquire();
                                ~~~~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "5"}]
          await write(text);
          release();
        };
      `,
      output: `
        const { Mutex } = require('async-mutex');
        const mutex = new Mutex();
        exports.save = async function (text) {
          const release = await mutex.acquire();
          try {
            await write(text);
          } finally {
            release();
          }
        };
      `,
      suggestions: [
        {
          messageId: 'useScopedForm',
          output: `
            const { Mutex } = require('async-mutex');
            const mutex = new Mutex();
            exports.save = async function (text) {
              await mutex.runExclusive(async () => {
                await write(text);
              });
            };
          `,
        },
      ],
    },
  ],
});
