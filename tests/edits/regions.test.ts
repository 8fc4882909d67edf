import { noUnreleasedLock } from '../../rules/no-unreleased-lock.js';
import { testRule } from '../support/rule-tester.js';

// Where the section starts and ends.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is released in finally if it was acquired',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(text: string, isShared: boolean) {
          const unlock = isShared ? await mutex.lock() : undefined;
          try {
            await send(text);
          } finally {
            unlock?.();
          }
        }
      `,
    },
  ],
  invalid: [
    // Acquired on a condition
    {
      name: 'is acquired by one side of a condition',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(text: string, isShared: boolean) {
          const unlock = isShared ? await mutex.lock() : undefined;
                                          ~~~~~~~~~~~~ [missedOnException {}]
          await send(text);
          unlock?.();
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(text: string, isShared: boolean) {
          const unlock = isShared ? await mutex.lock() : undefined;
          try {
            await send(text);
          } finally {
            unlock?.();
          }
        }
      `,
    },
    {
      name: 'is acquired and released behind the same condition',
      code: `
        import AwaitLock from 'await-lock';
        declare function send(text: string): Promise<void>;
        const lock = new AwaitLock();
        export async function load(text: string, isShared: boolean) {
          if (isShared) {
            await lock.acquireAsync();
                  ~~~~~~~~~~~~~~~~~~~ [missedOnException {}]
          }
          await send(text);
          // Shared only.
          if (isShared) {
            lock.release();
          }
          console.log(text);
        }
      `,
      output: `
        import AwaitLock from 'await-lock';
        declare function send(text: string): Promise<void>;
        const lock = new AwaitLock();
        export async function load(text: string, isShared: boolean) {
          if (isShared) {
            await lock.acquireAsync();
          }
          try {
            await send(text);
          } finally {
            // Shared only.
            if (isShared) {
              lock.release();
            }
          }
          console.log(text);
        }
      `,
    },
    {
      name: 'is acquired by one side of a condition, the other of which has a function too',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(text: string, isShared: boolean) {
          const unlock = isShared ? await mutex.lock() : () => undefined;
                                          ~~~~~~~~~~~~ [missedOnReturn {}]
          if (text === '') return;
          try {
            await send(text);
          } finally {
            unlock();
          }
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(text: string, isShared: boolean) {
          const unlock = isShared ? await mutex.lock() : () => undefined;
          try {
            if (text === '') return;
            await send(text);
          } finally {
            unlock();
          }
        }
      `,
    },
    {
      name: 'is acquired in a try that is left when that fails',
      code: `
        import AwaitLock from 'await-lock';
        declare function send(text: string): Promise<void>;
        const lock = new AwaitLock();
        export async function load(text: string) {
          try {
            await lock.acquireAsync({ timeout: 100 });
                  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [missedOnException {}]
            console.log('acquired');
          } catch (error) {
            console.error(error);
            return;
          }
          await send(text);
          lock.release();
        }
      `,
      output: `
        import AwaitLock from 'await-lock';
        declare function send(text: string): Promise<void>;
        const lock = new AwaitLock();
        export async function load(text: string) {
          try {
            await lock.acquireAsync({ timeout: 100 });
            console.log('acquired');
          } catch (error) {
            console.error(error);
            return;
          }
          try {
            await send(text);
          } finally {
            lock.release();
          }
        }
      `,
    },
    {
      name: 'is acquired in a loop that waits for it',
      code: `
        import { Sema } from 'async-sema';
        declare function send(text: string): Promise<void>;
        const sema = new Sema(1);
        export async function load(text: string) {
          while (!sema.tryAcquire()) {
                  ~~~~~~~~~~~~~~~~~ [missedOnException {}]
            await send('wait');
          }
          await send(text);
          sema.release();
        }
      `,
      output: `
        import { Sema } from 'async-sema';
        declare function send(text: string): Promise<void>;
        const sema = new Sema(1);
        export async function load(text: string) {
          while (!sema.tryAcquire()) {
            await send('wait');
          }
          try {
            await send(text);
          } finally {
            sema.release();
          }
        }
      `,
    },
    // Parts of a function
    {
      name: 'is held by a case of a switch',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(text: string) {
          switch (text) {
            case 'start': {
              await send('nothing');
              break;
            }
            case 'send':
              const unlock = await mutex.lock();
                                   ~~~~~~~~~~~~ [missedOnException {}]
              await send(text);
              unlock();
              break;
          }
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(text: string) {
          switch (text) {
            case 'start': {
              await send('nothing');
              break;
            }
            case 'send':
              const unlock = await mutex.lock();
              try {
                await send(text);
              } finally {
                unlock();
              }
              break;
          }
        }
      `,
    },
    {
      name: 'is lost by a statement of finally before the release',
      settings: { report: 'possible' },
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(text: string) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnException {}]
          try {
            console.log(text);
          } finally {
            await send(text);
            // Last.
            unlock();
            console.log('sent');
          }
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Mutex } from '@livekit/mutex';
            declare function send(text: string): Promise<void>;
            const mutex = new Mutex();
            export async function load(text: string) {
              const unlock = await mutex.lock();
              try {
                console.log(text);
              } finally {
                try {
                  await send(text);
                } finally {
                  // Last.
                  unlock();
                }
                console.log('sent');
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is released by what a function returns',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(text: string) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnException {}]
          await send(text);
          if (text === '') return unlock();
          await send('end');
          return unlock();
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(text: string) {
          const unlock = await mutex.lock();
          try {
            await send(text);
            if (text === '') return;
            await send('end');
          } finally {
            unlock();
          }
        }
      `,
    },
    {
      name: 'is released right before a computation is returned',
      code: `
        import AwaitLock from 'await-lock';
        declare function send(text: string): Promise<void>;
        const lock = new AwaitLock();
        export async function load(text: string) {
          await lock.acquireAsync();
                ~~~~~~~~~~~~~~~~~~~ [missedOnException {}]
          await send(text);
          if (text === '') {
            lock.release();
            return JSON.stringify(text);
          }
          await send('end');
          lock.release();
          return text;
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import AwaitLock from 'await-lock';
            declare function send(text: string): Promise<void>;
            const lock = new AwaitLock();
            export async function load(text: string) {
              await lock.acquireAsync();
              try {
                await send(text);
                if (text === '') {
                  return JSON.stringify(text);
                }
                await send('end');
              } finally {
                lock.release();
              }
              return text;
            }
          `,
        },
      ],
    },
    // The try that is there
    {
      name: 'is released by a catch that throws on, and behind the try',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(text: string) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnReturn {}]
          try {
            if (text === '') return;
            await send(text);
          } catch (error) {
            unlock();
            throw error;
          }
          unlock();
          console.log('sent');
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(text: string) {
          const unlock = await mutex.lock();
          try {
            if (text === '') return;
            await send(text);
          } finally {
            unlock();
          }
          console.log('sent');
        }
      `,
    },
    {
      name: 'is released by a catch that throws on, behind what can throw',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<string>;
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(path: string) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnException {}]
          const text = await read(path);
          // Send it.
          try {
            await send(text);
            unlock();
          } catch (error) {
            unlock();
            throw error;
          }
          return text.length;
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<string>;
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(path: string) {
          const unlock = await mutex.lock();
          let text;
          try {
            text = await read(path);
            // Send it.
            await send(text);
          } finally {
            unlock();
          }
          return text.length;
        }
      `,
    },
    {
      name: 'is released by a catch that throws on and says why',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(text: string) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnEnd {}]
          try {
            await send(text);
          } catch (error) {
            // Nobody else does.
            unlock();
            throw error;
          }
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(text: string) {
          const unlock = await mutex.lock();
          try {
            await send(text);
          } finally {
            // Nobody else does.
            unlock();
          }
        }
      `,
    },
    {
      name: 'is lost in the gap before a try that catches',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(text: string) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnException {}]
          await send('start');
          try {
            await send(text);
          } catch (error) {
            console.error(error);
          } finally {
            unlock();
          }
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(text: string) {
          const unlock = await mutex.lock();
          try {
            await send('start');
            try {
              await send(text);
            } catch (error) {
              console.error(error);
            }
          } finally {
            unlock();
          }
        }
      `,
    },
  ],
});
