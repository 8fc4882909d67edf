import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Locks that their own method releases as well (`mutex.release()`), handed over or released by other functions.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'comes from a function of another file, which releases it by its lock',
      files: {
        'locks.ts': `
          import { Mutex } from 'async-mutex';
          const mutex = new Mutex();
          export async function enter() {
            return mutex.acquire();
          }
          export function leave() {
            mutex.release();
          }
        `,
      },
      code: `
        import { enter, leave } from './locks.js';
        export async function send(text: string) {
          await enter();
          try {
            await write(text);
          } finally {
            leave();
          }
        }
      `,
    },
    {
      name: 'comes from a function of another file, whose lock others can reach',
      files: {
        'locks.ts': `
          import { Mutex } from 'async-mutex';
          const mutex = new Mutex();
          export const locks = { mutex };
          export const enter = () => mutex.acquire();
        `,
      },
      code: `
        import { enter } from './locks.js';
        export async function send(text: string) {
          await enter();
          await write(text);
        }
      `,
    },
    {
      name: 'comes from a function of this file, which releases it by its lock',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        const enter = () => mutex.acquire();
        export function leave() {
          mutex.release();
        }
        export async function send(text: string) {
          await enter();
          await write(text);
        }
      `,
    },
    {
      name: 'is released by an inherited method of another file',
      files: {
        'base.ts': `
          import { Mutex } from 'async-mutex';
          export class Base {
            protected readonly mutex = new Mutex();
            protected unlock() {
              this.free();
            }
            private free() {
              this.mutex.release();
            }
          }
        `,
      },
      code: `
        import { Base } from './base.js';
        export class Store extends Base {
          async save(text: string) {
            await this.mutex.acquire();
            if (text === '') {
              this.mutex.release();
              return;
            }
            try {
              await this.write(text);
            } finally {
              this.unlock();
            }
          }
        }
      `,
    },
    {
      name: 'is released by a function of another file, next to a release by hand',
      files: {
        'locks.ts': `
          import { Sema } from 'async-sema';
          export const sema = new Sema(1);
          export function leave() {
            sema.release();
          }
        `,
      },
      code: `
        import { leave, sema } from './locks.js';
        export async function send(text: string) {
          await sema.acquire();
          if (text === '') {
            sema.release();
            return;
          }
          try {
            await write(text);
          } finally {
            leave();
          }
        }
      `,
    },
    {
      name: 'is released by a function of this file that gets its lock',
      code: `
        import { Sema } from 'async-sema';
        function leave(sema: Sema) {
          sema.release();
        }
        export class Store {
          #sema = new Sema(1);
          async save(state: { count: number }) {
            await this.#sema.acquire();
            state.count += 1;
            leave(this.#sema);
          }
        }
      `,
    },
    {
      name: 'is released on one path, and its lock is given away on the other',
      unresolvedImports: 'The package is made up.',
      code: `
        import { Sema } from 'async-sema';
        import { leave } from 'my-locks';
        const sema = new Sema(1);
        export async function save(state: { count: number }) {
          await sema.acquire();
          if (state.count === 0) {
            sema.release();
            return;
          }
          leave(sema);
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'has a lock that is only looked at',
      code: `
        import { Sema } from 'async-sema';
        function note(sema: Sema) {
          console.log(sema.nrWaiting());
        }
        export class Store {
          #sema = new Sema(1);
          async save(state: { count: number }) {
            await this.#sema.acquire();
                  ~~~~~~~~~~~~~~~~~~~~ [neverReleased]
            state.count += 1;
            note(this.#sema);
          }
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Sema } from 'async-sema';
            function note(sema: Sema) {
              console.log(sema.nrWaiting());
            }
            export class Store {
              #sema = new Sema(1);
              async save(state: { count: number }) {
                await this.#sema.acquire();
                try {
                  state.count += 1;
                  note(this.#sema);
                } finally {
                  this.#sema.release();
                }
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is not released by the function that gets its lock when the work fails',
      code: `
        import { Sema } from 'async-sema';
        const sema = new Sema(1);
        function leave(lock: Sema) {
          lock.release();
        }
        export async function save(text: string) {
          await sema.acquire();
                ~~~~~~~~~~~~~~ [missedOnException {"release": "\`leave\`", "witness": "write(text)"}]
          await write(text);
          leave(sema);
        }
      `,
      output: `
        import { Sema } from 'async-sema';
        const sema = new Sema(1);
        function leave(lock: Sema) {
          lock.release();
        }
        export async function save(text: string) {
          await sema.acquire();
          try {
            await write(text);
          } finally {
            leave(sema);
          }
        }
      `,
    },
    {
      name: 'comes from a function of another file, whose lock nobody else reaches, and is dropped',
      onlyTyped: 'Only the program tells what the function of another file gives.',
      files: {
        'locks.ts': `
          import { Mutex } from 'async-mutex';
          const mutex = new Mutex();
          export async function enter() {
            return mutex.acquire();
          }
        `,
      },
      code: `
        import { enter } from './locks.js';
        export async function send(text: string) {
          await enter();
                ~~~~~~~ [handleDropped {"acquire": "enter()"}]
          await write(text);
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { enter } from './locks.js';
            export async function send(text: string) {
              const release = await enter();
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
      name: 'comes from an inherited method of another file, and is dropped',
      onlyTyped: 'Only the program tells what the inherited method gives.',
      files: {
        'base.ts': `
          import { Mutex } from 'async-mutex';
          export class Base {
            readonly #mutex = new Mutex();
            protected async enter() {
              return await this.#mutex.acquire();
            }
          }
        `,
      },
      code: `
        import { Base } from './base.js';
        export class Store extends Base {
          async save(text: string) {
            await this.enter();
                  ~~~~~~~~~~~~ [handleDropped {"acquire": "this.enter()"}]
            await this.write(text);
          }
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Base } from './base.js';
            export class Store extends Base {
              async save(text: string) {
                const release = await this.enter();
                try {
                  await this.write(text);
                } finally {
                  release();
                }
              }
            }
          `,
        },
      ],
    },
    {
      name: 'comes from a function of this file, whose lock nobody else reaches, and is dropped',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        const enter = () => mutex.acquire();
        export async function send(text: string) {
          await enter();
                ~~~~~~~ [handleDropped {"acquire": "enter()"}]
          await write(text);
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Mutex } from 'async-mutex';
            const mutex = new Mutex();
            const enter = () => mutex.acquire();
            export async function send(text: string) {
              const release = await enter();
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
      name: 'is not released by an inherited method of another file on each path',
      onlyTyped: 'Only its type tells that the inherited field is a lock.',
      files: {
        'base.ts': `
          import { Mutex } from 'async-mutex';
          export class Base {
            protected readonly mutex = new Mutex();
            protected unlock() {
              this.mutex.release();
            }
          }
        `,
      },
      code: `
        import { Base } from './base.js';
        export class Store extends Base {
          async save(text: string) {
            await this.mutex.acquire();
                  ~~~~~~~~~~~~~~~~~~~~ [missedOnException {"release": "\`this.unlock\`", "witness": "this.write(text)", "line": "5"}]
            await this.write(text);
            this.unlock();
          }
        }
      `,
      output: `
        import { Base } from './base.js';
        export class Store extends Base {
          async save(text: string) {
            await this.mutex.acquire();
            try {
              await this.write(text);
            } finally {
              this.unlock();
            }
          }
        }
      `,
      suggestions: [
        {
          messageId: 'useScopedForm',
          output: `
            import { Base } from './base.js';
            export class Store extends Base {
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
  ],
});
