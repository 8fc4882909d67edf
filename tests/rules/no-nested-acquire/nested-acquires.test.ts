import { noNestedAcquire } from '../../../rules/no-nested-acquire.js';
import { testRule } from '../../support/rule-tester.js';

testRule(noNestedAcquire, {
  valid: [
    {
      name: 'is acquired for each element by callbacks that nobody waits for',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        declare function write(text: string): void;
        export async function save(texts: string[]) {
          await mutex.runExclusive(() => {
            texts.forEach(async text => { await mutex.runExclusive(() => write(text)); });
            void Promise.all(texts.map(async text => { await mutex.runExclusive(() => write(text)); }));
          });
        }
      `,
    },
    {
      name: 'is acquired by the code of the module',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        const release = await mutex.acquire();
        release();
      `,
    },
    {
      name: 'is acquired again after it was released',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          await mutex.runExclusive(() => write(text));
          await mutex.runExclusive(() => write(text));
        }
        declare function write(text: string): Promise<void>;
      `,
    },
    {
      name: 'is another one',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        const other = new Mutex();
        export async function save(text: string) {
          await mutex.runExclusive(async () => {
            await other.runExclusive(() => write(text));
          });
        }
        declare function write(text: string): Promise<void>;
      `,
    },
    {
      name: 'is acquired by a call that the section does not wait for',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          await mutex.runExclusive(() => {
            void mutex.runExclusive(() => write(text));
          });
        }
        declare function write(text: string): Promise<void>;
      `,
    },
    {
      name: 'is acquired by a function that runs later',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          await mutex.runExclusive(async () => {
            setTimeout(async () => {
              await mutex.runExclusive(() => write(text));
            }, 10);
          });
        }
        declare function write(text: string): Promise<void>;
      `,
    },
    {
      name: 'is a semaphore, which may have another permit',
      code: `
        import { Semaphore } from 'async-mutex';
        const semaphore = new Semaphore(2);
        export async function save(text: string) {
          await semaphore.runExclusive(async () => {
            await semaphore.runExclusive(() => write(text));
          });
        }
        declare function write(text: string): Promise<void>;
      `,
    },
    {
      name: 'is shared by both',
      code: `
        import mortice from 'mortice';
        const lock = mortice();
        export async function save(text: string) {
          const release = await lock.readLock();
          try {
            const again = await lock.readLock();
            again();
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is held for another key',
      code: `
        import AsyncLock from 'async-lock';
        const lock = new AsyncLock();
        export async function save(text: string) {
          await lock.acquire('files', async () => {
            await lock.acquire('index', () => write(text));
          });
        }
        declare function write(text: string): Promise<void>;
      `,
    },
    {
      name: 'is held for a key that is computed',
      code: `
        import AsyncLock from 'async-lock';
        const lock = new AsyncLock();
        export async function save(keys: string[], text: string) {
          await lock.acquire(keys[0] ?? '', async () => {
            await lock.acquire(keys[1] ?? '', () => write(text));
          });
        }
        declare function write(text: string): Promise<void>;
      `,
    },
    {
      name: 'is only tried',
      code: `
        export async function save(text: string) {
          await navigator.locks.request('files', async () => {
            await navigator.locks.request('files', { ifAvailable: true }, () => write(text));
          });
        }
        declare function write(text: string): Promise<void>;
      `,
    },
    {
      name: 'is a field of another object',
      code: `
        import { Mutex } from 'async-mutex';
        export class Account {
          readonly #mutex = new Mutex();
          async transfer(other: Account) {
            await this.#mutex.runExclusive(async () => {
              await other.add();
            });
          }
          async add() {
            await this.#mutex.runExclusive(() => undefined);
          }
        }
      `,
    },
    {
      name: 'is acquired by a callee on a condition',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          await mutex.runExclusive(() => write(text, true));
        }
        async function write(text: string, isLocked: boolean) {
          if (isLocked) return;
          await mutex.runExclusive(() => console.log(text));
        }
      `,
    },
    {
      name: 'is released by the callee before it acquires it again',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          await mutex.acquire();
          await pause(text);
          mutex.release();
        }
        async function pause(text: string) {
          mutex.release();
          await mutex.acquire();
          console.log(text);
        }
      `,
    },
    {
      name: 'is released before the try is over',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          let release = await mutex.acquire();
          try {
            release();
            release = await mutex.acquire();
            await write(text);
          } finally {
            release();
          }
        }
        declare function write(text: string): Promise<void>;
      `,
    },
    {
      name: 'is a local one of the function that is called',
      code: `
        import { Mutex } from 'async-mutex';
        export async function save(mutex: Mutex, text: string) {
          await mutex.runExclusive(() => write(new Mutex(), text));
        }
        async function write(mutex: Mutex, text: string) {
          await mutex.runExclusive(() => console.log(text));
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is acquired again for each element of a list',
      code: `
        import { Mutex } from 'async-mutex';
        export class Store {
          readonly #mutex = new Mutex();
          async saveAll(texts: string[]) {
            await this.#mutex.runExclusive(async () => {
              await Promise.all(texts.map(text => this.save(text)));
                                                  ~~~~~~~~~~~~~~~ [acquiredAgainInCallee { "innerLine": "10" }]
            });
          }
          async save(text: string) {
            await this.#mutex.runExclusive(() => { console.log(text); });
          }
        }
        const mutex = new Mutex();
        export async function saveAll(texts: string[]) {
          await mutex.runExclusive(async () => {
            await Promise.all(texts.map(async text => {
              await mutex.runExclusive(() => { console.log(text); });
                    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [acquiredAgain {}]
            }));
          });
        }
      `,
      output: null,
    },
    {
      name: 'is acquired again in its own callback',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          await mutex.runExclusive(async () => {
            await mutex.runExclusive(() => write(text));
                  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [acquiredAgain { "call": "mutex.runExclusive", "noun": "lock", "outer": "mutex.runExclusive", "outerLine": "4" }]
          });
        }
        declare function write(text: string): Promise<void>;
      `,
      output: null,
    },
    {
      name: 'is acquired again before finally releases it',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.acquire();
          try {
            if (text === '') await mutex.runExclusive(() => write(text));
                                   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [acquiredAgain {}]
          } finally {
            release();
          }
        }
        declare function write(text: string): Promise<void>;
      `,
      output: null,
    },
    {
      name: 'is acquired for writing while it is held for reading',
      code: `
        import mortice from 'mortice';
        const lock = mortice();
        export async function save(text: string) {
          const release = await lock.readLock();
          try {
            const again = await lock.writeLock();
                                ~~~~~~~~~~~~~~~~ [acquiredAgain {}]
            again();
          } finally {
            release();
          }
        }
      `,
      output: null,
    },
    {
      name: 'is held for the same key',
      code: `
        import AsyncLock from 'async-lock';
        const lock = new AsyncLock();
        export async function save(text: string) {
          await lock.acquire('files', async () => {
            await lock.acquire('files', () => write(text));
                  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [acquiredAgain {}]
          });
        }
        declare function write(text: string): Promise<void>;
      `,
      output: null,
    },
    {
      name: 'is requested again under its name',
      code: `
        export async function save(text: string) {
          await navigator.locks.request('files', async () => {
            await navigator.locks.request('files', () => write(text));
                  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [acquiredAgain {}]
          });
        }
        declare function write(text: string): Promise<void>;
      `,
      output: null,
    },
    {
      name: 'is a field that another method of the object acquires',
      code: `
        import { Mutex } from 'async-mutex';
        export class Account {
          readonly #mutex = new Mutex();
          async transfer() {
            await this.#mutex.runExclusive(async () => {
              await this.add();
                    ~~~~~~~~~~ [acquiredAgainInCallee { "call": "this.add", "noun": "lock", "outer": "this.#mutex.runExclusive", "outerLine": "5", "innerLine": "10" }]
            });
          }
          async add() {
            await this.#mutex.runExclusive(() => undefined);
          }
        }
      `,
      output: null,
    },
    {
      name: 'is acquired by a callee of a callee, which returns the promise',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          await mutex.runExclusive(() => write(text));
                                         ~~~~~~~~~~~ [acquiredAgainInCallee {}]
        }
        async function write(text: string) {
          console.log(text);
          await append(text);
        }
        function append(text: string) {
          return mutex.runExclusive(() => console.log(text));
        }
      `,
      output: null,
    },
    {
      name: 'is acquired by one of several calls that are awaited together',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          await mutex.acquire();
          await Promise.all([write(text), mutex.acquire()]);
                                          ~~~~~~~~~~~~~~~ [acquiredAgain {}]
          mutex.release();
        }
        declare function write(text: string): Promise<void>;
      `,
      output: null,
    },
  ],
});
