import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Released while the promise that the section returns still runs.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is released when the awaited promise has settled',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        async function write(text: string) {
          await send(text);
        }
        export async function save(text: string) {
          const release = await mutex.lock();
          try {
            return await write(text);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is released when a value is returned that is no promise',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        function read(text: string) {
          return text.length;
        }
        export async function measure(text: string) {
          const release = await mutex.lock();
          try {
            return read(text);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is released when all promises have settled',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function saveAll(jobs: Promise<void>[]) {
          const release = await mutex.lock();
          try {
            return await Promise.all(jobs);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is released by the promise itself',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        async function write(text: string) {
          await send(text);
        }
        export async function save(text: string) {
          const release = await mutex.lock();
          return write(text).finally(release);
        }
      `,
    },
    {
      name: 'is released with a result that is an object',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(texts: string[]) {
          const release = await mutex.lock();
          try {
            return { count: texts.length, first: texts[0] };
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is released while the promise of another section runs',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        async function write(text: string) {
          await send(text);
        }
        export async function save(text: string) {
          const release = await mutex.lock();
          try {
            text = text.trim();
          } finally {
            release();
          }
          return write(text);
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is released before the returned promise of a function of this file settles',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        async function write(text: string) {
          await send(text);
        }
        export async function save(text: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [releasedEarly {"witness": "return write(text);", "line": "9"}]
          try {
            return write(text);
          } finally {
            release();
          }
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        async function write(text: string) {
          await send(text);
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
      name: 'is released before all promises have settled',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function saveAll(jobs: Promise<void>[]) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [releasedEarly {"witness": "return Promise.all(jobs);", "line": "6"}]
          try {
            return Promise.all(jobs);
          } finally {
            release();
          }
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function saveAll(jobs: Promise<void>[]) {
          const release = await mutex.lock();
          try {
            return await Promise.all(jobs);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is released before a new promise settles',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          await mutex.acquire();
                ~~~~~~~~~~~~~~~ [releasedEarly {"line": "6"}]
          try {
            return new Promise(resolve => send(text, resolve));
          } finally {
            mutex.release();
          }
        }
      `,
      output: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          await mutex.acquire();
          try {
            return await new Promise(resolve => send(text, resolve));
          } finally {
            mutex.release();
          }
        }
      `,
    },
    {
      name: 'is released before the promise of one branch settles',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        async function write(text: string) {
          await send(text);
        }
        export async function save(text: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [releasedEarly {"line": "9"}]
          try {
            return text === '' ? undefined : write(text);
          } finally {
            release();
          }
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        async function write(text: string) {
          await send(text);
        }
        export async function save(text: string) {
          const release = await mutex.lock();
          try {
            await (text === '' ? undefined : write(text));
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is released before the promise of a method settles, whose type says so',
      onlyTyped: 'Only its type tells that the method gives a promise.',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(store: { write(text: string): Promise<void> }, text: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [releasedEarly {"witness": "return store.write(text);", "line": "6"}]
          try {
            return store.write(text);
          } finally {
            release();
          }
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(store: { write(text: string): Promise<void> }, text: string) {
          const release = await mutex.lock();
          try {
            await store.write(text);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is released before the promise of an own method settles',
      code: `
        import { Mutex } from '@livekit/mutex';
        class Store {
          #mutex = new Mutex();
          async #write(text: string) {
            await send(text);
          }
          async save(text: string) {
            const release = await this.#mutex.lock();
                                  ~~~~~~~~~~~~~~~~~~ [releasedEarly {"witness": "return this.#write(text);", "line": "10"}]
            try {
              return this.#write(text);
            } finally {
              release();
            }
          }
        }
        export { Store };
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        class Store {
          #mutex = new Mutex();
          async #write(text: string) {
            await send(text);
          }
          async save(text: string) {
            const release = await this.#mutex.lock();
            try {
              await this.#write(text);
            } finally {
              release();
            }
          }
        }
        export { Store };
      `,
    },
  ],
});
