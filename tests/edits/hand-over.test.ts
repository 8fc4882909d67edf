import { noUnreleasedLock } from '../../rules/no-unreleased-lock.js';
import { testRule } from '../support/rule-tester.js';

// The resource goes to somebody else, so that only the way there can be covered.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is released when the code before the hand-over throws',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<string>;
        const mutex = new Mutex();
        export async function lease(path: string) {
          const unlock = await mutex.lock();
          let text;
          try {
            text = await read(path);
          } catch (error) {
            unlock();
            throw error;
          }
          return { text, unlock };
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is lost before it is returned',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<string>;
        const mutex = new Mutex();
        export async function lease(path: string) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnException {}]
          const text = await read(path);
          const error: unknown = JSON.parse(text);
          return { error, text, unlock };
        }
      `,
      suggestions: [
        {
          messageId: 'releaseOnError',
          output: `
            import { Mutex } from '@livekit/mutex';
            declare function read(path: string): Promise<string>;
            const mutex = new Mutex();
            export async function lease(path: string) {
              const unlock = await mutex.lock();
              let text;
              let error: unknown;
              try {
                text = await read(path);
                error = JSON.parse(text);
              } catch (cause) {
                unlock();
                throw cause;
              }
              return { error, text, unlock };
            }
          `,
        },
      ],
    },
    {
      name: 'is lost before it is returned by a try that throws on',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<string>;
        const mutex = new Mutex();
        export async function lease(path: string) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnException {}]
          try {
            const text = await read(path);
            return { text, unlock };
          } catch (error) {
            // Not found.
            throw new Error('no lease', { cause: error });
          }
        }
      `,
      suggestions: [
        {
          messageId: 'releaseOnError',
          output: `
            import { Mutex } from '@livekit/mutex';
            declare function read(path: string): Promise<string>;
            const mutex = new Mutex();
            export async function lease(path: string) {
              const unlock = await mutex.lock();
              try {
                const text = await read(path);
                return { text, unlock };
              } catch (error) {
                unlock();
                // Not found.
                throw new Error('no lease', { cause: error });
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is lost by a return before it is handed over',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function lease(isNew: boolean, paths: string[]) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnReturn {}]
          if (isNew) return undefined;
          if (paths.length === 0) {
            return undefined;
          }
          return { paths, unlock };
        }
      `,
      suggestions: [
        {
          messageId: 'releaseBeforeReturn',
          output: `
            import { Mutex } from '@livekit/mutex';
            const mutex = new Mutex();
            export async function lease(isNew: boolean, paths: string[]) {
              const unlock = await mutex.lock();
              if (isNew) { unlock(); return undefined; }
              if (paths.length === 0) {
                unlock();
                return undefined;
              }
              return { paths, unlock };
            }
          `,
        },
      ],
    },
    {
      name: 'is released by the success of a promise of nothing',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        async function send(text: string) {
          await fetch(text);
        }
        export async function load(text: string) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnException {}]
          return send(text).then(() => {
            unlock();
          });
        }
      `,
      suggestions: [
        {
          messageId: 'releaseInFinally',
          output: `
            import { Mutex } from '@livekit/mutex';
            const mutex = new Mutex();
            async function send(text: string) {
              await fetch(text);
            }
            export async function load(text: string) {
              const unlock = await mutex.lock();
              return send(text).finally(() => {
                unlock();
              });
            }
          `,
        },
      ],
    },
    {
      name: 'is released by the success of a promise that is awaited',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        async function read(text: string) {
          return (await fetch(text)).status;
        }
        export async function load(text: string) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnException {}]
          await read(text).then(unlock);
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        async function read(text: string) {
          return (await fetch(text)).status;
        }
        export async function load(text: string) {
          const unlock = await mutex.lock();
          await read(text).finally(unlock);
        }
      `,
    },
    {
      name: 'is released by the success of a promise whose value is returned',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        async function read(text: string) {
          return (await fetch(text)).status;
        }
        export async function load(text: string) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnException {}]
          return read(text).then(() => {
            unlock();
          });
        }
      `,
      output: null,
    },
  ],
});
