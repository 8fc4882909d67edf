import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Chains of then, catch and finally.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is released by finally of the returned promise',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          return write(text).finally(release);
        }
      `,
    },
    {
      name: 'is released by a finally that calls it among other things',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          return write(text).finally(() => {
            console.log('saved');
            release();
          });
        }
      `,
    },
    {
      name: 'is released by finally of an asynchronous function that is called at once',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          return (async () => {
            await write(text);
            await notify(text);
          })().finally(() => release());
        }
      `,
    },
    {
      name: 'is released by finally of a promise that has a name',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          const saved = write(text);
          saved.finally(release);
          return saved;
        }
      `,
    },
    {
      name: 'is released on both outcomes of then',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          return write(text).then(release, release);
        }
      `,
    },
    {
      name: 'is the parameter of a then that releases it in finally',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export function save(text: string) {
          return mutex.lock().then(async release => {
            try {
              await write(text);
            } finally {
              release();
            }
          });
        }
      `,
    },
    {
      name: 'is the parameter of a then that releases it by a chain',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export function save(text: string) {
          return mutex.lock().then(release => write(text).finally(() => release()));
        }
      `,
    },
    {
      name: 'is taken or refused by the two handlers of a then',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export function lease(take: (release: () => void) => void, fail: (error: unknown) => void) {
          mutex.lock().then(take, fail);
        }
      `,
    },
    {
      name: 'is released by a then behind a catch',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          await write(text).catch(() => undefined).then(() => release());
        }
      `,
    },
    {
      name: 'is released by an awaited chain before the function goes on',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          await write(text).finally(release);
          await notify(text);
        }
      `,
    },
    {
      name: 'is awaited later than it is asked for',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const pending = mutex.lock();
          console.log('waiting');
          const release = await pending;
          try {
            await write(text);
          } finally {
            release();
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is released by then of the returned promise only',
      editsNeedTypes: 'Only its type tells that the call gives a promise.',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        declare function write(text: string): Promise<void>;
        export async function save(text: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "6"}]
          return write(text).then(release);
        }
      `,
      suggestions: [
        {
          messageId: 'releaseInFinally',
          output: `
            import { Mutex } from '@livekit/mutex';
            const mutex = new Mutex();
            declare function write(text: string): Promise<void>;
            export async function save(text: string) {
              const release = await mutex.lock();
              return write(text).finally(release);
            }
          `,
        },
      ],
    },
    {
      name: 'is released by catch of the returned promise only',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        declare function write(text: string): Promise<void>;
        export async function save(text: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnReturn {"witness": "return write(text).catch(() => release());", "line": "6"}]
          return write(text).catch(() => release());
        }
      `,
      output: null,
    },
    {
      name: 'is the parameter of a then that releases it on success only',
      editsNeedTypes: 'Only its type tells that the call gives a promise.',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        declare function write(text: string): Promise<void>;
        export function save(text: string) {
          return mutex.lock().then(release => write(text).then(() => release()));
                 ~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "5"}]
        }
      `,
      suggestions: [
        {
          messageId: 'releaseInFinally',
          output: `
            import { Mutex } from '@livekit/mutex';
            const mutex = new Mutex();
            declare function write(text: string): Promise<void>;
            export function save(text: string) {
              return mutex.lock().then(release => write(text).finally(() => release()));
            }
          `,
        },
      ],
    },
    {
      name: 'is the parameter of a then that waits before it releases',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export function save(text: string) {
          return mutex.lock().then(async release => {
                 ~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "5"}]
            await write(text);
            release();
          });
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export function save(text: string) {
          return mutex.lock().then(async release => {
            try {
              await write(text);
            } finally {
              release();
            }
          });
        }
      `,
    },
    {
      name: 'is released by a then behind a step that is not protected',
      editsNeedTypes: 'Only its type tells that the call gives a promise.',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        declare function write(text: string): Promise<void>;
        export async function save(text: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "6"}]
          await write(text).then(() => release());
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        declare function write(text: string): Promise<void>;
        export async function save(text: string) {
          const release = await mutex.lock();
          await write(text).finally(() => release());
        }
      `,
    },
    {
      name: 'is released by a finally that throws before',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        declare function write(text: string): Promise<void>;
        export async function save(text: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "JSON.parse(text)", "line": "7"}]
          return write(text).finally(() => {
            JSON.parse(text);
            release();
          });
        }
      `,
      output: null,
    },
    {
      name: 'is asked for by a promise that nobody awaits',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        declare function write(text: string): Promise<void>;
        export function save(text: string) {
          mutex.lock();
          ~~~~~~~~~~~~ [handleDropped]
          return write(text);
        }
      `,
      output: null,
    },
    {
      name: 'is lost when the first of two chained steps throws',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        declare function write(text: string): Promise<void>;
        export async function save(text: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "notify(text)", "line": "6"}]
          await notify(text);
          await write(text).finally(release);
        }
      `,
      suggestions: [
        {
          messageId: 'releaseOnError',
          output: `
            import { Mutex } from '@livekit/mutex';
            const mutex = new Mutex();
            declare function write(text: string): Promise<void>;
            export async function save(text: string) {
              const release = await mutex.lock();
              try {
                await notify(text);
              } catch (error) {
                release();
                throw error;
              }
              await write(text).finally(release);
            }
          `,
        },
      ],
    },
  ],
});
