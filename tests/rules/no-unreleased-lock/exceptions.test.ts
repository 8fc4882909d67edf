import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// What the code shows to throw between the acquire and the release.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is released in finally',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.acquire();
          try {
            return JSON.parse(text);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is released in finally among other statements',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          try {
            await write(text);
          } finally {
            isBusy = false;
            release();
            report(text);
          }
        }
      `,
    },
    {
      name: 'is released in finally, and a failing release is ignored',
      code: `
        import lockfile from 'proper-lockfile';
        export async function save(path: string) {
          const release = await lockfile.lock(path);
          try {
            await write(path);
          } finally {
            try {
              await release();
            } catch {
              // The file is gone.
            }
          }
        }
      `,
    },
    {
      name: 'is released in the finally of an outer try',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          try {
            try {
              await write(text);
            } catch (error) {
              await recover(error);
            }
          } finally {
            release();
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is lost when an awaited promise is rejected',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.acquire();
                                ~~~~~~~~~~~~~~~ [missedOnException {"release": "\`release\`", "witness": "write(text)", "line": "5"}]
          await write(text);
          release();
        }
      `,
      output: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.acquire();
          try {
            await write(text);
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
            const mutex = new Mutex();
            export async function save(text: string) {
              await mutex.runExclusive(async () => {
                await write(text);
              });
            }
          `,
        },
      ],
    },
    {
      name: 'is lost when text is no JSON',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.acquire();
                                ~~~~~~~~~~~~~~~ [missedOnException {"witness": "JSON.parse(text)", "line": "5"}]
          state = JSON.parse(text);
          release();
        }
      `,
      output: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.acquire();
          try {
            state = JSON.parse(text);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is lost by a throw before the try',
      code: `
        import { Mutex } from 'async-mutex';
        const trackers = new Map<string, { lock: Mutex }>();
        const mutex = new Mutex();
        export async function track(id: string) {
          const release = await mutex.acquire();
                                ~~~~~~~~~~~~~~~ [missedOnException {"witness": "throw new Error('missing');", "line": "7"}]
          const tracker = trackers.get(id);
          if (!tracker) throw new Error('missing');
          try {
            await run(tracker);
          } finally {
            release();
          }
        }
      `,
      output: `
        import { Mutex } from 'async-mutex';
        const trackers = new Map<string, { lock: Mutex }>();
        const mutex = new Mutex();
        export async function track(id: string) {
          const release = await mutex.acquire();
          try {
            const tracker = trackers.get(id);
            if (!tracker) throw new Error('missing');
            await run(tracker);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is lost when the address of a caller is not valid',
      code: `
        import { Mutex } from '@livekit/mutex';
        class Room {
          #lock = new Mutex();
          async connect(address: string) {
            const unlock = await this.#lock.lock();
                                 ~~~~~~~~~~~~~~~~~ [missedOnException {"witness": "new URL(address)", "line": "6"}]
            const url = new URL(address);
            try {
              await this.open(url);
            } finally {
              unlock();
            }
          }
        }
        export { Room };
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        class Room {
          #lock = new Mutex();
          async connect(address: string) {
            const unlock = await this.#lock.lock();
            try {
              const url = new URL(address);
              await this.open(url);
            } finally {
              unlock();
            }
          }
        }
        export { Room };
      `,
    },
    {
      name: 'is released on a straight line after several waits',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function close(connection: { flush(): Promise<void>; end(): Promise<void> }) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "connection.flush()", "line": "5"}]
          await connection.flush();
          await connection.end();
          release();
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function close(connection: { flush(): Promise<void>; end(): Promise<void> }) {
          const release = await mutex.lock();
          try {
            await connection.flush();
            await connection.end();
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is lost when a function of this file throws',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        function check(text: string) {
          if (text === '') throw new Error('empty');
        }
        export async function save(text: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "check(text)", "line": "8"}]
          check(text);
          release();
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        function check(text: string) {
          if (text === '') throw new Error('empty');
        }
        export async function save(text: string) {
          const release = await mutex.lock();
          try {
            check(text);
          } finally {
            release();
          }
        }
      `,
    },
  ],
});
