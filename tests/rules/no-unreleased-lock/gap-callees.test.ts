import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Functions of this file that are called between the acquire and the try that releases.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is held while an own function that cannot fail runs',
      code: `
        import { Mutex } from '@livekit/mutex';
        class Queue {
          #mutex = new Mutex();
          #active = 0;
          #mark() {
            this.#active += 1;
          }
          async add(job: () => Promise<void>) {
            const release = await this.#mutex.lock();
            this.#mark();
            try {
              await job();
            } finally {
              this.#active -= 1;
              release();
            }
          }
        }
        export { Queue };
      `,
    },
    {
      name: 'is held for a fixed time',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function connect(url: URL) {
          const release = await mutex.lock();
          await sleep(100);
          try {
            await open(url);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is held while an asynchronous function is started, whose failure is a rejected promise',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        async function prepare(url: URL) {
          if (url.protocol !== 'https:') throw new Error('not safe');
          return url;
        }
        export async function connect(url: URL) {
          const release = await mutex.lock();
          const prepared = prepare(url);
          try {
            await open(await prepared);
          } finally {
            release();
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is lost when an own method of the gap throws',
      code: `
        import { Mutex } from '@livekit/mutex';
        class Queue {
          #mutex = new Mutex();
          #active = 0;
          #mark() {
            if (this.#active > 10) throw new RangeError('too many');
            this.#active += 1;
          }
          async add(job: () => Promise<void>) {
            const release = await this.#mutex.lock();
                                  ~~~~~~~~~~~~~~~~~~ [missedOnException {"witness": "this.#mark()", "line": "11"}]
            this.#mark();
            try {
              await job();
            } finally {
              this.#active -= 1;
              release();
            }
          }
        }
        export { Queue };
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        class Queue {
          #mutex = new Mutex();
          #active = 0;
          #mark() {
            if (this.#active > 10) throw new RangeError('too many');
            this.#active += 1;
          }
          async add(job: () => Promise<void>) {
            const release = await this.#mutex.lock();
            try {
              this.#mark();
              try {
                await job();
              } finally {
                this.#active -= 1;
              }
            } finally {
              release();
            }
          }
        }
        export { Queue };
      `,
    },
    {
      name: 'is lost when a constructor throws',
      options: [{ report: 'possible' }],
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(name: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "new Query(name)", "line": "5"}]
          const query = new Query(name);
          try {
            await query.run();
          } finally {
            release();
          }
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(name: string) {
          const release = await mutex.lock();
          try {
            const query = new Query(name);
            await query.run();
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is lost when waiting for something started earlier fails',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        async function prepare(url: URL) {
          if (url.protocol !== 'https:') throw new Error('not safe');
          return url;
        }
        export async function connect(url: URL) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "prepare(url)", "line": "9"}]
          const prepared = await prepare(url);
          try {
            await open(prepared);
          } finally {
            release();
          }
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        async function prepare(url: URL) {
          if (url.protocol !== 'https:') throw new Error('not safe');
          return url;
        }
        export async function connect(url: URL) {
          const release = await mutex.lock();
          try {
            const prepared = await prepare(url);
            await open(prepared);
          } finally {
            release();
          }
        }
      `,
    },
  ],
});
