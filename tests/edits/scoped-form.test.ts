import { noUnreleasedLock } from '../../rules/no-unreleased-lock.js';
import { testRule } from '../support/rule-tester.js';

// The section becomes the callback of runExclusive.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is held by a callback of runExclusive',
      code: `
        import { Mutex } from 'async-mutex';
        declare function read(path: string): Promise<string>;
        const mutex = new Mutex();
        export async function load(path: string) {
          return await mutex.runExclusive(async () => {
            const text = await read(path);
            return text;
          });
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'returns what the section computes',
      editsNeedTypes: 'only they show that the value is not any',
      code: `
        import { Mutex } from 'async-mutex';
        declare function read(path: string): Promise<string>;
        const mutex = new Mutex();
        export async function load(path: string) {
          const release = await mutex.acquire();
                                ~~~~~~~~~~~~~~~ [missedOnException {}]
          const text = await read(path);
          if (text === '') {
            release();
            return undefined;
          }
          release();
          return text;
        }
      `,
      output: `
        import { Mutex } from 'async-mutex';
        declare function read(path: string): Promise<string>;
        const mutex = new Mutex();
        export async function load(path: string) {
          const release = await mutex.acquire();
          try {
            const text = await read(path);
            if (text === '') {
              return undefined;
            }
            return text;
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
            declare function read(path: string): Promise<string>;
            const mutex = new Mutex();
            export async function load(path: string) {
              return await mutex.runExclusive(async () => {
                const text = await read(path);
                if (text === '') {
                  return undefined;
                }
                return text;
              });
            }
          `,
        },
      ],
    },
    {
      name: 'is held by a section that assigns a variable of the function',
      code: `
        import { Mutex } from 'async-mutex';
        declare function read(path: string): Promise<string>;
        const mutex = new Mutex();
        export async function load(path: string) {
          let text = 'none';
          const release = await mutex.acquire();
                                ~~~~~~~~~~~~~~~ [missedOnException {}]
          text = await read(path);
          release();
          return text.trim();
        }
      `,
      output: `
        import { Mutex } from 'async-mutex';
        declare function read(path: string): Promise<string>;
        const mutex = new Mutex();
        export async function load(path: string) {
          let text = 'none';
          const release = await mutex.acquire();
          try {
            text = await read(path);
          } finally {
            release();
          }
          return text.trim();
        }
      `,
    },
    {
      name: 'is held by a section that uses a property that was tested before',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function load(state: { send?: (text: string) => Promise<void> }) {
          if (state.send === undefined) return;
          const release = await mutex.acquire();
                                ~~~~~~~~~~~~~~~ [missedOnException {}]
          await state.send('text');
          release();
        }
      `,
      output: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function load(state: { send?: (text: string) => Promise<void> }) {
          if (state.send === undefined) return;
          const release = await mutex.acquire();
          try {
            await state.send('text');
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is held by a section that continues a loop',
      code: `
        import { Mutex } from 'async-mutex';
        declare function read(path: string): Promise<string>;
        const mutex = new Mutex();
        export async function load(paths: string[]) {
          for (const path of paths) {
            const release = await mutex.acquire();
                                  ~~~~~~~~~~~~~~~ [missedOnException {}]
            if ((await read(path)) === '') {
              release();
              continue;
            }
            paths.push(path);
            release();
          }
        }
      `,
      output: `
        import { Mutex } from 'async-mutex';
        declare function read(path: string): Promise<string>;
        const mutex = new Mutex();
        export async function load(paths: string[]) {
          for (const path of paths) {
            const release = await mutex.acquire();
            try {
              if ((await read(path)) === '') {
                continue;
              }
              paths.push(path);
            } finally {
              release();
            }
          }
        }
      `,
    },
    {
      name: 'is held by a section that does not wait',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function load(text: string) {
          const release = await mutex.acquire();
                                ~~~~~~~~~~~~~~~ [missedOnException {}]
          JSON.parse(text);
          release();
        }
      `,
      output: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function load(text: string) {
          const release = await mutex.acquire();
          try {
            JSON.parse(text);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is held by a section in the middle, and its release has a comment',
      code: `
        import { Mutex } from 'async-mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(text: string) {
          await send('start');
          const release = await mutex.acquire();
                                ~~~~~~~~~~~~~~~ [missedOnException {}]
          await send(text);
          // Give it back.
          release();
          await send('end');
        }
      `,
      output: `
        import { Mutex } from 'async-mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(text: string) {
          await send('start');
          const release = await mutex.acquire();
          try {
            await send(text);
          } finally {
            // Give it back.
            release();
          }
          await send('end');
        }
      `,
    },
    {
      name: 'is held by a section of a method that uses this',
      code: `
        import { Semaphore } from 'async-mutex';
        class Store {
          #semaphore = new Semaphore(2);
          async send(text: string) {
            await fetch(text);
          }
          async load(text: string) {
            const [, release] = await this.#semaphore.acquire();
                                      ~~~~~~~~~~~~~~~~~~~~~~~~~ [missedOnException {}]
            await this.send(text);
            await this.send('end');
            release();
            console.log(text);
          }
        }
        export { Store };
      `,
      output: `
        import { Semaphore } from 'async-mutex';
        class Store {
          #semaphore = new Semaphore(2);
          async send(text: string) {
            await fetch(text);
          }
          async load(text: string) {
            const [, release] = await this.#semaphore.acquire();
            try {
              await this.send(text);
              await this.send('end');
            } finally {
              release();
            }
            console.log(text);
          }
        }
        export { Store };
      `,
      suggestions: [
        {
          messageId: 'useScopedForm',
          output: `
            import { Semaphore } from 'async-mutex';
            class Store {
              #semaphore = new Semaphore(2);
              async send(text: string) {
                await fetch(text);
              }
              async load(text: string) {
                await this.#semaphore.runExclusive(async () => {
                  await this.send(text);
                  await this.send('end');
                });
                console.log(text);
              }
            }
            export { Store };
          `,
        },
      ],
    },
  ],
});
