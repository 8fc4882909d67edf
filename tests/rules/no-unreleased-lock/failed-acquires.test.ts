import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Acquires that may fail before there is anything to release.
testRule(noUnreleasedLock, {
  valid: [
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
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock().catch(() => null);
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
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          let release;
          try {
            release = await mutex.lock();
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
  ],
});
