import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Releases that come later, or at most once.
testRule(noUnreleasedLock, {
  valid: [
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
      suggestions: [
        {
          messageId: 'releaseOnError',
          output: `
            import { Mutex } from '@livekit/mutex';
            const mutex = new Mutex();
            export async function pause(milliseconds: number) {
              const release = await mutex.lock();
              try {
                await announce(milliseconds);
              } catch (error) {
                release();
                throw error;
              }
              setTimeout(release, milliseconds);
            }
          `,
        },
      ],
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
      suggestions: [
        {
          messageId: 'releaseBeforeReturn',
          output: `
            import { Mutex } from '@livekit/mutex';
            const mutex = new Mutex();
            export async function save(state: { isOpen: boolean }) {
              const release = await mutex.lock();
              const finish = () => {
                if (state.isOpen) { release(); return; }
                release();
              };
              finish();
            }
          `,
        },
      ],
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
      output: `
        import AwaitLock from 'await-lock';
        class Store {
          #lock = new AwaitLock();
          async save(text: string) {
            await this.#lock.acquireAsync();
            try {
              await this.write(text);
            } finally {
              this.#lock.release();
            }
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
    },
  ],
});
