import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Statements between the acquire and the try that releases.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is held over declarations that only read',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(state: { name: string; items: string[] }) {
          const release = await mutex.lock();
          let count = 0;
          const { name, items: [first] } = state;
          const label = \`\${name}: \${first}\`;
          try {
            count = await write(label);
          } finally {
            release();
          }
          return count;
        }
      `,
    },
    {
      name: 'is held while the clock and own keys are read',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(state: object) {
          const release = await mutex.lock();
          const start = performance.now();
          const day = new Date(Date.now());
          const keys = Object.keys(state).filter(key => key !== 'id');
          try {
            await write(keys, start, day);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is held while a logger is called',
      code: `
        import { Mutex } from '@livekit/mutex';
        class Engine {
          #mutex = new Mutex();
          async start() {
            const release = await this.#mutex.lock();
            console.log('locked');
            this.logger.debug('locked', this.name);
            log.info('locked');
            try {
              await this.run();
            } finally {
              release();
            }
          }
        }
        export { Engine };
      `,
    },
    {
      name: 'is released early where there is nothing to do',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(state: { isSaved: boolean }) {
          const release = await mutex.lock();
          if (state.isSaved) {
            release();
            return;
          }
          try {
            await write(state);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is held while lists, maps and timers are prepared',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(jobs: { id: string }[]) {
          const release = await mutex.lock();
          const byId = new Map<string, object>();
          jobs.forEach(job => byId.set(job.id, job));
          const timer = setTimeout(() => cancel(jobs), 1000);
          try {
            await write(byId);
          } finally {
            clearTimeout(timer);
            release();
          }
        }
      `,
    },
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
      name: 'is held while a fixed address is parsed',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function connect() {
          const release = await mutex.lock();
          const url = new URL('https://example.com/');
          try {
            await open(url);
          } finally {
            release();
          }
        }
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
      name: 'is lost while a list is read as JSON',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(texts: string[]) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "texts.map(text => JSON.parse(text))", "line": "5"}]
          const values = texts.map(text => JSON.parse(text));
          try {
            await write(values);
          } finally {
            release();
          }
        }
      `,
      output: null,
    },
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
      output: null,
    },
    {
      name: 'is lost when a service that is called in the gap throws',
      code: `
        import { Mutex } from '@livekit/mutex';
        class Tokens {
          #mutex = new Mutex();
          async add(token: string) {
            const release = await this.#mutex.lock();
                                  ~~~~~~~~~~~~~~~~~~ [missedOnException {"witness": "this.messenger.call('network', token)", "line": "6"}]
            const network = this.messenger.call('network', token);
            try {
              await this.store(network);
            } finally {
              release();
            }
          }
        }
        export { Tokens };
      `,
      output: null,
    },
    {
      name: 'is lost when the arguments of a logger throw',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(state: object) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "describe(state)", "line": "5"}]
          console.log(describe(state));
          try {
            await write(state);
          } finally {
            release();
          }
        }
      `,
      output: null,
    },
    {
      name: 'is lost when a tag of a template throws',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(name: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "sql\`delete \${name}\`", "line": "5"}]
          const query = sql\`delete \${name}\`;
          try {
            await run(query);
          } finally {
            release();
          }
        }
      `,
      output: null,
    },
    {
      name: 'is lost when a constructor throws',
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
      output: null,
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
      output: null,
    },
    {
      name: 'is lost when the address in the gap is not fixed',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function connect(address: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "new URL(address, 'https://example.com/')", "line": "5"}]
          const url = new URL(address, 'https://example.com/');
          try {
            await open(url);
          } finally {
            release();
          }
        }
      `,
      output: null,
    },
  ],
});
