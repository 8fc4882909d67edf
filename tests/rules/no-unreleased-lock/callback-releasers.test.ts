import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Releasers that a callback gets.
testRule(noUnreleasedLock, {
  valid: [
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
      name: 'comes with a callback that hands done on, and gives a result',
      code: `
        import AsyncLock from 'async-lock';
        const lock = new AsyncLock();
        export async function save(text: string) {
          const written = await lock.acquire('file', done => {
            write(text, () => done());
          });
          return written;
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
      suggestions: [
        {
          messageId: 'releaseBeforeReturn',
          output: `
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
      ],
    },
    {
      name: 'comes with a callback that forgets done on one way, and gives a result',
      code: `
        import AsyncLock from 'async-lock';
        const lock = new AsyncLock();
        export async function save(text: string) {
          const written = await lock.acquire('file', done => {
                                ~~~~~~~~~~~~~~~~~~~~~~~~~~~~> [missedOnReturn {"witness": "return;", "line": "6"}]
            if (text === '') {
              return;
            }
            done(null, text);
          });
          ~~<
          return written;
        }
      `,
      suggestions: [
        {
          messageId: 'releaseBeforeReturn',
          output: `
            import AsyncLock from 'async-lock';
            const lock = new AsyncLock();
            export async function save(text: string) {
              const written = await lock.acquire('file', done => {
                if (text === '') {
                  done();
                  return;
                }
                done(null, text);
              });
              return written;
            }
          `,
        },
      ],
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
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import AsyncLock from 'async-lock';
            const lock = new AsyncLock();
            export function save(text: string) {
              lock.acquire('file', done => {
                try {
                  console.log(text, typeof done);
                } finally {
                  done();
                }
              });
            }
          `,
        },
      ],
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
      output: `
        import AsyncLock from 'async-lock';
        const lock = new AsyncLock();
        export function save(text: string) {
          lock.acquire('file', async done => {
            try {
              await write(text);
            } finally {
              done();
            }
          });
        }
      `,
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
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import Redlock from 'redlock';
            const redlock = new Redlock([client]);
            export function save(text: string) {
              redlock.lock('file', 1000, (error, lease) => {
                if (error) return;
                try {
                  if (text === '') return;
                } finally {
                  lease.unlock();
                }
              });
            }
          `,
        },
      ],
    },
  ],
});
