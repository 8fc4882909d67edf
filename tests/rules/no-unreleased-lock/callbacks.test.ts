import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Releasers that callbacks call, and releasers that callbacks get.
testRule(noUnreleasedLock, {
  valid: [
    // A callback releases what its creator acquired
    {
      name: 'is released by the callback of a call in the node style',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function look(provider: Provider) {
          const release = await mutex.acquire();
          provider.send('version', (error: Error | null, version: string) => {
            if (error === null) state.version = version;
            release();
          });
        }
      `,
    },
    {
      name: 'is released by the callback in finally',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function look(provider: Provider) {
          const release = await mutex.acquire();
          provider.send('version', (error: Error | null, version: string) => {
            try {
              if (state.version === version) return;
              update(version);
            } finally {
              release();
            }
          });
        }
      `,
    },
    {
      name: 'is released by one of two callbacks, whichever runs',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function look(request: Request) {
          const release = await mutex.acquire();
          request.onSuccess(() => release());
          request.onFailure(() => release());
        }
      `,
    },
    {
      name: 'is released by a listener once it has seen enough',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function look(stream: Stream) {
          const release = await mutex.acquire();
          stream.on('data', (chunk: string) => {
            if (chunk === '') return;
            release();
          });
        }
      `,
    },
    {
      name: 'is released by a promise that a callback settles',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function look(provider: Provider) {
          const release = await mutex.acquire();
          return new Promise<void>(resolve => {
            provider.send('version', () => {
              release();
              resolve();
            });
          });
        }
      `,
    },
    // A callback gets the releaser
    {
      name: 'comes with a callback that calls done on every way',
      code: `
        import AsyncLock from 'async-lock';
        const lock = new AsyncLock();
        export function save(text: string) {
          lock.acquire('file', done => {
            if (text === '') {
              done();
              return;
            }
            write(text, () => done());
          });
        }
      `,
    },
    {
      name: 'comes with a callback that hands done on',
      code: `
        import AsyncLock from 'async-lock';
        const lock = new AsyncLock();
        export function save(text: string) {
          lock.acquire('file', done => write(text, done));
        }
      `,
    },
    {
      name: 'comes with a callback that throws at once, which releases it',
      code: `
        import AsyncLock from 'async-lock';
        const lock = new AsyncLock();
        export function save(text: string) {
          lock.acquire('file', done => {
            JSON.parse(text);
            done();
          });
        }
      `,
    },
    {
      name: 'comes with a callback that gives a promise',
      code: `
        import AsyncLock from 'async-lock';
        const lock = new AsyncLock();
        export async function save(text: string) {
          await lock.acquire('file', async () => {
            await write(text);
          });
        }
      `,
    },
    {
      name: 'comes with an error or a lease, which is released',
      code: `
        import Redlock from 'redlock';
        const redlock = new Redlock([client]);
        export function save(text: string) {
          redlock.lock('file', 1000, (error, lease) => {
            if (error) {
              console.error(error);
              return;
            }
            state.text = text;
            lease.unlock();
          });
        }
      `,
    },
    {
      name: 'is a web lock that is held until a promise settles',
      code: `
        export function hold(name: string) {
          let release: (() => void) | undefined;
          void navigator.locks.request(name, () => new Promise<void>(resolve => {
            release = resolve;
          }));
          return () => release?.();
        }
      `,
    },
    {
      name: 'is a web lock that is held for ever, on purpose',
      code: `
        export async function elect(name: string) {
          await navigator.locks.request(name, { mode: 'exclusive' }, () => new Promise(() => {}));
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is not released by the callback when it returns early',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function look(provider: Provider) {
          const release = await mutex.acquire();
                                ~~~~~~~~~~~~~~~ [missedInCallback {"release": "\`release\`", "witness": "return;", "line": "6"}]
          provider.send('version', (error: Error | null, version: string) => {
            if (state.version === version) return;
            update(version);
            release();
          });
        }
      `,
      output: null,
    },
    {
      name: 'is released by the callback on a condition',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function look(provider: Provider) {
          const release = await mutex.acquire();
                                ~~~~~~~~~~~~~~~ [missedInCallback {"witness": "}", "line": "10"}]
          provider.send('version', (error: Error | null, version: string) => {
            if (error === null) {
              state.version = version;
              release();
            }
          });
        }
      `,
      output: null,
    },
    {
      name: 'is lost before the call whose callback releases it',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export async function look(provider: Provider) {
          const release = await mutex.acquire();
                                ~~~~~~~~~~~~~~~ [missedOnException {"witness": "provider.connect()", "line": "5"}]
          await provider.connect();
          provider.send('version', () => {
            release();
          });
        }
      `,
      output: null,
    },
    {
      name: 'comes with a callback that forgets done on one way',
      code: `
        import AsyncLock from 'async-lock';
        const lock = new AsyncLock();
        export function save(text: string) {
          lock.acquire('file', done => {
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~> [missedOnReturn {"witness": "return;", "line": "6"}]
            if (text === '') {
              return;
            }
            write(text, () => done());
          });
          ~~<
        }
      `,
      output: null,
    },
    {
      name: 'comes with a callback that never calls done',
      code: `
        import AsyncLock from 'async-lock';
        const lock = new AsyncLock();
        export function save(text: string) {
          lock.acquire('file', done => {
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~> [neverReleased {"noun": "lock"}]
            console.log(text, typeof done);
          });
          ~~<
        }
      `,
      output: null,
    },
    {
      name: 'comes with an asynchronous callback whose work fails before done',
      code: `
        import AsyncLock from 'async-lock';
        const lock = new AsyncLock();
        export function save(text: string) {
          lock.acquire('file', async done => {
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~> [missedOnException {"witness": "write(text)", "line": "5"}]
            await write(text);
            done();
          });
          ~~<
        }
      `,
      output: null,
    },
    {
      name: 'comes with an error or a lease, which is not released before a return',
      code: `
        import Redlock from 'redlock';
        const redlock = new Redlock([client]);
        export function save(text: string) {
          redlock.lock('file', 1000, (error, lease) => {
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~> [missedOnReturn {"witness": "return;", "line": "6"}]
            if (error) return;
            if (text === '') return;
            lease.unlock();
          });
          ~~<
        }
      `,
      output: null,
    },
  ],
});
