import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Failures that the code itself doubts: errors that a catch singles out, cleanup, a lock that dies with its function.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is released by a catch that singles one error out',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          try {
            await write(text);
          } catch (error) {
            if (error.code === 'EEXIST') {
              release();
              return;
            }
            console.error(error);
          }
          release();
        }
      `,
    },
    {
      name: 'is kept by a catch that singles one error out',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          try {
            await write(text);
          } catch (error) {
            if (error.code === 'EEXIST') return;
            console.error(error);
          }
          release();
        }
      `,
    },
    {
      name: 'is released in finally behind cleanup, which is written not to throw',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          try {
            await write(text);
          } finally {
            await flush();
            release();
          }
        }
      `,
    },
    {
      name: 'belongs to a lock that the function has built for itself, and the failure ends it',
      code: `
        import { Mutex } from '@livekit/mutex';
        export async function drain(items: string[]) {
          const mutex = new Mutex();
          for (const item of items) {
            const unlock = await mutex.lock();
            await write(item);
            unlock();
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is kept by a catch that singles one error out, and possible findings are asked for',
      options: [{ report: 'possible' }],
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "6"}]
          try {
            await write(text);
          } catch (error) {
            if (error.code === 'EEXIST') return;
            console.error(error);
          }
          release();
        }
      `,
      suggestions: [
        {
          messageId: 'releaseInFinally',
          output: `
            import { Mutex } from '@livekit/mutex';
            const mutex = new Mutex();
            export async function save(text: string) {
              const release = await mutex.lock();
              try {
                await write(text);
              } catch (error) {
                if (error.code === 'EEXIST') return;
                console.error(error);
              } finally {
                release();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is released on some errors only',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "throw error;", "line": "9"}]
          try {
            await write(text);
          } catch (error) {
            if (error instanceof RangeError) release();
            throw error;
          }
          release();
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          try {
            await write(text);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is lost when a statement before the release in finally throws, and possible findings are asked for',
      options: [{ report: 'possible' }],
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "flush()", "line": "8"}]
          try {
            await write(text);
          } finally {
            await flush();
            release();
          }
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Mutex } from '@livekit/mutex';
            const mutex = new Mutex();
            export async function save(text: string) {
              const release = await mutex.lock();
              try {
                await write(text);
              } finally {
                try {
                  await flush();
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
      name: 'belongs to a lock that the function has built for itself, and is waited for in a loop that goes on',
      code: `
        import { Mutex } from '@livekit/mutex';
        export async function drain(items: string[]) {
          const mutex = new Mutex();
          for (const item of items) {
            try {
              const unlock = await mutex.lock();
                                   ~~~~~~~~~~~~ [missedOnException {"witness": "write(item)", "line": "7"}]
              await write(item);
              unlock();
            } catch (error) {
              console.error(error);
            }
          }
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        export async function drain(items: string[]) {
          const mutex = new Mutex();
          for (const item of items) {
            try {
              const unlock = await mutex.lock();
              try {
                await write(item);
              } finally {
                unlock();
              }
            } catch (error) {
              console.error(error);
            }
          }
        }
      `,
    },
  ],
});
