import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// What settings say of files and of calls: roles, registrars.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is acquired in a generated file',
      settings: { roles: { generated: ['**/case.*'] } },
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.acquire();
          await write(text);
          release();
        }
      `,
    },
    {
      name: 'is lost in a test when it returns',
      settings: { roles: { test: ['**/*.{spec,test}.*', '**/case.[jt]s'] } },
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.acquire();
          if (text === '') return;
          release();
        }
      `,
    },
    {
      name: 'is acquired by the function that an entry point starts',
      settings: { roles: { entry: ['**/case.*'] } },
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        async function main() {
          await mutex.acquire();
          await serve();
        }
        main().catch(console.error);
      `,
    },
    {
      name: 'is acquired by a helper of the function that an entry point starts',
      settings: { roles: { entry: ['**/case.*'] } },
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        const lockForever = async () => {
          await mutex.lock();
        };
        void (async () => {
          await lockForever();
          await serve();
        })();
      `,
    },
    {
      name: 'is given to a call that takes ownership by the settings',
      settings: { registrars: { 'app/track': { file: 'case.ts', export: 'track' }, 'app/other': false } },
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export function track(release: () => void) {
          register(release.name);
        }
        export async function start() {
          const release = await mutex.lock();
          track(release);
        }
      `,
    },
    {
      name: 'is given to a logger that takes ownership by the settings',
      unresolvedImports: 'The package is made up.',
      settings: { registrars: { 'app/log': { package: 'leaky-log', export: 'logger', method: 'debug' } } },
      code: `
        import { Mutex } from '@livekit/mutex';
        import { logger } from 'leaky-log';
        const mutex = new Mutex();
        export async function start() {
          const release = await mutex.lock();
          logger.debug(release);
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is lost in a test when a call throws',
      settings: { roles: { test: ['**/case.*'] } },
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.acquire();
                                ~~~~~~~~~~~~~~~ [missedOnException {"witness": "JSON.parse(text)"}]
          JSON.parse(text);
          release();
        }
      `,
      output: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.acquire();
          try {
            JSON.parse(text);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is acquired in a file whose path alone looks like that of a test',
      filename: 'case.test.ts',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.acquire();
                                ~~~~~~~~~~~~~~~ [missedOnReturn {"witness": "return;"}]
          if (text === '') return;
          release();
        }
      `,
      output: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.acquire();
          try {
            if (text === '') return;
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is acquired by a function that an entry point exports',
      settings: { roles: { entry: ['**/case.*'] } },
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function main() {
          await mutex.lock();
                ~~~~~~~~~~~~ [handleDropped]
          await serve();
        }
        main().catch(console.error);
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Mutex } from '@livekit/mutex';
            const mutex = new Mutex();
            export async function main() {
              const release = await mutex.lock();
              try {
                await serve();
              } finally {
                release();
              }
            }
            main().catch(console.error);
          `,
        },
      ],
    },
    {
      name: 'is acquired in a loop of an entry point',
      settings: { roles: { entry: ['**/case.*'] } },
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        async function main() {
          for (const job of jobs()) {
            const release = await mutex.lock();
                                  ~~~~~~~~~~~~ [missedOnException {"witness": "run(job)"}]
            try {
              await run(job);
              release();
            } catch {
              console.error(job);
            }
          }
        }
        main().catch(console.error);
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        async function main() {
          for (const job of jobs()) {
            const release = await mutex.lock();
            try {
              await run(job);
            } catch {
              console.error(job);
            } finally {
              release();
            }
          }
        }
        main().catch(console.error);
      `,
    },
    {
      name: 'is given to a logger that only looks at it',
      unresolvedImports: 'The package is made up.',
      code: `
        import { Mutex } from '@livekit/mutex';
        import { logger } from 'leaky-log';
        const mutex = new Mutex();
        export async function start() {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [neverReleased]
          logger.debug(release);
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Mutex } from '@livekit/mutex';
            import { logger } from 'leaky-log';
            const mutex = new Mutex();
            export async function start() {
              const release = await mutex.lock();
              try {
                logger.debug(release);
              } finally {
                release();
              }
            }
          `,
        },
      ],
    },
  ],
});
