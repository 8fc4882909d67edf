import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Rounds of a loop.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is released before every continue and break',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function drain(items: { isOpen: boolean; isLast: boolean }[]) {
          for (const item of items) {
            const release = await mutex.lock();
            if (item.isOpen) {
              release();
              continue;
            }
            if (item.isLast) {
              release();
              break;
            }
            release();
          }
        }
      `,
    },
    {
      name: 'is released in the finally of every round',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function drain(items: string[]) {
          while (items.length > 0) {
            const release = await mutex.lock();
            try {
              if (items[0] === '') continue;
              await send(items.shift());
            } finally {
              release();
            }
          }
        }
      `,
    },
    {
      name: 'is acquired once and released behind the loop',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function sum(items: number[]) {
          const release = await mutex.lock();
          let total = 0;
          for (const item of items) {
            if (item < 0) continue;
            if (item > 100) break;
            total += item;
          }
          release();
          return total;
        }
      `,
    },
    {
      name: 'is tried for until it is had',
      code: `
        import { Sema } from 'async-sema';
        const sema = new Sema(1);
        export async function run(job: () => Promise<void>) {
          while (!sema.tryAcquire()) {
            await sleep(10);
          }
          try {
            await job();
          } finally {
            sema.release();
          }
        }
      `,
    },
    {
      name: 'is had after several attempts, the last of which throws',
      code: `
        import lockfile from 'proper-lockfile';
        export async function open(path: string) {
          let release;
          for (let attempt = 0; release === undefined; attempt++) {
            try {
              release = await lockfile.lock(path);
            } catch (error) {
              if (attempt > 3) throw error;
            }
          }
          try {
            await read(path);
          } finally {
            await release();
          }
        }
      `,
    },
    {
      name: 'is one of several that are collected and released together',
      code: `
        import { Mutex } from '@livekit/mutex';
        export async function lockAll(mutexes: Mutex[]) {
          const releases: (() => void)[] = [];
          for (const mutex of mutexes) {
            releases.push(await mutex.lock());
          }
          return () => releases.forEach(release => release());
        }
      `,
    },
    {
      name: 'is released and acquired again in every round',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function drain(items: string[]) {
          let release = await mutex.lock();
          for (const item of items) {
            items.shift();
            release();
            await send(item);
            release = await mutex.lock();
          }
          release();
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is held when a round is cut short by continue',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function drain(items: { isOpen: boolean }[]) {
          for (const item of items) {
            const release = await mutex.lock();
                                  ~~~~~~~~~~~~ [missedOnReturn {"witness": "continue;", "line": "6"}]
            if (item.isOpen) continue;
            release();
          }
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function drain(items: { isOpen: boolean }[]) {
          for (const item of items) {
            const release = await mutex.lock();
            try {
              if (item.isOpen) continue;
            } finally {
              release();
            }
          }
        }
      `,
    },
    {
      name: 'is held when the loop is left by break',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function drain(items: { isLast: boolean }[]) {
          for (const item of items) {
            const release = await mutex.lock();
                                  ~~~~~~~~~~~~ [missedOnReturn {"witness": "break;", "line": "6"}]
            if (item.isLast) break;
            release();
          }
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function drain(items: { isLast: boolean }[]) {
          for (const item of items) {
            const release = await mutex.lock();
            try {
              if (item.isLast) break;
            } finally {
              release();
            }
          }
        }
      `,
    },
    {
      name: 'is held when an outer round goes on',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function drain(rows: { isLast: boolean }[][]) {
          rows: for (const row of rows) {
            for (const item of row) {
              const release = await mutex.lock();
                                    ~~~~~~~~~~~~ [missedOnReturn {"witness": "continue rows;", "line": "7"}]
              if (item.isLast) continue rows;
              release();
            }
          }
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function drain(rows: { isLast: boolean }[][]) {
          rows: for (const row of rows) {
            for (const item of row) {
              const release = await mutex.lock();
              try {
                if (item.isLast) continue rows;
              } finally {
                release();
              }
            }
          }
        }
      `,
    },
    {
      name: 'is acquired by every round and released by some',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function drain(items: { isOpen: boolean }[]) {
          for (const item of items) {
            const release = await mutex.lock();
                                  ~~~~~~~~~~~~ [reacquired]
            if (item.isOpen) {
              release();
            }
          }
        }
      `,
      output: null,
    },
    {
      name: 'is acquired by every round and released once behind the loop',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function drain(items: string[]) {
          let release;
          for (const item of items) {
            release = await mutex.lock();
                            ~~~~~~~~~~~~ [reacquired]
            items.shift();
          }
          release?.();
        }
      `,
      output: null,
    },
    {
      name: 'is held when a failed round is caught and the next one begins',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function drain(items: string[]) {
          for (const item of items) {
            try {
              const release = await mutex.lock();
                                    ~~~~~~~~~~~~ [missedOnException {"witness": "send(item)", "line": "7"}]
              await send(item);
              release();
            } catch (error) {
              console.error(error);
            }
          }
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function drain(items: string[]) {
          for (const item of items) {
            try {
              const release = await mutex.lock();
              try {
                await send(item);
              } finally {
                release();
              }
            } catch (error) {
              console.error(error);
            }
          }
        }
      `,
    },
    {
      name: 'is tried for in a loop and lost when the work fails',
      code: `
        import { Sema } from 'async-sema';
        const sema = new Sema(1);
        export async function run(job: () => Promise<void>) {
          while (!sema.tryAcquire()) {
                  ~~~~~~~~~~~~~~~~~ [missedOnException {"release": "\`sema.release\`", "witness": "job()", "line": "7"}]
            await sleep(10);
          }
          await job();
          sema.release();
        }
      `,
      output: `
        import { Sema } from 'async-sema';
        const sema = new Sema(1);
        export async function run(job: () => Promise<void>) {
          while (!sema.tryAcquire()) {
            await sleep(10);
          }
          try {
            await job();
          } finally {
            sema.release();
          }
        }
      `,
    },
    {
      name: 'is released and acquired again, and lost when the last round fails',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function drain(items: string[]) {
          const first = await mutex.lock();
          first();
          let release = await mutex.lock();
                              ~~~~~~~~~~~~ [missedOnException {"witness": "send(item)", "line": "8"}]
          for (const item of items) {
            await send(item);
          }
          release();
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function drain(items: string[]) {
          const first = await mutex.lock();
          first();
          let release = await mutex.lock();
          try {
            for (const item of items) {
              await send(item);
            }
          } finally {
            release();
          }
        }
      `,
    },
  ],
});
