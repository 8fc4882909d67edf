import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// What an arbitrary call between acquire and release does, and what follows the release.
testRule(noUnreleasedLock, {
  valid: [
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
    // An arbitrary call may throw
    {
      name: 'is lost when a call throws',
      options: [{ report: 'possible' }],
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
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function next(state: object) {
          const release = await mutex.lock();
          try {
            update(state);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is lost when a call in the gap before the try throws',
      options: [{ report: 'possible' }],
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
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          try {
            notify('saving', text);
            await write(text);
          } finally {
            release();
          }
        }
      `,
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
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          let saved;
          try {
            saved = await write(text);
          } finally {
            release();
          }
          await notify(saved);
        }
      `,
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
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          try {
            notify(text);
            await write(text);
          } finally {
            release();
          }
        }
      `,
    },
  ],
});
