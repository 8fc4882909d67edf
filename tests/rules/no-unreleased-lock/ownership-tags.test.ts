import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// @owns and @borrows in documentation comments.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is owned by the function that gets it and releases it',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        /** @owns release */
        async function finish(release: () => void, text: string) {
          try {
            await write(text);
          } finally {
            release();
          }
        }
        export async function save(text: string) {
          const release = await mutex.lock();
          await finish(release, text);
        }
      `,
    },
    {
      name: 'is owned by the function that gets it and hands it on',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        const releases: (() => void)[] = [];
        /** @param release - frees the slot. @owns */
        const keep = (release: () => void) => {
          releases.push(release);
        };
        export async function save() {
          keep(await mutex.lock());
        }
      `,
    },
    {
      name: 'is borrowed by a function that only looks at it, and released by its caller',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        /** @borrows release */
        function note(release: () => void) {
          console.log(release.name);
        }
        export async function save() {
          const release = await mutex.lock();
          try {
            note(release);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is borrowed by a function that hands it to another one',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        /** @borrows release */
        function note(release: () => void) {
          register(release);
        }
        export async function save() {
          const release = await mutex.lock();
          try {
            note(release);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is tagged in a function that gets something else',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        /** @owns name */
        function note(name: string) {
          console.log(name);
        }
        export async function save() {
          const release = await mutex.lock();
          try {
            note(release.name);
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is stored in a field that owns it',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export class Session {
          /** @owns what frees the session */
          release: (() => void) | undefined;
          async open() {
            this.release = await mutex.lock();
          }
        }
      `,
    },
    {
      name: 'is stored in a field that borrows it, and released',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export class Session {
          /** @borrows what frees the session */
          release: (() => void) | undefined;
          async run() {
            const release = await mutex.lock();
            this.release = release;
            try {
              await this.work();
            } finally {
              release();
            }
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is owned by the function that gets it and loses it',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        /** @owns release */
        async function finish(text: string, release: () => void) {
                                            ~~~~~~~ [missedOnException {"release": "\`release\`", "witness": "write(text)", "line": "5"}]
          await write(text);
          release();
        }
        export async function save(text: string) {
          const release = await mutex.lock();
          await finish(text, release);
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        /** @owns release */
        async function finish(text: string, release: () => void) {
          try {
            await write(text);
          } finally {
            release();
          }
        }
        export async function save(text: string) {
          const release = await mutex.lock();
          await finish(text, release);
        }
      `,
    },
    {
      name: 'is owned by the function that gets it and never released',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        /**
         * @param release - @owns
         */
        function note(release: () => void) {
                      ~~~~~~~ [neverReleased {"noun": "lock", "remedy": "Call \`release\` in \`finally\`."}]
          console.log(release.name);
        }
        export async function save() {
          note(await mutex.lock());
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Mutex } from '@livekit/mutex';
            const mutex = new Mutex();
            /**
             * @param release - @owns
             */
            function note(release: () => void) {
              try {
                console.log(release.name);
              } finally {
                release();
              }
            }
            export async function save() {
              note(await mutex.lock());
            }
          `,
        },
      ],
    },
    {
      name: 'is borrowed by the function that gets it and releases it',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        /** @borrows release */
        function note(release: () => void) {
                      ~~~~~~~ [borrowedReleased {"witness": "release()", "line": "6"}]
          console.log(release.name);
          release();
        }
        export async function save() {
          const release = await mutex.lock();
          try {
            note(release);
          } finally {
            release();
          }
        }
      `,
      output: null,
    },
    {
      name: 'is borrowed by the function that gets it and keeps it',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        class Slots {
          release: (() => void) | undefined;
          /** @borrows release */
          note(release: () => void) {
               ~~~~~~~ [borrowedKept {"line": "7"}]
            this.release = release;
          }
          async run() {
            const release = await mutex.lock();
            try {
              this.note(release);
            } finally {
              release();
            }
          }
        }
        export { Slots };
      `,
      output: null,
    },
    {
      name: 'is stored in a field that only borrows it',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export class Session {
          /** @borrows what frees the session */
          release: (() => void) | undefined;
          async run() {
            this.release = await mutex.lock();
                                 ~~~~~~~~~~~~ [neverReleased]
          }
        }
      `,
      output: null,
    },
    {
      name: 'is returned to a caller that only borrows it',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        /** @returns what frees the slot. @borrows */
        export async function slot() {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [neverReleased]
          return release;
        }
      `,
      output: null,
    },
  ],
});
