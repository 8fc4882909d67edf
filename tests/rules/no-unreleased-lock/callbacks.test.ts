import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Releasers that a callback calls.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is released by the callback of a call in the node style',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function look(provider: Provider) {
          const release = await mutex.lock();
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
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function look(provider: Provider) {
          const release = await mutex.lock();
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
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function look(request: Request) {
          const release = await mutex.lock();
          request.onSuccess(() => release());
          request.onFailure(() => release());
        }
      `,
    },
    {
      name: 'is released by a listener once it has seen enough',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function look(stream: Stream) {
          const release = await mutex.lock();
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
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function look(provider: Provider) {
          const release = await mutex.lock();
          return new Promise<void>(resolve => {
            provider.send('version', () => {
              release();
              resolve();
            });
          });
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is not released by the callback when it returns early',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function look(provider: Provider) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedInCallback {"release": "\`release\`", "witness": "return;", "line": "6"}]
          provider.send('version', (error: Error | null, version: string) => {
            if (state.version === version) return;
            update(version);
            release();
          });
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Mutex } from '@livekit/mutex';
            const mutex = new Mutex();
            export async function look(provider: Provider) {
              const release = await mutex.lock();
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
      ],
    },
    {
      name: 'is released by the callback on a condition',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function look(provider: Provider) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedInCallback {"witness": "}", "line": "10"}]
          provider.send('version', (error: Error | null, version: string) => {
            if (error === null) {
              state.version = version;
              release();
            }
          });
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Mutex } from '@livekit/mutex';
            const mutex = new Mutex();
            export async function look(provider: Provider) {
              const release = await mutex.lock();
              provider.send('version', (error: Error | null, version: string) => {
                try {
                  if (error === null) {
                    state.version = version;
                  }
                } finally {
                  release();
                }
              });
            }
          `,
        },
      ],
    },
    {
      name: 'is lost before the call whose callback releases it',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function look(provider: Provider) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "provider.connect()", "line": "5"}]
          await provider.connect();
          provider.send('version', () => {
            release();
          });
        }
      `,
      suggestions: [
        {
          messageId: 'releaseOnError',
          output: `
            import { Mutex } from '@livekit/mutex';
            const mutex = new Mutex();
            export async function look(provider: Provider) {
              const release = await mutex.lock();
              try {
                await provider.connect();
              } catch (error) {
                release();
                throw error;
              }
              provider.send('version', () => {
                release();
              });
            }
          `,
        },
      ],
    },
  ],
});
