import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Several locks in one function.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is one of two, the second acquired inside the try of the first',
      code: `
        import { Mutex } from 'async-mutex';
        const from = new Mutex();
        const to = new Mutex();
        export async function move(amount: number) {
          const releaseFrom = await from.acquire();
          try {
            const releaseTo = await to.acquire();
            try {
              await transfer(amount);
            } finally {
              releaseTo();
            }
          } finally {
            releaseFrom();
          }
        }
      `,
    },
    {
      name: 'is one of two that cannot be refused',
      code: `
        import { Mutex } from '@livekit/mutex';
        const from = new Mutex();
        const to = new Mutex();
        export async function move(amount: number) {
          const releaseFrom = await from.lock();
          const releaseTo = await to.lock();
          try {
            await transfer(amount);
          } finally {
            releaseTo();
            releaseFrom();
          }
        }
      `,
    },
    {
      name: 'is one of two that are released one after the other',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function twice(state: { count: number }) {
          const first = await mutex.acquire();
          state.count += 1;
          first();
          const second = await mutex.acquire();
          state.count += 1;
          second();
        }
      `,
    },
    {
      name: 'is one of two that protect different steps',
      code: `
        import { Mutex } from 'async-mutex';
        const reading = new Mutex();
        const writing = new Mutex();
        export async function copy(text: string) {
          const doneReading = await reading.acquire();
          try {
            await read(text);
          } finally {
            doneReading();
          }
          const doneWriting = await writing.acquire();
          try {
            await write(text);
          } finally {
            doneWriting();
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is one of two, the second acquired outside the try of the first',
      code: `
        import { Mutex } from 'async-mutex';
        const from = new Mutex();
        const to = new Mutex();
        export async function move(amount: number) {
          const releaseFrom = await from.acquire();
                                    ~~~~~~~~~~~~~~ [missedOnException {"release": "\`releaseFrom\`", "witness": "to.acquire()", "line": "6"}]
          const releaseTo = await to.acquire();
          try {
            await transfer(amount);
          } finally {
            releaseTo();
            releaseFrom();
          }
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Mutex } from 'async-mutex';
            const from = new Mutex();
            const to = new Mutex();
            export async function move(amount: number) {
              const releaseFrom = await from.acquire();
              try {
                const releaseTo = await to.acquire();
                try {
                  await transfer(amount);
                } finally {
                  releaseTo();
                }
              } finally {
                releaseFrom();
              }
            }
          `,
        },
        {
          messageId: 'useScopedForm',
          output: `
            import { Mutex } from 'async-mutex';
            const from = new Mutex();
            const to = new Mutex();
            export async function move(amount: number) {
              await from.runExclusive(async () => {
                const releaseTo = await to.acquire();
                try {
                  await transfer(amount);
                } finally {
                  releaseTo();
                }
              });
            }
          `,
        },
      ],
    },
    {
      name: 'is one of two, neither of which is protected',
      code: `
        import { Mutex } from '@livekit/mutex';
        const from = new Mutex();
        const to = new Mutex();
        export async function move(amount: number) {
          const releaseFrom = await from.lock();
                                    ~~~~~~~~~~~ [missedOnException {"release": "\`releaseFrom\`", "witness": "transfer(amount)", "line": "7"}]
          const releaseTo = await to.lock();
                                  ~~~~~~~~~ [missedOnException {"release": "\`releaseTo\`", "witness": "transfer(amount)", "line": "7"}]
          await transfer(amount);
          releaseTo();
          releaseFrom();
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const from = new Mutex();
        const to = new Mutex();
        export async function move(amount: number) {
          const releaseFrom = await from.lock();
          try {
            const releaseTo = await to.lock();
            try {
              await transfer(amount);
            } finally {
              releaseTo();
            }
          } finally {
            releaseFrom();
          }
        }
      `,
    },
    {
      name: 'is one of two, of which finally releases the other',
      code: `
        import { Mutex } from '@livekit/mutex';
        const from = new Mutex();
        const to = new Mutex();
        export async function move(amount: number) {
          const releaseFrom = await from.lock();
                                    ~~~~~~~~~~~ [missedOnException {"release": "\`releaseFrom\`", "witness": "transfer(amount)", "line": "8"}]
          const releaseTo = await to.lock();
          try {
            await transfer(amount);
          } finally {
            releaseTo();
          }
          releaseFrom();
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const from = new Mutex();
        const to = new Mutex();
        export async function move(amount: number) {
          const releaseFrom = await from.lock();
          try {
            const releaseTo = await to.lock();
            try {
              await transfer(amount);
            } finally {
              releaseTo();
            }
          } finally {
            releaseFrom();
          }
        }
      `,
    },
    {
      name: 'is one of two, the second of which is released first on a condition',
      code: `
        import { Mutex } from '@livekit/mutex';
        const from = new Mutex();
        const to = new Mutex();
        export async function move(amount: number) {
          const releaseFrom = await from.lock();
          const releaseTo = await to.lock();
                                  ~~~~~~~~~ [missedOnEnd {"release": "\`releaseTo\`", "line": "9"}]
          if (amount > 0) releaseTo();
          releaseFrom();
        }
      `,
      output: null,
    },
    {
      name: 'is one of several of all kinds in one section',
      code: `
        import { Semaphore } from 'async-mutex';
        import AwaitLock from 'await-lock';
        const lock = new AwaitLock();
        const semaphore = new Semaphore(2);
        export async function move(amount: number) {
          await lock.acquireAsync();
                ~~~~~~~~~~~~~~~~~~~ [missedOnException {"release": "\`lock.release\`", "witness": "transfer(amount)", "line": "8"}]
          const [, release] = await semaphore.acquire();
                                    ~~~~~~~~~~~~~~~~~~~ [missedOnException {"release": "\`release\`", "witness": "transfer(amount)", "line": "8"}]
          await transfer(amount);
          release();
          lock.release();
        }
      `,
      output: `
        import { Semaphore } from 'async-mutex';
        import AwaitLock from 'await-lock';
        const lock = new AwaitLock();
        const semaphore = new Semaphore(2);
        export async function move(amount: number) {
          await lock.acquireAsync();
          try {
            const [, release] = await semaphore.acquire();
            try {
              await transfer(amount);
            } finally {
              release();
            }
          } finally {
            lock.release();
          }
        }
      `,
      suggestions: [
        {
          messageId: 'useScopedForm',
          output: `
            import { Semaphore } from 'async-mutex';
            import AwaitLock from 'await-lock';
            const lock = new AwaitLock();
            const semaphore = new Semaphore(2);
            export async function move(amount: number) {
              await lock.acquireAsync();
              await semaphore.runExclusive(async () => {
                await transfer(amount);
              });
              lock.release();
            }
          `,
        },
      ],
    },
  ],
});
