import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// One of several locks, and one lock for many jobs.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is one of two that a condition chooses, before it is awaited',
      code: `
        import mortice from 'mortice';
        const mutex = mortice();
        export async function open(path: string, isShared: boolean) {
          const release = await (isShared ? mutex.readLock() : mutex.writeLock());
          try {
            return await read(path);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is one of two that a condition chooses, each awaited by itself',
      code: `
        import mortice from 'mortice';
        const mutex = mortice();
        export async function open(path: string, isShared: boolean) {
          const release = isShared ? await mutex.readLock() : await mutex.writeLock();
          try {
            return await read(path);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is one of many that are acquired and released together',
      code: `
        import { Mutex } from '@livekit/mutex';
        export async function saveAll(mutexes: Mutex[], text: string) {
          const releases = await Promise.all(mutexes.map(mutex => mutex.lock()));
          try {
            await write(text);
          } finally {
            releases.forEach(release => release());
          }
        }
      `,
    },
    {
      name: 'is held by each of many jobs',
      code: `
        import { Semaphore } from 'await-semaphore';
        const semaphore = new Semaphore(4);
        export async function saveAll(texts: string[]) {
          await Promise.all(
            texts.map(async text => {
              const release = await semaphore.acquire();
              try {
                await write(text);
              } finally {
                release();
              }
            }),
          );
        }
      `,
    },
    {
      name: 'is waited for together with something else',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const [release, file] = await Promise.all([mutex.lock(), open(text)]);
          try {
            await file.write(text);
          } finally {
            release();
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is one of two that a condition chooses, and its release is not protected',
      code: `
        import mortice from 'mortice';
        const mutex = mortice();
        export async function open(path: string, isShared: boolean) {
          const release = await (isShared ? mutex.readLock() : mutex.writeLock());
                                            ~~~~~~~~~~~~~~~~ [missedOnException {"witness": "read(path)", "line": "5"}]
                                                               ~~~~~~~~~~~~~~~~~ [missedOnException {"witness": "read(path)", "line": "5"}]
          await read(path);
          release();
        }
      `,
      output: `
        import mortice from 'mortice';
        const mutex = mortice();
        export async function open(path: string, isShared: boolean) {
          const release = await (isShared ? mutex.readLock() : mutex.writeLock());
          try {
            await read(path);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is held by each of many jobs, and lost when one fails',
      code: `
        import { Semaphore } from 'await-semaphore';
        const semaphore = new Semaphore(4);
        export async function saveAll(texts: string[]) {
          await Promise.all(
            texts.map(async text => {
              const release = await semaphore.acquire();
                                    ~~~~~~~~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "7"}]
              await write(text);
              release();
            }),
          );
        }
      `,
      output: `
        import { Semaphore } from 'await-semaphore';
        const semaphore = new Semaphore(4);
        export async function saveAll(texts: string[]) {
          await Promise.all(
            texts.map(async text => {
              const release = await semaphore.acquire();
              try {
                await write(text);
              } finally {
                release();
              }
            }),
          );
        }
      `,
      suggestions: [
        {
          messageId: 'useScopedForm',
          output: `
            import { Semaphore } from 'await-semaphore';
            const semaphore = new Semaphore(4);
            export async function saveAll(texts: string[]) {
              await Promise.all(
                texts.map(async text => {
                  await semaphore.use(async () => {
                    await write(text);
                  });
                }),
              );
            }
          `,
        },
      ],
    },
  ],
});
