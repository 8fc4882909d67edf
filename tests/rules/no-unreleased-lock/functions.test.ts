import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Helpers, generators and disposal.
testRule(noUnreleasedLock, {
  valid: [
    // Inner helpers
    {
      name: 'is released by an inner helper',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          const cleanup = () => release();
          try {
            await write(text);
          } finally {
            cleanup();
          }
        }
      `,
    },
    {
      name: 'is released by an inner function that is declared below',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          try {
            await write(text);
          } finally {
            finish();
          }
          function finish() {
            release();
          }
        }
      `,
    },
    {
      name: 'is released by a method that releases by name',
      code: `
        import AwaitLock from 'await-lock';
        class Store {
          #lock = new AwaitLock();
          #leave() {
            this.#lock.release();
          }
          async save(text: string) {
            await this.#lock.acquireAsync();
            try {
              await this.write(text);
            } finally {
              this.#leave();
            }
          }
        }
        export { Store };
      `,
    },
    {
      name: 'is acquired and released by the methods lock and unlock of a class',
      code: `
        import { Mutex } from '@livekit/mutex';
        class Guard {
          #mutex = new Mutex();
          #release?: () => void;
          async lock() {
            this.#release = await this.#mutex.lock();
          }
          unlock() {
            this.#release?.();
            this.#release = undefined;
          }
        }
        export { Guard };
      `,
    },
    {
      name: 'is held by an asynchronous function that is called at once',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export function start(text: string) {
          void (async () => {
            const release = await mutex.lock();
            try {
              await write(text);
            } finally {
              release();
            }
          })();
        }
      `,
    },
    {
      name: 'is released after a callback that runs before the call returns',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function count(items: number[]) {
          const release = await mutex.lock();
          let total = 0;
          items.forEach(item => {
            total += item;
          });
          release();
          return total;
        }
      `,
    },
    // Generators
    {
      name: 'is released by a generator in finally',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function* read(pages: string[]) {
          const release = await mutex.lock();
          try {
            yield* pages;
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is released by a generator before it yields',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function* read(pages: string[]) {
          const release = await mutex.lock();
          const page = pages.shift();
          release();
          yield page;
        }
      `,
    },
    // Disposal
    {
      name: 'is released by a using declaration of an own disposable',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          using guard = new Guard(await mutex.lock());
          await write(text, guard);
        }
      `,
    },
    {
      name: 'is released by a disposable stack',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          using stack = new DisposableStack();
          stack.defer(await mutex.lock());
          await write(text);
        }
      `,
    },
  ],
  invalid: [
    // Inner helpers
    {
      name: 'is released by an inner helper that one path does not call',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "6"}]
          const cleanup = () => release();
          await write(text);
          cleanup();
        }
      `,
      output: null,
    },
    {
      name: 'is released by a method that one path does not call',
      code: `
        import AwaitLock from 'await-lock';
        class Store {
          #lock = new AwaitLock();
          #leave() {
            this.#lock.release();
          }
          async save(text: string) {
            await this.#lock.acquireAsync();
                  ~~~~~~~~~~~~~~~~~~~~~~~~~ [missedOnException {"witness": "this.write(text)", "line": "9"}]
            await this.write(text);
            this.#leave();
          }
        }
        export { Store };
      `,
      output: `
        import AwaitLock from 'await-lock';
        class Store {
          #lock = new AwaitLock();
          #leave() {
            this.#lock.release();
          }
          async save(text: string) {
            await this.#lock.acquireAsync();
            try {
              await this.write(text);
            } finally {
              this.#leave();
            }
          }
        }
        export { Store };
      `,
    },
    {
      name: 'is lost inside an asynchronous function that is called at once',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export function start(text: string) {
          void (async () => {
            const release = await mutex.lock();
                                  ~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "6"}]
            await write(text);
            release();
          })();
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export function start(text: string) {
          void (async () => {
            const release = await mutex.lock();
            try {
              await write(text);
            } finally {
              release();
            }
          })();
        }
      `,
    },
    {
      name: 'is lost when a callback that runs before the call returns throws',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function count(items: number[]) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"line": "6"}]
          let total = 0;
          items.forEach(item => {
            if (item < 0) throw new RangeError('negative');
            total += item;
          });
          release();
          return total;
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function count(items: number[]) {
          const release = await mutex.lock();
          let total = 0;
          try {
            items.forEach(item => {
              if (item < 0) throw new RangeError('negative');
              total += item;
            });
          } finally {
            release();
          }
          return total;
        }
      `,
    },
    // Generators
    {
      name: 'is held by a generator whose consumer may stop',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function* read(pages: string[]) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnReturn {"witness": "yield pages.shift()", "line": "5"}]
          yield pages.shift();
          release();
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Mutex } from '@livekit/mutex';
            const mutex = new Mutex();
            export async function* read(pages: string[]) {
              const release = await mutex.lock();
              try {
                yield pages.shift();
              } finally {
                release();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is held while an anonymous function is evaluated that cannot release it',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export const save = async (text: string) => {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "6"}]
          const shorten = (value: string) => value.slice(0, 10);
          await write(text);
          release();
          return shorten(text);
        };
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export const save = async (text: string) => {
          const release = await mutex.lock();
          const shorten = (value: string) => value.slice(0, 10);
          try {
            await write(text);
          } finally {
            release();
          }
          return shorten(text);
        };
      `,
    },
  ],
});
