import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// A releaser whose variable is assigned anew.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is released before its variable takes the next one',
      code: `
        import { Mutex } from 'async-mutex';
        const first = new Mutex();
        const second = new Mutex();
        export async function move() {
          let release = await first.acquire();
          release();
          release = await second.acquire();
          release();
        }
      `,
    },
    {
      name: 'is kept under another name before its variable is cleared',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function move() {
          let release: (() => void) | undefined = await mutex.acquire();
          const held = release;
          release = undefined;
          held();
        }
      `,
    },
    {
      name: 'is released, and its variable cleared, so that finally does not release again',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          let release: (() => void) | null = await mutex.acquire();
          try {
            await write(text);
            release();
            release = null;
            await notify(text);
          } finally {
            if (release) release();
          }
        }
      `,
    },
    {
      name: 'is wrapped by a function that takes its name',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function lock(id: string) {
          const release = await mutex.acquire();
          const wrapped = () => {
            release();
            forget(id);
          };
          return wrapped;
        }
      `,
    },
    {
      name: 'is released by the mutex itself, whatever became of the variable',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          let release: (() => void) | null = await mutex.acquire();
          release = null;
          console.log(release, text);
          mutex.release();
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is overwritten by the next one',
      code: `
        import { Mutex } from '@livekit/mutex';
        const first = new Mutex();
        const second = new Mutex();
        export async function move() {
          let release = await first.lock();
                              ~~~~~~~~~~~~ [overwritten {"witness": "release", "acquire": "first.lock()", "line": "6"}]
          release = await second.lock();
          release();
        }
      `,
      output: null,
    },
    {
      name: 'is cleared before the release',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          let release: (() => void) | null = await mutex.lock();
                                                   ~~~~~~~~~~~~ [overwritten {"witness": "release", "line": "8"}]
          try {
            await write(text);
          } finally {
            release = null;
            release?.();
          }
        }
      `,
      output: null,
    },
    {
      name: 'is overwritten on one path',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          let release: (() => void) | undefined = await mutex.lock();
                                                        ~~~~~~~~~~~~ [overwritten {"witness": "release", "line": "5"}]
          if (text === '') release = undefined;
          release?.();
        }
      `,
      output: null,
    },
    {
      name: 'is overwritten by a pattern',
      code: `
        import { Semaphore } from 'await-semaphore';
        const semaphore = new Semaphore(2);
        export async function save(pair: (() => void)[]) {
          let release = await semaphore.acquire();
                              ~~~~~~~~~~~~~~~~~~~ [overwritten {"witness": "release", "line": "5"}]
          [release] = pair;
          release();
        }
      `,
      output: null,
    },
  ],
});
