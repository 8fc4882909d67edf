import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// What may throw between the acquire and the release.
testRule(noUnreleasedLock, {
  valid: [
    // Protected from the acquire on
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
      name: 'is released by the lock itself in finally',
      code: `
        import { Mutex } from 'async-mutex';
        class Store {
          #mutex = new Mutex();
          async save(text: string) {
            await this.#mutex.acquire();
            try {
              await this.write(text);
            } finally {
              this.#mutex.release();
            }
          }
        }
        export { Store };
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
    // Nothing between acquire and release fails
    {
      name: 'is released before anything can throw',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function next(state: { count: number }) {
          const release = await mutex.lock();
          state.count += 1;
          release();
          await write(state);
        }
      `,
    },
    {
      name: 'is released after a try that catches everything',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          try {
            await write(text);
          } catch (error) {
            console.error(error);
          }
          release();
        }
      `,
    },
    {
      name: 'is waited for with a promise that is never rejected',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function pause() {
          const release = await mutex.lock();
          await new Promise(resolve => setTimeout(resolve, 100));
          release();
        }
      `,
    },
    {
      name: 'is held while all outcomes are collected',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function saveAll(jobs: Promise<void>[]) {
          const release = await mutex.lock();
          await Promise.allSettled(jobs);
          release();
        }
      `,
    },
    {
      name: 'is held by a process that ends',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function stop(isFatal: boolean) {
          const release = await mutex.lock();
          if (isFatal) {
            process.exit(1);
          }
          release();
        }
      `,
    },
  ],
  invalid: [
    // The code shows what throws
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
      output: null,
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
      output: null,
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
      output: null,
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
      output: null,
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
      output: null,
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
      output: null,
    },
    {
      name: 'is lost when the promise of a function of this file is rejected',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        async function write(text: string) {
          if (text === '') throw new Error('empty');
        }
        export async function save(text: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "8"}]
          await write(text);
          release();
        }
      `,
      output: null,
    },
    {
      name: 'is lost when one of several promises is rejected',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function saveAll(jobs: Promise<void>[]) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "Promise.all(jobs)", "line": "5"}]
          await Promise.all(jobs);
          release();
        }
      `,
      output: null,
    },
    {
      name: 'is lost when the dynamic import fails',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function load(path: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "import(path)", "line": "5"}]
          const plugin = await import(path);
          release();
          return plugin;
        }
      `,
      output: null,
    },
    {
      name: 'is waited for with a promise that may be rejected',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function pause() {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"line": "5"}]
          await new Promise((resolve, reject) => signal.onabort = reject);
          release();
        }
      `,
      output: null,
    },
    // An arbitrary call may throw
    {
      name: 'is lost when a call throws',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function next(state: object) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "update(state)", "line": "5"}]
          update(state);
          release();
        }
      `,
      output: null,
    },
    {
      name: 'is lost when a call in the gap before the try throws',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "notify('saving', text)", "line": "5"}]
          notify('saving', text);
          try {
            await write(text);
          } finally {
            release();
          }
        }
      `,
      output: null,
    },
    {
      name: 'is lost when the catch before the release throws',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "throw error;", "line": "9"}]
          try {
            await write(text);
          } catch (error) {
            console.error(error);
            throw error;
          }
          release();
        }
      `,
      output: null,
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
      output: null,
    },
    // What follows the release stays behind it
    {
      name: 'is lost before work that follows the release',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "5"}]
          const saved = await write(text);
          release();
          await notify(saved);
        }
      `,
      output: null,
    },
    // Which of several ways is told
    {
      name: 'is lost in several ways, of which the shown one is told',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "6"}]
          notify(text);
          await write(text);
          release();
        }
      `,
      output: null,
    },
  ],
});
