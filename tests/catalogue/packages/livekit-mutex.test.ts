import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is released in finally',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function parse(text: string): Promise<unknown> {
          const unlock = await mutex.lock();
          try {
            return JSON.parse(text);
          } finally {
            unlock();
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is lost when a call throws',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function parse(text: string): Promise<unknown> {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnException {"witness": "JSON.parse(text)"}]
          const value: unknown = JSON.parse(text);
          unlock();
          return value;
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function parse(text: string): Promise<unknown> {
          const unlock = await mutex.lock();
          try {
            const value: unknown = JSON.parse(text);
            return value;
          } finally {
            unlock();
          }
        }
      `,
    },
  ],
});
