import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Released by hand on success, in catch, or on both ways.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is released in catch, which throws again, and behind the try',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          try {
            await write(text);
          } catch (error) {
            release();
            throw error;
          }
          release();
        }
      `,
    },
    {
      name: 'is released at the end of try and in catch',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          try {
            await write(text);
            release();
          } catch (error) {
            release();
            console.error(error);
          }
        }
      `,
    },
    {
      name: 'is released behind a try that returns from catch after a release',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          let saved;
          try {
            saved = await write(text);
          } catch {
            release();
            return undefined;
          }
          release();
          return saved;
        }
      `,
    },
    {
      name: 'is released in an inner finally and used on',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          try {
            const release = await mutex.lock();
            try {
              await write(text);
            } finally {
              release();
            }
            await notify(text);
          } catch (error) {
            console.error(error);
          }
        }
      `,
    },
    {
      name: 'is released behind two handlers that catch everything, before an early return',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string, isLast: boolean) {
          const release = await mutex.lock();
          try {
            await write(text);
          } catch (error) {
            console.error(error);
          }
          if (isLast) {
            release();
            return;
          }
          release();
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is released in catch only',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnEnd {"line": "11"}]
          try {
            await write(text);
          } catch (error) {
            release();
            throw error;
          }
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
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
      name: 'is released in catch only, and the try returns',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnReturn {"witness": "return await write(text);", "line": "6"}]
          try {
            return await write(text);
          } catch (error) {
            release();
            throw error;
          }
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
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
      name: 'is released as the last of a try whose catch only logs',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "6"}]
          try {
            await write(text);
            release();
          } catch (error) {
            console.error(error);
          }
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          try {
            await write(text);
          } catch (error) {
            console.error(error);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is acquired and released in a try whose catch only logs',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          try {
            const release = await mutex.lock();
                                  ~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "6"}]
            await write(text);
            release();
          } catch (error) {
            console.error(error);
          }
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          try {
            const release = await mutex.lock();
            try {
              await write(text);
            } finally {
              release();
            }
          } catch (error) {
            console.error(error);
          }
        }
      `,
    },
    {
      name: 'is not released by the catch that returns',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "write(text)", "line": "7"}]
          let saved;
          try {
            saved = await write(text);
          } catch {
            return undefined;
          }
          release();
          return saved;
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          let saved;
          try {
            saved = await write(text);
          } catch {
            return undefined;
          } finally {
            release();
          }
          return saved;
        }
      `,
    },
    {
      name: 'is lost by a return behind a failure that is caught',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string, isLast: boolean) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnReturn {"witness": "return;", "line": "10"}]
          try {
            await write(text);
          } catch (error) {
            console.error(error);
          }
          if (isLast) return;
          release();
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string, isLast: boolean) {
          const release = await mutex.lock();
          try {
            try {
              await write(text);
            } catch (error) {
              console.error(error);
            }
            if (isLast) return;
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is lost when a statement of the catch before the release throws',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "recover(error)", "line": "9"}]
          try {
            await write(text);
            release();
          } catch (error) {
            await recover(error);
            release();
          }
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          try {
            await write(text);
          } catch (error) {
            await recover(error);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is lost when the catch before the release throws',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnException {"witness": "throw error;", "line": "9"}]
          try {
            await write(text);
          } catch (error) {
            console.error(error);
            throw error;
          }
          release();
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function save(text: string) {
          const release = await mutex.lock();
          try {
            await write(text);
          } catch (error) {
            console.error(error);
            throw error;
          } finally {
            release();
          }
        }
      `,
    },
  ],
});
