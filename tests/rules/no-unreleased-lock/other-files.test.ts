import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Locks, callers and callees in other files of the program, which only types see.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'comes from a function of another file and is released',
      files: {
        'locks.ts': `
          import { Mutex } from '@livekit/mutex';
          const mutex = new Mutex();
          export async function lockHeadroom() {
            return mutex.lock();
          }
        `,
      },
      code: `
        import { lockHeadroom } from './locks.js';
        export async function send(text: string) {
          const unlock = await lockHeadroom();
          try {
            await write(text);
          } finally {
            unlock();
          }
        }
      `,
    },
    {
      name: 'is released by a function of another file',
      files: {
        'finish.ts': `
          export function finish(release: () => void) {
            console.log('done');
            release();
          }
        `,
      },
      code: `
        import { Mutex } from '@livekit/mutex';
        import { finish } from './finish.js';
        const mutex = new Mutex();
        export async function send(state: { count: number }) {
          const unlock = await mutex.lock();
          state.count += 1;
          finish(unlock);
        }
      `,
    },
    {
      name: 'is kept by a function of another file',
      files: {
        'leases.ts': `
          const leases = new Set<() => void>();
          export function keep(release: () => void) {
            leases.add(release);
          }
        `,
      },
      code: `
        import { Mutex } from '@livekit/mutex';
        import { keep } from './leases.js';
        const mutex = new Mutex();
        export async function start() {
          const unlock = await mutex.lock();
          keep(unlock);
        }
      `,
    },
    {
      name: 'belongs to a lock of another file, and is released',
      files: {
        'locks.ts': `
          import { Mutex } from 'async-mutex';
          export const mutex = new Mutex();
        `,
      },
      code: `
        import { mutex } from './locks.js';
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
      name: 'is held while a function of another file runs that cannot fail',
      files: {
        'count.ts': `
          export function increase(state: { count: number }) {
            state.count += 1;
          }
        `,
      },
      code: `
        import { increase } from './count.js';
        export async function save(state: { count: number }) {
          increase(state);
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'comes from a function of another file and is dropped',
      onlyTyped: 'Only the program tells what the function of another file gives.',
      files: {
        'locks.ts': `
          import { Mutex } from '@livekit/mutex';
          const mutex = new Mutex();
          export async function lockHeadroom() {
            return mutex.lock();
          }
        `,
      },
      code: `
        import { lockHeadroom } from './locks.js';
        export async function send(text: string) {
          await lockHeadroom();
                ~~~~~~~~~~~~~~ [handleDropped {"acquire": "lockHeadroom()"}]
          await write(text);
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { lockHeadroom } from './locks.js';
            export async function send(text: string) {
              const release = await lockHeadroom();
              try {
                await write(text);
              } finally {
                release();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'comes from a method of another file and is not released when the work fails',
      onlyTyped: 'Only the program tells what the method of another file gives.',
      files: {
        'channel.ts': `
          import { Mutex } from '@livekit/mutex';
          export class Channel {
            #mutex = new Mutex();
            async lockHeadroom() {
              const unlock = await this.#mutex.lock();
              return unlock;
            }
          }
        `,
      },
      code: `
        import { Channel } from './channel.js';
        export async function send(channel: Channel, text: string) {
          const unlock = await channel.lockHeadroom();
                               ~~~~~~~~~~~~~~~~~~~~~~ [missedOnException {"release": "\`unlock\`", "witness": "write(text)", "line": "4"}]
          await write(text);
          unlock();
        }
      `,
      output: `
        import { Channel } from './channel.js';
        export async function send(channel: Channel, text: string) {
          const unlock = await channel.lockHeadroom();
          try {
            await write(text);
          } finally {
            unlock();
          }
        }
      `,
    },
    {
      name: 'is given to a function of another file that only looks at it',
      onlyTyped: 'Only the program tells what the function of another file does.',
      files: {
        'finish.ts': `
          export function finish(release: () => void) {
            console.log('done', release.name);
          }
        `,
      },
      code: `
        import { Mutex } from '@livekit/mutex';
        import { finish } from './finish.js';
        const mutex = new Mutex();
        export async function send(state: { count: number }) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [neverReleased]
          state.count += 1;
          finish(unlock);
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Mutex } from '@livekit/mutex';
            import { finish } from './finish.js';
            const mutex = new Mutex();
            export async function send(state: { count: number }) {
              const unlock = await mutex.lock();
              try {
                state.count += 1;
                finish(unlock);
              } finally {
                unlock();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'belongs to a lock of another file, and its release is not protected',
      onlyTyped: 'Only its type tells that the import is a lock.',
      files: {
        'locks.ts': `
          import { Mutex } from 'async-mutex';
          export const mutex = new Mutex();
        `,
      },
      code: `
        import { mutex } from './locks.js';
        export async function save(text: string) {
          const release = await mutex.acquire();
                                ~~~~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "4"}]
          await write(text);
          release();
        }
      `,
      output: `
        import { mutex } from './locks.js';
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
            import { mutex } from './locks.js';
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
      name: 'belongs to a lock that a constructor gets',
      typescriptOnly: 'A parameter property.',
      code: `
        import type { MutexInterface } from 'async-mutex';
        export class Store {
          constructor(private readonly mutex: MutexInterface) {}
          async save(text: string) {
            const release = await this.mutex.acquire();
                                  ~~~~~~~~~~~~~~~~~~~~ [missedOnException {"witness": "this.write(text)", "line": "6"}]
            await this.write(text);
            release();
          }
        }
      `,
      output: `
        import type { MutexInterface } from 'async-mutex';
        export class Store {
          constructor(private readonly mutex: MutexInterface) {}
          async save(text: string) {
            const release = await this.mutex.acquire();
            try {
              await this.write(text);
            } finally {
              release();
            }
          }
        }
      `,
      suggestions: [
        {
          messageId: 'useScopedForm',
          output: `
            import type { MutexInterface } from 'async-mutex';
            export class Store {
              constructor(private readonly mutex: MutexInterface) {}
              async save(text: string) {
                await this.mutex.runExclusive(async () => {
                  await this.write(text);
                });
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is lost when a function of another file throws',
      options: [{ report: 'possible' }],
      files: {
        'check.ts': `
          export function check(text: string) {
            if (text === '') throw new Error('empty');
          }
        `,
      },
      code: `
        import { Mutex } from 'async-mutex';
        import { check } from './check.js';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.acquire();
                                ~~~~~~~~~~~~~~~ [missedOnException {"witness": "check(text)", "line": "6"}]
          check(text);
          release();
        }
      `,
      output: `
        import { Mutex } from 'async-mutex';
        import { check } from './check.js';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.acquire();
          try {
            check(text);
          } finally {
            release();
          }
        }
      `,
    },
  ],
});
