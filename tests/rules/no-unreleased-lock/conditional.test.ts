import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Locks that are acquired on a condition, and acquires that may be refused.
testRule(noUnreleasedLock, {
  valid: [
    // The same condition guards both
    {
      name: 'is acquired and released on the same condition',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string, isShared: boolean) {
          const release = isShared ? await mutex.lock() : undefined;
          try {
            await write(text);
          } finally {
            release?.();
          }
        }
      `,
    },
    {
      name: 'is acquired on a condition that is tested again for the release',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string, isShared: boolean) {
          if (isShared) {
            await mutex.acquire();
          }
          try {
            await write(text);
          } finally {
            if (isShared) {
              mutex.release();
            }
          }
        }
      `,
    },
    {
      name: 'is acquired unless the caller gave a releaser of its own',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string, given?: () => void) {
          const isOwn = given === undefined;
          const release = given ?? (await mutex.lock());
          try {
            await write(text);
          } finally {
            if (isOwn) release();
          }
        }
      `,
    },
    {
      name: 'is released where a flag says that it is held',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          let isHeld = false;
          if (text !== '') {
            await mutex.acquire();
            isHeld = true;
          }
          console.log(text);
          if (isHeld) mutex.release();
        }
      `,
    },
    {
      name: 'is released where its variable is set',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          let release: (() => void) | undefined;
          if (text !== '') release = await mutex.lock();
          console.log(text);
          if (typeof release === 'function') release();
        }
      `,
    },
    // The acquire may be refused
    {
      name: 'is released where the attempt succeeded',
      code: `
        import AwaitLock from 'await-lock';
        class Store {
          #lock = new AwaitLock();
          async save(text: string) {
            if (!this.#lock.tryAcquire()) {
              return false;
            }
            try {
              await this.write(text);
            } finally {
              this.#lock.release();
            }
            return true;
          }
        }
        export { Store };
      `,
    },
    {
      name: 'is released where the remembered attempt succeeded',
      code: `
        import { Lock } from 'semaphore-async-await';
        const lock = new Lock();
        export async function save(text: string) {
          const isHeld = await lock.waitFor(100);
          if (!isHeld) throw new Error('busy');
          try {
            await write(text);
          } finally {
            lock.release();
          }
        }
      `,
    },
    {
      name: 'is released if the attempt succeeded, whatever follows',
      code: `
        import { Lock } from '@upstash/lock';
        const lock = new Lock({ id: 'file', redis });
        export async function save(text: string) {
          if (await lock.acquire()) {
            try {
              await write(text);
            } finally {
              await lock.release();
            }
          } else {
            console.log('busy');
          }
        }
      `,
    },
    {
      name: 'is compared with what an attempt gives',
      code: `
        import { Sema } from 'async-sema';
        const sema = new Sema(2);
        export async function save(text: string) {
          const token = sema.tryAcquire();
          if (token === undefined) return;
          try {
            await write(text);
          } finally {
            sema.release(token);
          }
        }
      `,
    },
    {
      name: 'is tested together with another condition',
      code: `
        import AwaitLock from 'await-lock';
        const lock = new AwaitLock();
        export async function save(text: string) {
          if (text !== '' && lock.tryAcquire()) {
            try {
              await write(text);
            } finally {
              lock.release();
            }
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is acquired and released on different conditions',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string, isShared: boolean, isLast: boolean) {
          if (isShared) {
            await mutex.acquire();
                  ~~~~~~~~~~~~~~~ [missedOnEnd {"line": "11"}]
          }
          console.log(text);
          if (isLast) {
            mutex.release();
          }
        }
      `,
      output: null,
    },
    {
      name: 'is acquired on a condition that changes before the release',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string, isShared: boolean) {
          if (isShared) {
            await mutex.acquire();
                  ~~~~~~~~~~~~~~~ [missedOnEnd {"line": "11"}]
          }
          isShared = text !== '';
          if (isShared) {
            mutex.release();
          }
        }
      `,
      output: null,
    },
    {
      name: 'is released on a condition that is the wrong way round',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string, given?: () => void) {
          const isOwn = given === undefined;
          const release = given ?? (await mutex.lock());
                                          ~~~~~~~~~~~~ [neverReleased]
          console.log(text);
          if (!isOwn) release();
        }
      `,
      output: null,
    },
    {
      name: 'is lost when the work fails after an attempt that succeeded',
      code: `
        import AwaitLock from 'await-lock';
        class Store {
          #lock = new AwaitLock();
          async save(text: string) {
            if (!this.#lock.tryAcquire()) {
                 ~~~~~~~~~~~~~~~~~~~~~~~ [missedOnException {"release": "\`this.#lock.release\`", "witness": "this.write(text)", "line": "8"}]
              return false;
            }
            await this.write(text);
            this.#lock.release();
            return true;
          }
        }
        export { Store };
      `,
      output: `
        import AwaitLock from 'await-lock';
        class Store {
          #lock = new AwaitLock();
          async save(text: string) {
            if (!this.#lock.tryAcquire()) {
              return false;
            }
            try {
              await this.write(text);
            } finally {
              this.#lock.release();
            }
            return true;
          }
        }
        export { Store };
      `,
    },
    {
      name: 'is released where the attempt failed',
      code: `
        import { Lock } from 'semaphore-async-await';
        const lock = new Lock();
        export async function save(text: string) {
          const isHeld = await lock.waitFor(100);
                               ~~~~~~~~~~~~~~~~~ [missedOnEnd {"line": "10"}]
          if (!isHeld) {
            lock.release();
            throw new Error('busy');
          }
          console.log(text);
        }
      `,
      output: null,
    },
    {
      name: 'is lost when the attempt succeeded and its branch throws',
      code: `
        import { Lock } from '@upstash/lock';
        const lock = new Lock({ id: 'file', redis });
        export async function save(text: string) {
          if (await lock.acquire()) {
                    ~~~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "5"}]
            await write(text);
            await lock.release();
          }
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Lock } from '@upstash/lock';
            const lock = new Lock({ id: 'file', redis });
            export async function save(text: string) {
              if (await lock.acquire()) {
                try {
                  await write(text);
                } finally {
                  await lock.release();
                }
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is tested together with a condition that fails afterwards',
      code: `
        import AwaitLock from 'await-lock';
        const lock = new AwaitLock();
        export async function save(text: string) {
          if (lock.tryAcquire() && text !== '') {
              ~~~~~~~~~~~~~~~~~ [missedOnEnd {"line": "11"}]
            try {
              await write(text);
            } finally {
              lock.release();
            }
          }
        }
      `,
      output: null,
    },
    {
      name: 'is held where its variable is set, and released elsewhere',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          let release: (() => void) | undefined;
          if (text !== '') release = await mutex.lock();
                                           ~~~~~~~~~~~~ [missedOnEnd {"line": "8"}]
          console.log(text);
          if (text === 'last') release?.();
        }
      `,
      output: null,
    },
  ],
});
