import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Functions of this file that hand a lock over, and those that get one.
testRule(noUnreleasedLock, {
  valid: [
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
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Mutex } from '@livekit/mutex';
            const mutex = new Mutex();
            function finish(release: () => void) {
              console.log('done', release.name);
            }
            export async function start() {
              const release = await mutex.lock();
              try {
                finish(release);
              } finally {
                release();
              }
            }
          `,
        },
      ],
    },
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
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Mutex } from '@livekit/mutex';
            const mutex = new Mutex();
            function lockHeadroom() {
              return mutex.lock();
            }
            export async function send(text: string) {
              const release = await lockHeadroom();
              try {
                await write(text);
              } finally {
                release();
              }
            }
          `,
        },
      ],
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
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        async function lockHeadroom() {
          const unlock = await mutex.lock();
          return unlock;
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
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
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
                const release = await this.#enter();
                try {
                  await this.write(text);
                } finally {
                  release();
                }
              }
            }
            export { Channel };
          `,
        },
      ],
    },
  ],
});
