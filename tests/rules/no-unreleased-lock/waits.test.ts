import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Promises that are waited for between the acquire and the release.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is waited for with a promise that is never rejected',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function pause() {
          const release = await mutex.lock();
          await new Promise(resolve => setTimeout(resolve, 100));
          release();
        }
      `,
    },
    {
      name: 'is held while all outcomes are collected',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function saveAll(jobs: Promise<void>[]) {
          const release = await mutex.lock();
          await Promise.allSettled(jobs);
          release();
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is lost when the promise of a function of this file is rejected',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        async function write(text: string) {
          if (text === '') throw new Error('empty');
        }
        export async function save(text: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "8"}]
          await write(text);
          release();
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        async function write(text: string) {
          if (text === '') throw new Error('empty');
        }
        export async function save(text: string) {
          const release = await mutex.lock();
          try {
            await write(text);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is lost when one of several promises is rejected',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function saveAll(jobs: Promise<void>[]) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "Promise.all(jobs)", "line": "5"}]
          await Promise.all(jobs);
          release();
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function saveAll(jobs: Promise<void>[]) {
          const release = await mutex.lock();
          try {
            await Promise.all(jobs);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is lost when the dynamic import fails',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function load(path: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "import(path)", "line": "5"}]
          const plugin = await import(path);
          release();
          return plugin;
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function load(path: string) {
          const release = await mutex.lock();
          try {
            const plugin = await import(path);
            return plugin;
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is waited for with a promise that may be rejected',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function pause() {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"line": "5"}]
          await new Promise((resolve, reject) => signal.onabort = reject);
          release();
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function pause() {
          const release = await mutex.lock();
          try {
            await new Promise((resolve, reject) => signal.onabort = reject);
          } finally {
            release();
          }
        }
      `,
    },
  ],
});
