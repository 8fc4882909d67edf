import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Libraries whose lock is released by its own method.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is a permit of async-sema',
      code: `
        import { Sema } from 'async-sema';
        const sema = new Sema(2);
        export async function save(text: string) {
          const token = await sema.acquire();
          try {
            await write(text);
          } finally {
            sema.release(token);
          }
        }
      `,
    },
    {
      name: 'is a lock of await-lock with a timeout',
      code: `
        import AwaitLock from 'await-lock';
        const lock = new AwaitLock();
        export async function save(text: string) {
          await lock.acquireAsync({ timeout: 100 });
          try {
            await write(text);
          } finally {
            lock.release();
          }
        }
      `,
    },
    {
      name: 'is a permit of semaphore-async-await, waited for and signalled',
      code: `
        import Semaphore from 'semaphore-async-await';
        const semaphore = new Semaphore(2);
        export async function save(text: string) {
          await semaphore.wait();
          try {
            await write(text);
          } finally {
            semaphore.signal();
          }
        }
      `,
    },
    {
      name: 'is a permit that semaphore-async-await holds for a callback',
      code: `
        import Semaphore from 'semaphore-async-await';
        const semaphore = new Semaphore(2);
        export async function save(text: string) {
          await semaphore.execute(async () => write(text));
        }
      `,
    },
    {
      name: 'is a lock of @upstash/lock that is released where it was acquired',
      code: `
        import { Lock } from '@upstash/lock';
        const lock = new Lock({ id: 'file', redis });
        export async function save(text: string) {
          if (!(await lock.acquire())) return;
          try {
            await write(text);
          } finally {
            await lock.release();
          }
        }
      `,
    },
    {
      name: 'is a lock among several, found by its key',
      code: `
        import { Sema } from 'async-sema';
        const semas: Record<string, Sema> = { file: new Sema(2) };
        export async function save(id: string, text: string) {
          await semas[id].acquire();
          try {
            await write(text);
          } finally {
            semas[id].release();
          }
        }
      `,
    },
    {
      name: 'is released by its method, bound before',
      code: `
        import AwaitLock from 'await-lock';
        const lock = new AwaitLock();
        export async function save(text: string) {
          await lock.acquireAsync();
          await write(text).finally(lock.release.bind(lock));
        }
      `,
    },
    {
      name: 'is released by the lock itself in finally',
      code: `
        import { Mutex } from 'async-mutex';
        class Store {
          #mutex = new Mutex();
          async save(text: string) {
            await this.#mutex.acquire();
            try {
              await this.write(text);
            } finally {
              this.#mutex.release();
            }
          }
        }
        export { Store };
      `,
    },
  ],
  invalid: [
    {
      name: 'is a permit of async-sema, and its release is not protected',
      code: `
        import { Sema } from 'async-sema';
        const sema = new Sema(2);
        export async function save(text: string) {
          const token = await sema.acquire();
                              ~~~~~~~~~~~~~~ [missedOnException {"release": "\`sema.release\`", "witness": "write(text)", "line": "5"}]
          await write(text);
          sema.release(token);
        }
      `,
      output: `
        import { Sema } from 'async-sema';
        const sema = new Sema(2);
        export async function save(text: string) {
          const token = await sema.acquire();
          try {
            await write(text);
          } finally {
            sema.release(token);
          }
        }
      `,
    },
    {
      name: 'is a lock of await-lock with a timeout, and its release is not protected',
      code: `
        import AwaitLock from 'await-lock';
        const lock = new AwaitLock();
        export async function save(text: string) {
          await lock.acquireAsync({ timeout: 100 });
                ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "5"}]
          await write(text);
          lock.release();
        }
      `,
      output: `
        import AwaitLock from 'await-lock';
        const lock = new AwaitLock();
        export async function save(text: string) {
          await lock.acquireAsync({ timeout: 100 });
          try {
            await write(text);
          } finally {
            lock.release();
          }
        }
      `,
    },
    {
      name: 'is a lock of await-lock whose timeout may come inside the try that releases',
      code: `
        import AwaitLock from 'await-lock';
        const lock = new AwaitLock();
        export async function save(text: string) {
          try {
            await lock.acquireAsync({ timeout: 100 });
                  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [acquiredInsideTry {"witness": "lock.acquireAsync({ timeout: 100 })", "line": "5"}]
            await write(text);
          } finally {
            lock.release();
          }
        }
      `,
      suggestions: [
        {
          messageId: 'moveAcquireBeforeTry',
          output: `
            import AwaitLock from 'await-lock';
            const lock = new AwaitLock();
            export async function save(text: string) {
              await lock.acquireAsync({ timeout: 100 });
              try {
                await write(text);
              } finally {
                lock.release();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is a permit of semaphore-async-await, and its release is not protected',
      code: `
        import Semaphore from 'semaphore-async-await';
        const semaphore = new Semaphore(2);
        export async function save(text: string) {
          await semaphore.wait();
                ~~~~~~~~~~~~~~~~ [missedOnException {"release": "\`semaphore.signal\`", "witness": "write(text)", "line": "5"}]
          await write(text);
          semaphore.signal();
        }
      `,
      output: `
        import Semaphore from 'semaphore-async-await';
        const semaphore = new Semaphore(2);
        export async function save(text: string) {
          await semaphore.wait();
          try {
            await write(text);
          } finally {
            semaphore.signal();
          }
        }
      `,
      suggestions: [
        {
          messageId: 'useScopedForm',
          output: `
            import Semaphore from 'semaphore-async-await';
            const semaphore = new Semaphore(2);
            export async function save(text: string) {
              await semaphore.execute(async () => {
                await write(text);
              });
            }
          `,
        },
      ],
    },
    {
      name: 'is a lock of @upstash/lock, and its release is not protected',
      code: `
        import { Lock } from '@upstash/lock';
        const lock = new Lock({ id: 'file', redis });
        export async function save(text: string) {
          if (!(await lock.acquire())) return;
                      ~~~~~~~~~~~~~~ [missedOnException {"release": "\`lock.release\`", "witness": "write(text)", "line": "5"}]
          await write(text);
          await lock.release();
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Lock } from '@upstash/lock';
            const lock = new Lock({ id: 'file', redis });
            export async function save(text: string) {
              if (!(await lock.acquire())) return;
              try {
                await write(text);
              } finally {
                await lock.release();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is a lock among several, and another one is released',
      code: `
        import { Sema } from 'async-sema';
        const first = new Sema(2);
        const second = new Sema(2);
        export async function save(text: string) {
          await first.acquire();
                ~~~~~~~~~~~~~~~ [neverReleased {"acquire": "first.acquire()"}]
          try {
            await write(text);
          } finally {
            second.release();
          }
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Sema } from 'async-sema';
            const first = new Sema(2);
            const second = new Sema(2);
            export async function save(text: string) {
              await first.acquire();
              try {
                try {
                  await write(text);
                } finally {
                  second.release();
                }
              } finally {
                first.release();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is a lock of @upstash/lock that is released on success only',
      code: `
        import { Lock } from '@upstash/lock';
        const lock = new Lock({ id: 'file', redis });
        export async function save(text: string) {
          const isHeld = await lock.acquire();
                               ~~~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "6"}]
          if (isHeld) {
            const isSaved = await write(text);
            if (isSaved) await lock.release();
            else await lock.release();
          }
        }
      `,
      output: null,
    },
  ],
});
