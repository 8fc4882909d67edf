import { noUnreleasedLock } from '../../rules/no-unreleased-lock.js';
import { testRule } from '../support/rule-tester.js';

// Acquires whose result, the only thing that can release, is thrown away.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is kept and released',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function settle() {
          const release = await mutex.lock();
          release();
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is dropped at the end',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function settle() {
          await mutex.lock();
                ~~~~~~~~~~~~ [handleDropped {}]
        }
      `,
      suggestions: [
        {
          messageId: 'addRelease',
          output: `
            import { Mutex } from '@livekit/mutex';
            const mutex = new Mutex();
            export async function settle() {
              const release = await mutex.lock();
              release();
            }
          `,
        },
      ],
    },
    {
      name: 'is dropped in a branch without braces, where no name can be declared',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function settle(state: { busy: boolean }) {
          if (state.busy) await mutex.lock();
                                ~~~~~~~~~~~~ [handleDropped {}]
        }
      `,
      output: null,
    },
    {
      name: 'is dropped in a case, where a name would be declared for all cases',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function settle(state: { name: string }) {
          switch (state.name) {
            case 'busy':
              await mutex.lock();
                    ~~~~~~~~~~~~ [handleDropped {}]
          }
        }
      `,
      output: null,
    },
    {
      name: 'is dropped in a branch without braces, before further work',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function settle(state: { busy: boolean }) {
          if (state.busy) await mutex.lock();
                                ~~~~~~~~~~~~ [handleDropped {}]
          state.busy = false;
        }
      `,
      output: null,
    },
  ],
});
