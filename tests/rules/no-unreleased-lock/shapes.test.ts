import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Less common ways to hold and to release, as real code has them.
testRule(noUnreleasedLock, {
  valid: [
    // Failed acquires
    {
      name: 'is replaced by null where it cannot be had',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.acquire().catch(() => null);
          if (!release) return;
          try {
            await write(text);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is acquired in a try of its own',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          let release;
          try {
            release = await mutex.acquire();
          } catch (error) {
            console.error(error);
            return;
          }
          try {
            await write(text);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is released by catch where it was had, and behind the try',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          let release;
          try {
            release = await mutex.acquire();
            await write(text);
          } catch (error) {
            if (release) release();
            throw error;
          }
          release();
        }
      `,
    },
    {
      name: 'is remembered by the flag of an attempt, in a try that covers both outcomes',
      code: `
        import AwaitLock from 'await-lock';
        const lock = new AwaitLock();
        export async function save(text: string) {
          const isHeld = lock.tryAcquire();
          try {
            if (!isHeld) return false;
            await write(text);
            return true;
          } finally {
            if (isHeld) lock.release();
          }
        }
      `,
    },
    // One of several locks
    {
      name: 'is one of two that a condition chooses, before it is awaited',
      code: `
        import mortice from 'mortice';
        const mutex = mortice();
        export async function open(path: string, isShared: boolean) {
          const release = await (isShared ? mutex.readLock() : mutex.writeLock());
          try {
            return await read(path);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is one of two that a condition chooses, each awaited by itself',
      code: `
        import mortice from 'mortice';
        const mutex = mortice();
        export async function open(path: string, isShared: boolean) {
          const release = isShared ? await mutex.readLock() : await mutex.writeLock();
          try {
            return await read(path);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is one of many that are acquired and released together',
      code: `
        import { Mutex } from '@livekit/mutex';
        export async function saveAll(mutexes: Mutex[], text: string) {
          const releases = await Promise.all(mutexes.map(mutex => mutex.lock()));
          try {
            await write(text);
          } finally {
            releases.forEach(release => release());
          }
        }
      `,
    },
    {
      name: 'is held by each of many jobs',
      code: `
        import { Semaphore } from 'await-semaphore';
        const semaphore = new Semaphore(4);
        export async function saveAll(texts: string[]) {
          await Promise.all(
            texts.map(async text => {
              const release = await semaphore.acquire();
              try {
                await write(text);
              } finally {
                release();
              }
            }),
          );
        }
      `,
    },
    {
      name: 'is waited for together with something else',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const [release, file] = await Promise.all([mutex.lock(), open(text)]);
          try {
            await file.write(text);
          } finally {
            release();
          }
        }
      `,
    },
    // Later
    {
      name: 'is released by a timer',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function pause(milliseconds: number) {
          const release = await mutex.lock();
          setTimeout(release, milliseconds);
        }
      `,
    },
    {
      name: 'is released by a listener of a signal',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function hold(signal: AbortSignal) {
          const release = await mutex.lock();
          signal.addEventListener('abort', () => release(), { once: true });
        }
      `,
    },
    {
      name: 'is kept in an object that is used here',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const lease = { release: await mutex.lock() };
          try {
            await write(text);
          } finally {
            lease.release();
          }
        }
      `,
    },
    {
      name: 'is released once, whoever comes first',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string, signal: AbortSignal) {
          const release = await mutex.lock();
          let isReleased = false;
          const releaseOnce = () => {
            if (isReleased) return;
            isReleased = true;
            release();
          };
          signal.addEventListener('abort', releaseOnce);
          try {
            await write(text);
          } finally {
            signal.removeEventListener('abort', releaseOnce);
            releaseOnce();
          }
        }
      `,
    },
    {
      name: 'is a field of the class that the methods lock and unlock share',
      code: `
        import AwaitLock from 'await-lock';
        class Store {
          #lock = new AwaitLock();
          async #enter() {
            await this.#lock.acquireAsync();
          }
          #leave() {
            this.#lock.release();
          }
          async save(text: string) {
            await this.#enter();
            try {
              await this.write(text);
            } finally {
              this.#leave();
            }
          }
        }
        export { Store };
      `,
    },
  ],
  invalid: [
    {
      name: 'is replaced by null where it cannot be had, and lost where it was',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock().catch(() => null);
                                ~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "6"}]
          if (!release) return;
          await write(text);
          release();
        }
      `,
      output: null,
    },
    {
      name: 'is acquired in a try of its own, and its release is not protected',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          let release;
          try {
            release = await mutex.lock();
                            ~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "11"}]
          } catch (error) {
            console.error(error);
            return;
          }
          await write(text);
          release();
        }
      `,
      output: null,
    },
    {
      name: 'is remembered by the flag of an attempt, in a try that forgets it',
      code: `
        import AwaitLock from 'await-lock';
        const lock = new AwaitLock();
        export async function save(text: string) {
          const isHeld = lock.tryAcquire();
                         ~~~~~~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "7"}]
          try {
            if (!isHeld) return false;
            await write(text);
            lock.release();
            return true;
          } finally {
            console.log('saved');
          }
        }
      `,
      output: null,
    },
    {
      name: 'is one of two that a condition chooses, and its release is not protected',
      code: `
        import mortice from 'mortice';
        const mutex = mortice();
        export async function open(path: string, isShared: boolean) {
          const release = await (isShared ? mutex.readLock() : mutex.writeLock());
                                            ~~~~~~~~~~~~~~~~ [missedOnException {"witness": "read(path)", "line": "5"}]
                                                               ~~~~~~~~~~~~~~~~~ [missedOnException {"witness": "read(path)", "line": "5"}]
          await read(path);
          release();
        }
      `,
      output: null,
    },
    {
      name: 'is held by each of many jobs, and lost when one fails',
      code: `
        import { Semaphore } from 'await-semaphore';
        const semaphore = new Semaphore(4);
        export async function saveAll(texts: string[]) {
          await Promise.all(
            texts.map(async text => {
              const release = await semaphore.acquire();
                                    ~~~~~~~~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "7"}]
              await write(text);
              release();
            }),
          );
        }
      `,
      output: null,
    },
    {
      name: 'is released by a timer that is set after something fails',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function pause(milliseconds: number) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "announce(milliseconds)", "line": "5"}]
          await announce(milliseconds);
          setTimeout(release, milliseconds);
        }
      `,
      output: null,
    },
    {
      name: 'is released by a helper that leaves early',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(state: { isOpen: boolean }) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnReturn {"witness": "return;", "line": "6"}]
          const finish = () => {
            if (state.isOpen) return;
            release();
          };
          finish();
        }
      `,
      output: null,
    },
    {
      name: 'is a field of the class whose methods lock and unlock do not meet',
      code: `
        import AwaitLock from 'await-lock';
        class Store {
          #lock = new AwaitLock();
          async save(text: string) {
            await this.#lock.acquireAsync();
                  ~~~~~~~~~~~~~~~~~~~~~~~~~ [missedOnException {"witness": "this.write(text)", "line": "6"}]
            await this.write(text);
            this.#lock.release();
          }
          async load(text: string) {
            await this.#lock.acquireAsync();
            try {
              await this.read(text);
            } finally {
              this.#lock.release();
            }
          }
        }
        export { Store };
      `,
      output: null,
    },
  ],
});
