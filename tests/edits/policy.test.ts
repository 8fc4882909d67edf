import { noUnreleasedHandle } from '../../rules/no-unreleased-handle.js';
import { noUnreleasedLock } from '../../rules/no-unreleased-lock.js';
import { testRule } from '../support/rule-tester.js';
import { toyFiles, toyResources } from '../support/toy.js';

// What is done automatically and what is only suggested.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is released in finally',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function next(state: { count: number }) {
          const unlock = await mutex.lock();
          try {
            if (state.count > 9) return;
            state.count += 1;
          } finally {
            unlock();
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is lost for certain',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function next(state: { count: number }) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnReturn {}]
          if (state.count > 9) return;
          state.count += 1;
          unlock();
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function next(state: { count: number }) {
          const unlock = await mutex.lock();
          try {
            if (state.count > 9) return;
            state.count += 1;
          } finally {
            unlock();
          }
        }
      `,
    },
    {
      name: 'is lost for certain, and fixes are switched off',
      settings: { fixes: 'none' },
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function next(state: { count: number }) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnReturn {}]
          if (state.count > 9) return;
          state.count += 1;
          unlock();
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Mutex } from '@livekit/mutex';
            const mutex = new Mutex();
            export async function next(state: { count: number }) {
              const unlock = await mutex.lock();
              try {
                if (state.count > 9) return;
                state.count += 1;
              } finally {
                unlock();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is lost only if the acquire of another lock fails',
      code: `
        import { Mutex } from '@livekit/mutex';
        import AwaitLock from 'await-lock';
        const mutex = new Mutex();
        const lock = new AwaitLock();
        export async function next(state: { count: number }) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnException {}]
          await lock.acquireAsync({ timeout: 100 });
          state.count += 1;
          lock.release();
          unlock();
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Mutex } from '@livekit/mutex';
            import AwaitLock from 'await-lock';
            const mutex = new Mutex();
            const lock = new AwaitLock();
            export async function next(state: { count: number }) {
              const unlock = await mutex.lock();
              try {
                await lock.acquireAsync({ timeout: 100 });
                state.count += 1;
                lock.release();
              } finally {
                unlock();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is lost only if the consumer of a generator stops',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function* next(state: { count: number }) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnReturn {}]
          yield state.count;
          unlock();
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Mutex } from '@livekit/mutex';
            const mutex = new Mutex();
            export async function* next(state: { count: number }) {
              const unlock = await mutex.lock();
              try {
                yield state.count;
              } finally {
                unlock();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is released by a promise that may be rejected',
      code: `
        import lockfile from 'proper-lockfile';
        export async function next(path: string, state: { count: number }) {
          const release = await lockfile.lock(path);
                                ~~~~~~~~~~~~~~~~~~~ [missedOnReturn {}]
          if (state.count > 9) return;
          state.count += 1;
          await release();
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import lockfile from 'proper-lockfile';
            export async function next(path: string, state: { count: number }) {
              const release = await lockfile.lock(path);
              try {
                if (state.count > 9) return;
                state.count += 1;
              } finally {
                await release();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is never released',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function next(state: { count: number }) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [neverReleased {}]
          state.count += 1;
          console.log(unlock.name);
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Mutex } from '@livekit/mutex';
            const mutex = new Mutex();
            export async function next(state: { count: number }) {
              const unlock = await mutex.lock();
              try {
                state.count += 1;
                console.log(unlock.name);
              } finally {
                unlock();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is never released by a callback that cannot wait for the release',
      code: `
        import Redlock from 'redlock';
        const redlock = new Redlock([]);
        export function next(state: { count: number }) {
          redlock.lock('file', 1000, (error, lease) => {
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~> [neverReleased {}]
            if (error) return;
            state.count += lease.expiration;
          });
          ~~<
        }
      `,
      output: null,
    },
  ],
});

testRule(noUnreleasedHandle, {
  valid: [
    {
      name: 'is closed in finally',
      files: toyFiles,
      settings: { resources: { open: toyResources.open } },
      code: `
        import { open } from 'toy';
        export function load(path: string) {
          const handle = open(path);
          try {
            const text: unknown = JSON.parse(handle.read());
            return text;
          } finally {
            handle.close();
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'may be worth nothing after a failure',
      files: toyFiles,
      settings: { resources: { open: { ...toyResources.open, releaseAfterFailure: 'different' } } },
      code: `
        import { open } from 'toy';
        export function load(path: string) {
          const handle = open(path);
                         ~~~~~~~~~~ [missedOnException {}]
          const text: unknown = JSON.parse(handle.read());
          handle.close();
          return text;
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { open } from 'toy';
            export function load(path: string) {
              const handle = open(path);
              try {
                const text: unknown = JSON.parse(handle.read());
                return text;
              } finally {
                handle.close();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is released with the error after a failure',
      files: {
        ...toyFiles,
        'node_modules/toy/index.d.ts':
          'export declare function open(path: string): { read(): string; close(error?: Error): void };',
      },
      settings: { resources: { open: { ...toyResources.open, releaseAfterFailure: { argument: 'error' } } } },
      code: `
        import { open } from 'toy';
        export function load(path: string) {
          const handle = open(path);
                         ~~~~~~~~~~ [missedOnException {}]
          const text: unknown = JSON.parse(handle.read());
          handle.close();
          return text;
        }
      `,
      suggestions: [
        {
          messageId: 'releaseOnError',
          output: `
            import { open } from 'toy';
            export function load(path: string) {
              const handle = open(path);
              let text: unknown;
              try {
                text = JSON.parse(handle.read());
              } catch (error) {
                handle.close(error instanceof Error ? error : new Error(String(error)));
                throw error;
              }
              handle.close();
              return text;
            }
          `,
        },
      ],
    },
    {
      name: 'is a handle that a release twice does no harm',
      files: toyFiles,
      settings: { resources: { open: toyResources.open } },
      code: `
        import { open } from 'toy';
        export function load(path: string) {
          const handle = open(path);
                         ~~~~~~~~~~ [missedOnException {}]
          const text: unknown = JSON.parse(handle.read());
          handle.close();
          return text;
        }
      `,
      output: `
        import { open } from 'toy';
        export function load(path: string) {
          const handle = open(path);
          try {
            const text: unknown = JSON.parse(handle.read());
            return text;
          } finally {
            handle.close();
          }
        }
      `,
    },
  ],
});
