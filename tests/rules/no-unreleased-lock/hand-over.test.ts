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
      name: 'is released by the function of this file that gets it',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        function finish(release: () => void) {
          console.log('done');
          release();
        }
        export async function start() {
          const release = await mutex.lock();
          finish(release);
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
    // Callers
    {
      name: 'is released by the caller of the function that acquires it',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        function lockHeadroom() {
          return mutex.lock();
        }
        export async function send(text: string) {
          const unlock = await lockHeadroom();
          try {
            await write(text);
          } finally {
            unlock();
          }
        }
      `,
    },
  ],
  invalid: [
    // Before it is handed over
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
      output: null,
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
      output: null,
    },
    {
      name: 'is given to a function of this file that only looks at it',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        function finish(release: () => void) {
          console.log('done', release.name);
        }
        export async function start() {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [neverReleased]
          finish(release);
        }
      `,
      output: null,
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
      output: null,
    },
    // Callers
    {
      name: 'is dropped by the caller of the function that acquires it',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        function lockHeadroom() {
          return mutex.lock();
        }
        export async function send(text: string) {
          await lockHeadroom();
                ~~~~~~~~~~~~~~ [handleDropped {"acquire": "lockHeadroom()", "noun": "lock"}]
          await write(text);
        }
      `,
      output: null,
    },
    {
      name: 'is not released by the caller when its work fails',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        async function lockHeadroom() {
          const unlock = await mutex.lock();
          return unlock;
        }
        export async function send(text: string) {
          const unlock = await lockHeadroom();
                               ~~~~~~~~~~~~~~ [missedOnException {"release": "\`unlock\`", "witness": "write(text)", "line": "9"}]
          await write(text);
          unlock();
        }
      `,
      output: null,
    },
    {
      name: 'is dropped by the caller of a method that passes it on',
      code: `
        import { Mutex } from '@livekit/mutex';
        class Channel {
          #mutex = new Mutex();
          #lock() {
            return this.#mutex.lock();
          }
          async #enter() {
            return this.#lock();
          }
          async send(text: string) {
            await this.#enter();
                  ~~~~~~~~~~~~~ [handleDropped {"acquire": "this.#enter()"}]
            await this.write(text);
          }
        }
        export { Channel };
      `,
      output: null,
    },
  ],
});
