import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Locks on files and in Redis, whose release has to be awaited.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is a file lock of proper-lockfile, released through the file',
      code: `
        import { lock, unlock } from 'proper-lockfile';
        export async function save(path: string, text: string) {
          await lock(path);
          try {
            await write(path, text);
          } finally {
            await unlock(path);
          }
        }
      `,
    },
    {
      name: 'is a file lock of proper-lockfile without waiting',
      code: `
        import lockfile from 'proper-lockfile';
        export function save(path: string, text: string) {
          const release = lockfile.lockSync(path);
          try {
            JSON.parse(text);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is a lease of redlock that releases itself',
      code: `
        import Redlock from 'redlock';
        const redlock = new Redlock([client]);
        export async function save(text: string) {
          const lease = await redlock.acquire(['file'], 1000);
          try {
            await write(text);
          } finally {
            await lease.release();
          }
        }
      `,
    },
    {
      name: 'is a lease of redlock that is given back to it',
      code: `
        import Redlock from 'redlock';
        const redlock = new Redlock([client]);
        export async function save(text: string) {
          const lease = await redlock.acquire(['file'], 1000);
          try {
            await write(text);
          } finally {
            await redlock.release(lease);
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is a file lock of proper-lockfile, and its release through the file is not protected',
      code: `
        import { lock, unlock } from 'proper-lockfile';
        export async function save(path: string, text: string) {
          await lock(path);
                ~~~~~~~~~~ [missedOnException {"release": "\`unlock\`", "witness": "write(path, text)", "line": "4"}]
          await write(path, text);
          await unlock(path);
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { lock, unlock } from 'proper-lockfile';
            export async function save(path: string, text: string) {
              await lock(path);
              try {
                await write(path, text);
              } finally {
                await unlock(path);
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is a file lock of proper-lockfile without waiting, and its release is not protected',
      code: `
        import lockfile from 'proper-lockfile';
        export function save(path: string, text: string) {
          const release = lockfile.lockSync(path);
                          ~~~~~~~~~~~~~~~~~~~~~~~ [missedOnException {"witness": "JSON.parse(text)", "line": "4"}]
          JSON.parse(text);
          release();
        }
      `,
      output: `
        import lockfile from 'proper-lockfile';
        export function save(path: string, text: string) {
          const release = lockfile.lockSync(path);
          try {
            JSON.parse(text);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is a lease of redlock, and its release is not protected',
      code: `
        import Redlock from 'redlock';
        const redlock = new Redlock([client]);
        export async function save(text: string) {
          const lease = await redlock.acquire(['file'], 1000);
                              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [missedOnException {"release": "\`lease.release\`", "witness": "write(text)", "line": "5"}]
          await write(text);
          await lease.release();
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import Redlock from 'redlock';
            const redlock = new Redlock([client]);
            export async function save(text: string) {
              const lease = await redlock.acquire(['file'], 1000);
              try {
                await write(text);
              } finally {
                await lease.release();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is a lease of redlock, and giving it back is not protected',
      code: `
        import Redlock from 'redlock';
        const redlock = new Redlock([client]);
        export async function save(text: string) {
          const lease = await redlock.acquire(['file'], 1000);
                              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [missedOnException {"release": "\`redlock.release\`", "witness": "write(text)", "line": "5"}]
          await write(text);
          await redlock.release(lease);
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import Redlock from 'redlock';
            const redlock = new Redlock([client]);
            export async function save(text: string) {
              const lease = await redlock.acquire(['file'], 1000);
              try {
                await write(text);
              } finally {
                await redlock.release(lease);
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is a lease of redlock that only extends itself',
      code: `
        import Redlock from 'redlock';
        const redlock = new Redlock([client]);
        export async function save() {
          const lease = await redlock.acquire(['file'], 1000);
                              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [neverReleased {"noun": "lock"}]
          await lease.extend(1000);
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import Redlock from 'redlock';
            const redlock = new Redlock([client]);
            export async function save() {
              const lease = await redlock.acquire(['file'], 1000);
              try {
                await lease.extend(1000);
              } finally {
                await redlock.release(lease);
              }
            }
          `,
        },
      ],
    },
  ],
});
