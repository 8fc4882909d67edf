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
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(texts: string[]) {
          const release = await mutex.lock();
          try {
            const values = texts.map(text => JSON.parse(text));
            await write(values);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is lost when a service that is called in the gap throws',
      options: [{ report: 'possible' }],
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
      output: `
        import { Mutex } from '@livekit/mutex';
        class Tokens {
          #mutex = new Mutex();
          async add(token: string) {
            const release = await this.#mutex.lock();
            try {
              const network = this.messenger.call('network', token);
              await this.store(network);
            } finally {
              release();
            }
          }
        }
        export { Tokens };
      `,
    },
    {
      name: 'is lost when the arguments of a logger throw',
      options: [{ report: 'possible' }],
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
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(state: object) {
          const release = await mutex.lock();
          try {
            console.log(describe(state));
            await write(state);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is lost when a tag of a template throws',
      options: [{ report: 'possible' }],
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
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(name: string) {
          const release = await mutex.lock();
          try {
            const query = sql\`delete \${name}\`;
            await run(query);
          } finally {
            release();
          }
        }
      `,
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
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function connect(address: string) {
          const release = await mutex.lock();
          try {
            const url = new URL(address, 'https://example.com/');
            await open(url);
          } finally {
            release();
          }
        }
      `,
    },
  ],
});
