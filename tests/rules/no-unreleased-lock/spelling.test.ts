import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// The ways to write one acquire and one release.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is called through an optional chain',
      code: `
        import { Mutex } from '@livekit/mutex';
        class Store {
          mutex = new Mutex();
          async save(text: string) {
            const release = await this.mutex?.lock();
            try {
              await this.write(text);
            } finally {
              release?.();
            }
          }
        }
        export { Store };
      `,
    },
    {
      name: 'is taken apart from its pair',
      code: `
        import { Semaphore } from 'async-mutex';
        const semaphore = new Semaphore(2);
        export async function save(text: string) {
          const [, release] = await semaphore.acquire();
          try {
            await write(text);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is kept inside its pair',
      code: `
        import { Semaphore } from 'async-mutex';
        const semaphore = new Semaphore(2);
        export async function save(text: string) {
          const pair = await semaphore.acquire();
          try {
            await write(text);
          } finally {
            pair[1]();
          }
        }
      `,
    },
    {
      name: 'has another name for its lock',
      code: `
        import AwaitLock from 'await-lock';
        class Store {
          lock = new AwaitLock();
          async save(text: string) {
            const { lock } = this;
            await lock.acquireAsync();
            try {
              await this.write(text);
            } finally {
              this.lock.release();
            }
          }
        }
        export { Store };
      `,
    },
    {
      name: 'is cast on the way',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = (await mutex.lock()) as () => void;
          try {
            await write(text);
          } finally {
            (release satisfies () => void)();
          }
        }
      `,
    },
    {
      name: 'is called by call and apply',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function bump(state: { count: number }) {
          const release = await mutex.lock();
          state.count += 1;
          release.call(undefined);
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is called through an optional chain, and its release is not protected',
      code: `
        import { Mutex } from '@livekit/mutex';
        class Store {
          mutex = new Mutex();
          async save(text: string) {
            const release = await this.mutex?.lock();
                                  ~~~~~~~~~~~~~~~~~~ [missedOnException {"witness": "this.write(text)", "line": "6"}]
            await this.write(text);
            release?.();
          }
        }
        export { Store };
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        class Store {
          mutex = new Mutex();
          async save(text: string) {
            const release = await this.mutex?.lock();
            try {
              await this.write(text);
            } finally {
              release?.();
            }
          }
        }
        export { Store };
      `,
    },
    {
      name: 'is taken apart from its pair, and its release is not protected',
      code: `
        import { Semaphore } from 'async-mutex';
        const semaphore = new Semaphore(2);
        export async function save(text: string) {
          const [, release] = await semaphore.acquire();
                                    ~~~~~~~~~~~~~~~~~~~ [missedOnException {"release": "\`release\`", "witness": "write(text)", "line": "5"}]
          await write(text);
          release();
        }
      `,
      output: `
        import { Semaphore } from 'async-mutex';
        const semaphore = new Semaphore(2);
        export async function save(text: string) {
          const [, release] = await semaphore.acquire();
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
            import { Semaphore } from 'async-mutex';
            const semaphore = new Semaphore(2);
            export async function save(text: string) {
              await semaphore.runExclusive(async () => {
                await write(text);
              });
            }
          `,
        },
      ],
    },
    {
      name: 'is kept inside its pair, and its release is not protected',
      code: `
        import { Semaphore } from 'async-mutex';
        const semaphore = new Semaphore(2);
        export async function save(text: string) {
          const pair = await semaphore.acquire();
                             ~~~~~~~~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "5"}]
          await write(text);
          pair[1]();
        }
      `,
      output: `
        import { Semaphore } from 'async-mutex';
        const semaphore = new Semaphore(2);
        export async function save(text: string) {
          const pair = await semaphore.acquire();
          try {
            await write(text);
          } finally {
            pair[1]();
          }
        }
      `,
      suggestions: [
        {
          messageId: 'useScopedForm',
          output: `
            import { Semaphore } from 'async-mutex';
            const semaphore = new Semaphore(2);
            export async function save(text: string) {
              await semaphore.runExclusive(async () => {
                await write(text);
              });
            }
          `,
        },
      ],
    },
    {
      name: 'has another name for its lock, and its release is not protected',
      code: `
        import AwaitLock from 'await-lock';
        class Store {
          lock = new AwaitLock();
          async save(text: string) {
            const { lock } = this;
            await lock.acquireAsync();
                  ~~~~~~~~~~~~~~~~~~~ [missedOnException {"witness": "this.write(text)", "line": "7"}]
            await this.write(text);
            this.lock.release();
          }
        }
        export { Store };
      `,
      output: `
        import AwaitLock from 'await-lock';
        class Store {
          lock = new AwaitLock();
          async save(text: string) {
            const { lock } = this;
            await lock.acquireAsync();
            try {
              await this.write(text);
            } finally {
              this.lock.release();
            }
          }
        }
        export { Store };
      `,
    },
    {
      name: 'is cast on the way, and its release is not protected',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = (await mutex.lock()) as () => void;
                                 ~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "5"}]
          await write(text);
          (release satisfies () => void)();
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = (await mutex.lock()) as () => void;
          try {
            await write(text);
          } finally {
            (release satisfies () => void)();
          }
        }
      `,
    },
  ],
});
