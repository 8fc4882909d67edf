import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Locks that become somebody else's duty, and callers that forget them.
testRule(noUnreleasedLock, {
  valid: [
    // To the caller
    {
      name: 'is returned to the caller at once',
      code: `
        import { Mutex } from '@livekit/mutex';
        class Channel {
          #mutex = new Mutex();
          lockHeadroom() {
            return this.#mutex.lock();
          }
        }
        export { Channel };
      `,
    },
    {
      name: 'is returned inside an object',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function lease(id: string) {
          const release = await mutex.lock();
          return { id, release };
        }
      `,
    },
    {
      name: 'is returned inside a closure that does more',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function lease(id: string, leases: Set<string>) {
          const release = await mutex.lock();
          leases.add(id);
          return () => {
            leases.delete(id);
            release();
          };
        }
      `,
    },
    {
      name: 'is yielded to the consumer',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function* leases() {
          const release = await mutex.lock();
          yield release;
        }
      `,
    },
    // Into something that lives on
    {
      name: 'is kept in a field',
      code: `
        import { Mutex } from '@livekit/mutex';
        class Listener {
          #mutex = new Mutex();
          #release?: () => void;
          async open() {
            this.#release = await this.#mutex.lock();
            await this.listen();
          }
          close() {
            this.#release?.();
          }
        }
        export { Listener };
      `,
    },
    {
      name: 'is kept in a table of leases',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        const leases = new Map<string, () => void>();
        export async function lease(id: string) {
          leases.set(id, await mutex.lock());
        }
      `,
    },
    {
      name: 'is kept in a variable of the module',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        let unlock: (() => void) | undefined;
        export async function lock() {
          unlock = await mutex.lock();
        }
      `,
    },
    {
      name: 'is given to a constructor',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function lease(connection: object) {
          const release = await mutex.lock();
          return new Lease(release, connection);
        }
      `,
    },
    {
      name: 'is given to a function that nobody can see',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function lease() {
          const release = await mutex.lock();
          onExit(release);
        }
      `,
    },
    {
      name: 'is registered with a disposer',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function start(disposables: { push(dispose: () => void): void }) {
          const release = await mutex.lock();
          disposables.push(() => release());
          await run();
        }
      `,
    },
    {
      name: 'is protected until it is handed over',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function lease(id: string) {
          const release = await mutex.lock();
          try {
            const connection = await connect(id);
            return new Lease(release, connection);
          } catch (error) {
            release();
            throw error;
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is lost before it is returned inside an object',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function lease(id: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "connect(id)", "line": "5"}]
          const connection = await connect(id);
          return { connection, release };
        }
      `,
      suggestions: [
        {
          messageId: 'releaseOnError',
          output: `
            import { Mutex } from '@livekit/mutex';
            const mutex = new Mutex();
            export async function lease(id: string) {
              const release = await mutex.lock();
              let connection;
              try {
                connection = await connect(id);
              } catch (error) {
                release();
                throw error;
              }
              return { connection, release };
            }
          `,
        },
      ],
    },
    {
      name: 'is lost before it is kept in a field',
      code: `
        import { Mutex } from '@livekit/mutex';
        class Listener {
          #mutex = new Mutex();
          #release?: () => void;
          async open() {
            const release = await this.#mutex.lock();
                                  ~~~~~~~~~~~~~~~~~~ [missedOnException {"witness": "this.listen()", "line": "7"}]
            await this.listen();
            this.#release = release;
          }
          close() {
            this.#release?.();
          }
        }
        export { Listener };
      `,
      suggestions: [
        {
          messageId: 'releaseOnError',
          output: `
            import { Mutex } from '@livekit/mutex';
            class Listener {
              #mutex = new Mutex();
              #release?: () => void;
              async open() {
                const release = await this.#mutex.lock();
                try {
                  await this.listen();
                } catch (error) {
                  release();
                  throw error;
                }
                this.#release = release;
              }
              close() {
                this.#release?.();
              }
            }
            export { Listener };
          `,
        },
      ],
    },
    {
      name: 'is lost before it is handed over, though the catch throws again',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function lease(id: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "throw error;", "line": "10"}]
          try {
            const connection = await connect(id);
            return new Lease(release, connection);
          } catch (error) {
            console.error(error);
            throw error;
          }
        }
      `,
      suggestions: [
        {
          messageId: 'releaseOnError',
          output: `
            import { Mutex } from '@livekit/mutex';
            const mutex = new Mutex();
            export async function lease(id: string) {
              const release = await mutex.lock();
              try {
                const connection = await connect(id);
                return new Lease(release, connection);
              } catch (error) {
                release();
                console.error(error);
                throw error;
              }
            }
          `,
        },
      ],
    },
  ],
});
