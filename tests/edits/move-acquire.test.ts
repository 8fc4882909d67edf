import { noUnreleasedLock } from '../../rules/no-unreleased-lock.js';
import { testRule } from '../support/rule-tester.js';

// The acquire stands inside the try whose finally releases.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is acquired right before the try',
      code: `
        import AwaitLock from 'await-lock';
        declare function send(text: string): Promise<void>;
        const lock = new AwaitLock();
        export async function load(text: string) {
          await lock.acquireAsync();
          try {
            await send(text);
          } finally {
            lock.release();
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is acquired behind what can throw',
      code: `
        import AwaitLock from 'await-lock';
        declare function read(path: string): Promise<string>;
        declare function send(text: string): Promise<void>;
        const lock = new AwaitLock();
        export async function load(path: string) {
          // Both steps.
          try {
            // The first.
            const text = await read(path);
            await lock.acquireAsync(); // the lock
                  ~~~~~~~~~~~~~~~~~~~ [acquiredInsideTry {}]

            // The second.
            await send(text);
          } finally {
            lock.release();
          }
        }
      `,
      output: `
        import AwaitLock from 'await-lock';
        declare function read(path: string): Promise<string>;
        declare function send(text: string): Promise<void>;
        const lock = new AwaitLock();
        export async function load(path: string) {
          // Both steps.
          // The first.
          const text = await read(path);
          await lock.acquireAsync(); // the lock
          try {
            // The second.
            await send(text);
          } finally {
            lock.release();
          }
        }
      `,
    },
    {
      name: 'is acquired behind the declaration of a name that is taken outside',
      code: `
        import AwaitLock from 'await-lock';
        declare function read(path: string): Promise<string>;
        declare function send(text: string): Promise<void>;
        const lock = new AwaitLock();
        export async function load(path: string) {
          const text = 'start';
          await send(text);
          try {
            const text = await read(path);
            await lock.acquireAsync();
                  ~~~~~~~~~~~~~~~~~~~ [acquiredInsideTry {}]
            await send(text);
          } finally {
            lock.release();
          }
        }
      `,
      output: null,
    },
    {
      name: 'is acquired in a try whose finally does more',
      code: `
        import AwaitLock from 'await-lock';
        declare function send(text: string): Promise<void>;
        const lock = new AwaitLock();
        export async function load(text: string, state: { isBusy: boolean }) {
          try {
            await send('start');
            await lock.acquireAsync();
                  ~~~~~~~~~~~~~~~~~~~ [acquiredInsideTry {}]
            await send(text);
          } finally {
            state.isBusy = false;
            lock.release();
          }
        }
      `,
      suggestions: [
        {
          messageId: 'moveAcquireBeforeTry',
          output: `
            import AwaitLock from 'await-lock';
            declare function send(text: string): Promise<void>;
            const lock = new AwaitLock();
            export async function load(text: string, state: { isBusy: boolean }) {
              try {
                await send('start');
                await lock.acquireAsync();
                try {
                  await send(text);
                } finally {
                  lock.release();
                }
              } finally {
                state.isBusy = false;
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is acquired by the last statement of the try',
      code: `
        import AwaitLock from 'await-lock';
        declare function send(text: string): Promise<void>;
        const lock = new AwaitLock();
        export async function load(text: string) {
          try {
            await send(text);
            await lock.acquireAsync();
                  ~~~~~~~~~~~~~~~~~~~ [acquiredInsideTry {}]
          } finally {
            lock.release();
          }
        }
      `,
      output: null,
    },
  ],
});
