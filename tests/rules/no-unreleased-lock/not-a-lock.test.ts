import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// What holds no lock, and what is no lock.
testRule(noUnreleasedLock, {
  valid: [
    // The library releases
    {
      name: 'is held for a callback',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          await mutex.runExclusive(() => write(text));
        }
      `,
    },
    {
      name: 'is held by async-lock for a callback',
      code: `
        import AsyncLock from 'async-lock';
        const lock = new AsyncLock();
        export async function save(text: string) {
          await lock.acquire('file', () => write(text));
        }
      `,
    },
    {
      name: 'is a web lock',
      code: `
        export async function save(text: string) {
          await navigator.locks.request('file', () => write(text));
        }
      `,
    },
    {
      name: 'is held by redlock for a routine',
      code: `
        import Redlock from 'redlock';
        const redlock = new Redlock([client]);
        export async function save(text: string) {
          await redlock.using(['file'], 1000, () => write(text));
        }
      `,
    },
    // The lock is implemented here
    {
      name: 'is held by an own runExclusive',
      code: `
        import { Mutex } from 'async-mutex';
        class Section {
          #mutex = new Mutex();
          async acquire() {
            const release = await this.#mutex.acquire();
            return release;
          }
          async runExclusive<T>(work: () => Promise<T>) {
            const release = await this.acquire();
            try {
              return await work();
            } finally {
              release();
            }
          }
        }
        export { Section };
      `,
    },
    {
      name: 'is a lock without a library',
      code: `
        class Mutex {
          #tail = Promise.resolve();
          async acquire() {
            let release = () => {};
            const previous = this.#tail;
            this.#tail = new Promise(resolve => { release = resolve; });
            await previous;
            return release;
          }
        }
        export { Mutex };
      `,
    },
    // Names that other things have too
    {
      name: 'is what a scope manager finds for a node',
      code: `
        import { Mutex } from 'async-mutex';
        export function find(scopeManager: { acquire(node: object): object | null }, node: object) {
          const scope = scopeManager.acquire(node);
          return scope === null ? new Mutex() : scope;
        }
      `,
    },
    {
      name: 'is a branch that is checked out',
      code: `
        import lockfile from 'proper-lockfile';
        export async function update(git: { checkout(ref: string): Promise<void> }, path: string) {
          await git.checkout('main');
          return lockfile.check(path);
        }
      `,
    },
    {
      name: 'is a session of a pool that has the names of a lock',
      code: `
        import { Mutex } from 'async-mutex';
        export async function query(sessionPool: { acquire(): Promise<object>; release(): void }, mutex: Mutex) {
          const session = await sessionPool.acquire();
          return { session, isLocked: mutex.isLocked() };
        }
      `,
    },
    {
      name: 'is an own class that has the name of a lock',
      code: `
        import * as mutexes from 'async-mutex';
        class Mutex {
          async acquire() {
            return () => {};
          }
        }
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.acquire();
          await write(text, mutexes);
          release();
        }
      `,
    },
    {
      name: 'is looked up and not acquired',
      code: `
        import { Mutex } from 'async-mutex';
        const mutexes = new Map<string, Mutex>();
        export function getLock(id: string) {
          return mutexes.get(id) ?? new Mutex();
        }
      `,
    },
    {
      name: 'is the reader of a stream',
      code: `
        import { Mutex } from 'async-mutex';
        export async function drain(stream: ReadableStream, mutex: Mutex) {
          const reader = stream.getReader();
          while (!(await reader.read()).done) console.log(mutex.isLocked());
        }
      `,
    },
    {
      name: 'is a latch that is waited for',
      code: `
        import { Lock } from 'semaphore-async-await';
        class Runtime {
          #latch = new Lock();
          async run(work: Promise<void>) {
            await Promise.race([work, this.#latch.wait()]);
          }
          interrupt() {
            this.#latch.release();
          }
        }
        export { Runtime };
      `,
    },
    {
      name: 'is waited for until it is free, and not acquired',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function settle() {
          await mutex.waitForUnlock();
          console.log('free');
        }
      `,
    },
    {
      name: 'belongs to a package that is only named like one of ours',
      unresolvedImports: 'The package does not exist.',
      code: `
        import { Mutex } from 'my-async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.acquire();
          await write(text);
          release();
        }
      `,
    },
    {
      name: 'is acquired in code that is never reached',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          return text;
          const release = await mutex.acquire();
          await write(text);
          release();
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'belongs to the package',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.acquire();
                                ~~~~~~~~~~~~~~~ [missedOnException]
          await write(text);
          release();
        }
      `,
      output: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
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
            import { Mutex } from 'async-mutex';
            const mutex = new Mutex();
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
      name: 'is acquired by an own runExclusive that is not protected',
      editsNeedTypes: 'Only its type tells that the result is not any.',
      code: `
        import { Mutex } from 'async-mutex';
        class Section {
          #mutex = new Mutex();
          async runExclusive<T>(work: () => Promise<T>) {
            const release = await this.#mutex.acquire();
                                  ~~~~~~~~~~~~~~~~~~~~~ [missedOnException {"witness": "work()", "line": "6"}]
            const result = await work();
            release();
            return result;
          }
        }
        export { Section };
      `,
      output: `
        import { Mutex } from 'async-mutex';
        class Section {
          #mutex = new Mutex();
          async runExclusive<T>(work: () => Promise<T>) {
            const release = await this.#mutex.acquire();
            try {
              const result = await work();
              return result;
            } finally {
              release();
            }
          }
        }
        export { Section };
      `,
      suggestions: [
        {
          messageId: 'useScopedForm',
          output: `
            import { Mutex } from 'async-mutex';
            class Section {
              #mutex = new Mutex();
              async runExclusive<T>(work: () => Promise<T>) {
                return await this.#mutex.runExclusive(async () => {
                  const result = await work();
                  return result;
                });
              }
            }
            export { Section };
          `,
        },
      ],
    },
    {
      name: 'is looked up in a map and acquired',
      code: `
        import { Mutex } from 'async-mutex';
        const mutexes = new Map<string, Mutex>();
        export async function save(id: string, text: string) {
          const mutex = mutexes.get(id) ?? new Mutex();
          const release = await mutex.acquire();
                                ~~~~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "6"}]
          await write(text);
          release();
        }
      `,
      output: `
        import { Mutex } from 'async-mutex';
        const mutexes = new Map<string, Mutex>();
        export async function save(id: string, text: string) {
          const mutex = mutexes.get(id) ?? new Mutex();
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
            import { Mutex } from 'async-mutex';
            const mutexes = new Map<string, Mutex>();
            export async function save(id: string, text: string) {
              const mutex = mutexes.get(id) ?? new Mutex();
              await mutex.runExclusive(async () => {
                await write(text);
              });
            }
          `,
        },
      ],
    },
  ],
});
