import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Acquired inside the try that releases.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is acquired inside the try, and finally releases only what was acquired',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          let release: (() => void) | undefined;
          try {
            release = await mutex.acquire();
            await write(text);
          } finally {
            release?.();
          }
        }
      `,
    },
    {
      name: 'is tested in finally by a condition',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          let release = null;
          try {
            await prepare(text);
            release = await mutex.acquire();
            await write(text);
          } finally {
            if (release !== null) release();
          }
        }
      `,
    },
    {
      name: 'is remembered by a flag',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          let isLocked = false;
          try {
            await mutex.acquire();
            isLocked = true;
            await write(text);
          } finally {
            if (isLocked) mutex.release();
          }
        }
      `,
    },
    {
      name: 'is acquired before the try whose finally releases it',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          await mutex.acquire();
          try {
            await prepare(text);
            await write(text);
          } finally {
            mutex.release();
          }
        }
      `,
    },
    {
      name: 'cannot be refused, and is acquired first in the try',
      code: `
        import { Sema } from 'async-sema';
        const sema = new Sema(1);
        export async function save(text: string) {
          try {
            await sema.acquire();
            await write(text);
          } finally {
            sema.release();
          }
        }
      `,
    },
    {
      name: 'is acquired inside an outer try that does not release it',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          try {
            await prepare(text);
            await mutex.acquire();
            try {
              await write(text);
            } finally {
              mutex.release();
            }
          } finally {
            console.log('done');
          }
        }
      `,
    },
    {
      name: 'is acquired inside the try, and a release without it does nothing',
      unresolvedImports: 'The package is made up.',
      settings: {
        resources: {
          'my-locks/enter': {
            kind: 'lock',
            noun: 'turn',
            from: { package: 'my-locks', export: 'enter' },
            acquire: [{ how: 'call', awaited: true, obligation: { argument: 0 } }],
            release: [{ function: 'leave', argument: 0 }],
          },
        },
      },
      code: `
        import { enter, leave } from 'my-locks';
        export async function save(id: string, text: string) {
          try {
            await prepare(text);
            await enter(id);
            await write(text);
          } finally {
            leave(id);
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is acquired inside the try, behind something that throws',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          try {
            await prepare(text);
            await mutex.acquire();
                  ~~~~~~~~~~~~~~~ [acquiredInsideTry {"noun": "lock", "witness": "prepare(text)", "line": "5"}]
            await write(text);
          } finally {
            mutex.release();
          }
        }
      `,
      output: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          await prepare(text);
          await mutex.acquire();
          try {
            await write(text);
          } finally {
            mutex.release();
          }
        }
      `,
    },
    {
      name: 'may be refused, and is acquired first in the try',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          try {
            await mutex.acquire();
                  ~~~~~~~~~~~~~~~ [acquiredInsideTry {"witness": "mutex.acquire()", "line": "5"}]
            await write(text);
          } finally {
            mutex.release();
          }
        }
      `,
      suggestions: [
        {
          messageId: 'moveAcquireBeforeTry',
          output: `
            import { Mutex } from 'async-mutex';
            const mutex = new Mutex();
            export async function save(text: string) {
              await mutex.acquire();
              try {
                await write(text);
              } finally {
                mutex.release();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'cannot be refused, and is acquired behind something that throws',
      code: `
        import { Sema } from 'async-sema';
        const sema = new Sema(1);
        export async function save(text: string) {
          try {
            await prepare(text);
            await sema.acquire();
                  ~~~~~~~~~~~~~~ [acquiredInsideTry {"noun": "semaphore permit", "witness": "prepare(text)", "line": "5"}]
            await write(text);
          } finally {
            sema.release();
          }
        }
      `,
      output: `
        import { Sema } from 'async-sema';
        const sema = new Sema(1);
        export async function save(text: string) {
          await prepare(text);
          await sema.acquire();
          try {
            await write(text);
          } finally {
            sema.release();
          }
        }
      `,
    },
    {
      name: 'is acquired inside the try, behind a check that throws',
      code: `
        import AwaitLock from 'await-lock';
        class Store {
          #lock = new AwaitLock();
          async save(text: string) {
            try {
              if (text === '') throw new Error('empty');
              await this.#lock.acquireAsync();
                    ~~~~~~~~~~~~~~~~~~~~~~~~~ [acquiredInsideTry {"witness": "throw new Error('empty');", "line": "6"}]
              await this.write(text);
            } finally {
              this.#lock.release();
            }
          }
        }
        export { Store };
      `,
      output: `
        import AwaitLock from 'await-lock';
        class Store {
          #lock = new AwaitLock();
          async save(text: string) {
            if (text === '') throw new Error('empty');
            await this.#lock.acquireAsync();
            try {
              await this.write(text);
            } finally {
              this.#lock.release();
            }
          }
        }
        export { Store };
      `,
    },
    {
      name: 'is remembered by a flag that is set too late',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          let isLocked = false;
          try {
            await mutex.acquire();
                  ~~~~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "7"}]
            await write(text);
            isLocked = true;
          } finally {
            if (isLocked) mutex.release();
          }
        }
      `,
      output: null,
    },
    {
      name: 'is acquired inside the try, and a release without it throws',
      unresolvedImports: 'The package is made up.',
      settings: {
        resources: {
          'my-locks/enter': {
            kind: 'lock',
            noun: 'turn',
            from: { package: 'my-locks', export: 'enter' },
            acquire: [{ how: 'call', awaited: true, obligation: { argument: 0 } }],
            release: [{ function: 'leave', argument: 0 }],
            releaseTwice: 'throws',
          },
        },
      },
      code: `
        import { enter, leave } from 'my-locks';
        export async function save(id: string, text: string) {
          try {
            await prepare(text);
            await enter(id);
                  ~~~~~~~~~ [acquiredInsideTry {"noun": "turn", "witness": "prepare(text)"}]
            await write(text);
          } finally {
            leave(id);
          }
        }
      `,
      output: `
        import { enter, leave } from 'my-locks';
        export async function save(id: string, text: string) {
          await prepare(text);
          await enter(id);
          try {
            await write(text);
          } finally {
            leave(id);
          }
        }
      `,
    },
    {
      name: 'is acquired inside the try, a release without it does nothing, and everything is shown',
      unresolvedImports: 'The package is made up.',
      options: [{ report: 'possible' }],
      settings: {
        resources: {
          'my-locks/enter': {
            kind: 'lock',
            noun: 'turn',
            from: { package: 'my-locks', export: 'enter' },
            acquire: [{ how: 'call', awaited: true, obligation: { argument: 0 } }],
            release: [{ function: 'leave', argument: 0 }],
          },
        },
      },
      code: `
        import { enter, leave } from 'my-locks';
        export async function save(id: string, text: string) {
          try {
            await prepare(text);
            await enter(id);
                  ~~~~~~~~~ [acquiredInsideTry {"noun": "turn", "witness": "prepare(text)"}]
            await write(text);
          } finally {
            leave(id);
          }
        }
      `,
      suggestions: [
        {
          messageId: 'moveAcquireBeforeTry',
          output: `
            import { enter, leave } from 'my-locks';
            export async function save(id: string, text: string) {
              await prepare(text);
              await enter(id);
              try {
                await write(text);
              } finally {
                leave(id);
              }
            }
          `,
        },
      ],
    },
  ],
});
