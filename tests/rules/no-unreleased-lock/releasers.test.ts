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
      name: 'is a file lock of proper-lockfile, released through the file',
      code: `
        import { lock, unlock } from 'proper-lockfile';
        export async function save(path: string, text: string) {
          await lock(path);
          try {
            await write(path, text);
          } finally {
            await unlock(path);
          }
        }
      `,
    },
    {
      name: 'is a file lock of proper-lockfile without waiting',
      code: `
        import lockfile from 'proper-lockfile';
        export function save(path: string, text: string) {
          const release = lockfile.lockSync(path);
          try {
            JSON.parse(text);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is a lease of redlock that releases itself',
      code: `
        import Redlock from 'redlock';
        const redlock = new Redlock([client]);
        export async function save(text: string) {
          const lease = await redlock.acquire(['file'], 1000);
          try {
            await write(text);
          } finally {
            await lease.release();
          }
        }
      `,
    },
    {
      name: 'is a lease of redlock that is given back to it',
      code: `
        import Redlock from 'redlock';
        const redlock = new Redlock([client]);
        export async function save(text: string) {
          const lease = await redlock.acquire(['file'], 1000);
          try {
            await write(text);
          } finally {
            await redlock.release(lease);
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
      output: null,
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
      output: null,
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
      output: null,
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
      output: null,
    },
    {
      name: 'is a file lock of proper-lockfile, and its release through the file is not protected',
      code: `
        import { lock, unlock } from 'proper-lockfile';
        export async function save(path: string, text: string) {
          await lock(path);
                ~~~~~~~~~~ [missedOnException {"release": "\`unlock\`", "witness": "write(path, text)", "line": "4"}]
          await write(path, text);
          await unlock(path);
        }
      `,
      output: null,
    },
    {
      name: 'is a file lock of proper-lockfile without waiting, and its release is not protected',
      code: `
        import lockfile from 'proper-lockfile';
        export function save(path: string, text: string) {
          const release = lockfile.lockSync(path);
                          ~~~~~~~~~~~~~~~~~~~~~~~ [missedOnException {"witness": "JSON.parse(text)", "line": "4"}]
          JSON.parse(text);
          release();
        }
      `,
      output: null,
    },
    {
      name: 'is a lease of redlock, and its release is not protected',
      code: `
        import Redlock from 'redlock';
        const redlock = new Redlock([client]);
        export async function save(text: string) {
          const lease = await redlock.acquire(['file'], 1000);
                              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [missedOnException {"release": "\`lease.release\`", "witness": "write(text)", "line": "5"}]
          await write(text);
          await lease.release();
        }
      `,
      output: null,
    },
    {
      name: 'is a lease of redlock, and giving it back is not protected',
      code: `
        import Redlock from 'redlock';
        const redlock = new Redlock([client]);
        export async function save(text: string) {
          const lease = await redlock.acquire(['file'], 1000);
                              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [missedOnException {"release": "\`redlock.release\`", "witness": "write(text)", "line": "5"}]
          await write(text);
          await redlock.release(lease);
        }
      `,
      output: null,
    },
    {
      name: 'is a lease of redlock that only extends itself',
      code: `
        import Redlock from 'redlock';
        const redlock = new Redlock([client]);
        export async function save() {
          const lease = await redlock.acquire(['file'], 1000);
                              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [neverReleased {"noun": "lock"}]
          await lease.extend(1000);
        }
      `,
      output: null,
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
      output: null,
    },
  ],
});
