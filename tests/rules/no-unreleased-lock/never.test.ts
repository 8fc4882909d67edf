import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Locks that nothing releases, and releasers that are not kept.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is released by the lock, and the releaser is not kept',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function bump(state: { count: number }) {
          await mutex.acquire();
          state.count += 1;
          mutex.release();
        }
      `,
    },
    {
      name: 'is released in another method of the class',
      code: `
        import { Mutex } from 'async-mutex';
        class Saver {
          #mutex = new Mutex();
          async pause() {
            await this.#mutex.acquire();
          }
          resume() {
            this.#mutex.release();
          }
        }
        export { Saver };
      `,
    },
    {
      name: 'is released by another function of the module',
      code: `
        import { Sema } from 'async-sema';
        const sema = new Sema(4);
        export async function enter() {
          await sema.acquire();
        }
        export function leave() {
          sema.release();
        }
      `,
    },
    {
      name: 'is released by the path of the file that is locked',
      code: `
        import lockfile from 'proper-lockfile';
        export async function enter(path: string) {
          await lockfile.lock(path);
        }
        export async function leave(path: string) {
          await lockfile.unlock(path);
        }
      `,
    },
    {
      name: 'is held by the program until it ends',
      code: `
        import lockfile from 'proper-lockfile';
        const release = await lockfile.lock('coverage');
        await run();
      `,
    },
    {
      name: 'belongs to a lock that somebody else can release',
      code: `
        import { Mutex } from 'async-mutex';
        export async function enter(mutex: Mutex) {
          await mutex.acquire();
        }
      `,
    },
    {
      name: 'belongs to an exported lock',
      code: `
        import { Sema } from 'async-sema';
        export const sema = new Sema(4);
        export async function enter() {
          await sema.acquire();
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is kept in a variable that nobody calls',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function bump(state: { count: number }) {
          const release = await mutex.acquire();
                                ~~~~~~~~~~~~~~~ [neverReleased {"noun": "lock", "acquire": "mutex.acquire()"}]
          state.count += 1;
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Mutex } from 'async-mutex';
            const mutex = new Mutex();
            export async function bump(state: { count: number }) {
              const release = await mutex.acquire();
              try {
                state.count += 1;
              } finally {
                release();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is kept in a variable that is only tested and logged',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function bump(state: { count: number }) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [neverReleased {"acquire": "mutex.lock()"}]
          console.log(typeof unlock, unlock.name);
          if (unlock) state.count += 1;
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Mutex } from '@livekit/mutex';
            const mutex = new Mutex();
            export async function bump(state: { count: number }) {
              const unlock = await mutex.lock();
              try {
                console.log(typeof unlock, unlock.name);
                if (unlock) state.count += 1;
              } finally {
                unlock();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is dropped together with its releaser',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function bump(state: { count: number }) {
          await mutex.lock();
                ~~~~~~~~~~~~ [handleDropped {"acquire": "mutex.lock()", "noun": "lock"}]
          state.count += 1;
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Mutex } from '@livekit/mutex';
            const mutex = new Mutex();
            export async function bump(state: { count: number }) {
              const release = await mutex.lock();
              try {
                state.count += 1;
              } finally {
                release();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is dropped, and the lock has no release of its own',
      code: `
        import { Semaphore } from 'await-semaphore';
        class Saver {
          #semaphore = new Semaphore(2);
          async save(text: string) {
            await this.#semaphore.acquire();
                  ~~~~~~~~~~~~~~~~~~~~~~~~~ [handleDropped {"noun": "semaphore permit"}]
            await this.write(text);
          }
        }
        export { Saver };
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Semaphore } from 'await-semaphore';
            class Saver {
              #semaphore = new Semaphore(2);
              async save(text: string) {
                const release = await this.#semaphore.acquire();
                try {
                  await this.write(text);
                } finally {
                  release();
                }
              }
            }
            export { Saver };
          `,
        },
        {
          messageId: 'useScopedForm',
          output: `
            import { Semaphore } from 'await-semaphore';
            class Saver {
              #semaphore = new Semaphore(2);
              async save(text: string) {
                await this.#semaphore.use(async () => {
                  await this.write(text);
                });
              }
            }
            export { Saver };
          `,
        },
      ],
    },
    {
      name: 'belongs to a lock of this module that nothing releases',
      code: `
        import { Sema } from 'async-sema';
        const sema = new Sema(4);
        export async function enter() {
          await sema.acquire();
                ~~~~~~~~~~~~~~ [neverReleased {"noun": "semaphore permit", "acquire": "sema.acquire()"}]
        }
      `,
      suggestions: [
        {
          messageId: 'addRelease',
          output: `
            import { Sema } from 'async-sema';
            const sema = new Sema(4);
            export async function enter() {
              await sema.acquire();
              sema.release();
            }
          `,
        },
      ],
    },
    {
      name: 'belongs to a private lock of a class that nothing releases',
      code: `
        import AwaitLock from 'await-lock';
        class Saver {
          #lock = new AwaitLock();
          async pause() {
            await this.#lock.acquireAsync();
                  ~~~~~~~~~~~~~~~~~~~~~~~~~ [neverReleased {"acquire": "this.#lock.acquireAsync()"}]
          }
        }
        export { Saver };
      `,
      suggestions: [
        {
          messageId: 'addRelease',
          output: `
            import AwaitLock from 'await-lock';
            class Saver {
              #lock = new AwaitLock();
              async pause() {
                await this.#lock.acquireAsync();
                this.#lock.release();
              }
            }
            export { Saver };
          `,
        },
      ],
    },
    {
      name: 'is a permit of which only the value is kept',
      code: `
        import { Semaphore } from 'async-mutex';
        class Pool {
          #semaphore = new Semaphore(4);
          async enter() {
            const [value] = await this.#semaphore.acquire();
                                  ~~~~~~~~~~~~~~~~~~~~~~~~~ [neverReleased {"noun": "semaphore permit"}]
            console.log(value);
          }
        }
        export { Pool };
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Semaphore } from 'async-mutex';
            class Pool {
              #semaphore = new Semaphore(4);
              async enter() {
                const [value, release] = await this.#semaphore.acquire();
                try {
                  console.log(value);
                } finally {
                  release();
                }
              }
            }
            export { Pool };
          `,
        },
      ],
    },
    {
      name: 'is released in another function, though the releaser alone can do it',
      code: `
        import lockfile from 'proper-lockfile';
        export async function enter(path: string) {
          const release = await lockfile.lock(path);
                                ~~~~~~~~~~~~~~~~~~~ [neverReleased {"noun": "file lock"}]
          await write(path);
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import lockfile from 'proper-lockfile';
            export async function enter(path: string) {
              const release = await lockfile.lock(path);
              try {
                await write(path);
              } finally {
                await release();
              }
            }
          `,
        },
      ],
    },
  ],
});
