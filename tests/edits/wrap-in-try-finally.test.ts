import { noUnreleasedLock } from '../../rules/no-unreleased-lock.js';
import { testRule } from '../support/rule-tester.js';

// The code up to the release goes into a try. `mutex.lock()` never fails, so that only the wrapped code can.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is released in finally',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<string>;
        const mutex = new Mutex();
        export async function load(path: string) {
          const unlock = await mutex.lock();
          try {
            const text = await read(path);
            return text;
          } finally {
            unlock();
          }
        }
      `,
    },
  ],
  invalid: [
    // Declarations
    {
      name: 'declares what only the return behind the release uses',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<string>;
        const mutex = new Mutex();
        export async function load(path: string) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnException {}]
          const text = await read(path);
          unlock();
          return text;
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<string>;
        const mutex = new Mutex();
        export async function load(path: string) {
          const unlock = await mutex.lock();
          try {
            const text = await read(path);
            return text;
          } finally {
            unlock();
          }
        }
      `,
    },
    {
      name: 'declares what work behind the release uses',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<string>;
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(path: string) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnException {}]
          const text: string = await read(path);
          const size = 1;
          unlock();
          await send(text.repeat(size));
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<string>;
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(path: string) {
          const unlock = await mutex.lock();
          let text: string;
          const size = 1;
          try {
            text = await read(path);
          } finally {
            unlock();
          }
          await send(text.repeat(size));
        }
      `,
    },
    {
      name: 'declares without a type what work behind the release uses',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<string>;
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(path: string) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnException {}]
          const text = (await read(path)).trim(); // not empty
          const twice = (await read(text)) + text;
          unlock();
          await send(twice);
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<string>;
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(path: string) {
          const unlock = await mutex.lock();
          let twice;
          try {
            const text = (await read(path)).trim(); // not empty
            twice = (await read(text)) + text;
          } finally {
            unlock();
          }
          await send(twice);
        }
      `,
    },
    {
      name: 'declares without a type what a function captures behind the release',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<string>;
        const mutex = new Mutex();
        export async function load(path: string) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnException {}]
          const text = await read(path);
          unlock();
          return () => text;
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<string>;
        const mutex = new Mutex();
        export async function load(path: string) {
          const unlock = await mutex.lock();
          try {
            const text = await read(path);
            return () => text;
          } finally {
            unlock();
          }
        }
      `,
    },
    {
      name: 'declares a pattern that work behind the release uses',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<{ text: string; size: number }>;
        declare function send(text: string, size: number): Promise<void>;
        const mutex = new Mutex();
        export async function load(path: string) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnException {}]
          const { text, size } = await read(path);
          unlock();
          await send(text, size);
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<{ text: string; size: number }>;
        declare function send(text: string, size: number): Promise<void>;
        const mutex = new Mutex();
        export async function load(path: string) {
          const unlock = await mutex.lock();
          let text;
          let size;
          try {
            ({ text, size } = await read(path));
          } finally {
            unlock();
          }
          await send(text, size);
        }
      `,
    },
    {
      name: 'declares a constant and a list behind work that can throw',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<string>;
        declare function send(texts: string[], kind: 'a' | 'b'): Promise<void>;
        const mutex = new Mutex();
        export async function load(path: string) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnException {}]
          const first = await read(path);
          // What is sent.
          const texts: string[] = [];
          const kind = 'a';
          texts.push(first);
          unlock();
          await send(texts, kind);
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<string>;
        declare function send(texts: string[], kind: 'a' | 'b'): Promise<void>;
        const mutex = new Mutex();
        export async function load(path: string) {
          const unlock = await mutex.lock();
          const texts: string[] = [];
          const kind = 'a';
          try {
            const first = await read(path);
            // What is sent.
            texts.push(first);
          } finally {
            unlock();
          }
          await send(texts, kind);
        }
      `,
    },
    {
      name: 'declares what cannot throw before the work',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(state: { text: string }) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnException {}]
          const { text } = state;
          await send(text);
          unlock();
          await send(text);
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(state: { text: string }) {
          const unlock = await mutex.lock();
          const { text } = state;
          try {
            await send(text);
          } finally {
            unlock();
          }
          await send(text);
        }
      `,
    },
    {
      name: 'declares a function that is used behind the release',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(text: string) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnException {}]
          await send(text);
          function again() {
            return send(text);
          }
          unlock();
          await again();
        }
      `,
      output: null,
    },
    {
      name: 'declares a type that is used behind the release',
      typescriptOnly: 'an enum',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(text: string) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnException {}]
          await send(text);
          enum Kind { Plain }
          unlock();
          return Kind.Plain;
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(text: string) {
          const unlock = await mutex.lock();
          try {
            await send(text);
            enum Kind { Plain }
            return Kind.Plain;
          } finally {
            unlock();
          }
        }
      `,
    },
    // The return behind the release
    {
      name: 'is released before a promise is returned that was made under the lock',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        async function send(text: string) {
          await fetch(text);
        }
        export async function load(text: string) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnException {}]
          await send(text);
          const sent = send(text);
          unlock();
          return sent;
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        async function send(text: string) {
          await fetch(text);
        }
        export async function load(text: string) {
          const unlock = await mutex.lock();
          let sent;
          try {
            await send(text);
            sent = send(text);
          } finally {
            unlock();
          }
          return sent;
        }
      `,
    },
    {
      name: 'is released before a call is returned',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<string>;
        const mutex = new Mutex();
        export async function load(path: string) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnException {}]
          const text = await read(path);
          unlock();
          return text.trim();
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<string>;
        const mutex = new Mutex();
        export async function load(path: string) {
          const unlock = await mutex.lock();
          let text;
          try {
            text = await read(path);
          } finally {
            unlock();
          }
          return text.trim();
        }
      `,
    },
    // Early exits
    {
      name: 'is released before early returns, a throw and a continue',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<string>;
        const mutex = new Mutex();
        export async function load(paths: string[]) {
          for (const path of paths) {
            const unlock = await mutex.lock();
                                 ~~~~~~~~~~~~ [missedOnException {}]
            const text = await read(path);
            if (text === '') {
              unlock();
              continue;
            } else if (text === 'end') {
              // the last one
              unlock(); // give it back
              return path;
            }
            if (text.length > 100) {
              unlock();
              throw new Error(\`\${path} is too long\`);
            }
            paths.push(text);
            unlock();
          }
          return undefined;
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<string>;
        const mutex = new Mutex();
        export async function load(paths: string[]) {
          for (const path of paths) {
            const unlock = await mutex.lock();
            try {
              const text = await read(path);
              if (text === '') {
                continue;
              } else if (text === 'end') {
                // the last one
                // give it back
                return path;
              }
              if (text.length > 100) {
                throw new Error(\`\${path} is too long\`);
              }
              paths.push(text);
            } finally {
              unlock();
            }
          }
          return undefined;
        }
      `,
    },
    {
      name: 'is released before work that a branch goes on with',
      code: `
        import { Mutex } from 'async-mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(text: string) {
          const release = await mutex.acquire();
                                ~~~~~~~~~~~~~~~ [missedOnException {}]
          await send(text);
          if (text === '') {
            release();
            await send('nothing');
            return;
          }
          await send('something');
          release();
        }
      `,
      output: `
        import { Mutex } from 'async-mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(text: string) {
          const release = await mutex.acquire();
          try {
            await send(text);
            if (text === '') {
              release();
              await send('nothing');
              return;
            }
            await send('something');
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is released before work that a branch goes on with, and a second release does harm',
      code: `
        import AwaitLock from 'await-lock';
        declare function send(text: string): Promise<void>;
        const lock = new AwaitLock();
        export async function load(text: string) {
          await lock.acquireAsync();
                ~~~~~~~~~~~~~~~~~~~ [missedOnException {}]
          await send(text);
          if (text === '') {
            lock.release();
            await send('nothing');
            return;
          }
          await send('something');
          lock.release();
        }
      `,
      output: null,
    },
    {
      name: 'is released by each branch, one of which does nothing else',
      code: `
        import AwaitLock from 'await-lock';
        declare function send(text: string): Promise<void>;
        const lock = new AwaitLock();
        export async function load(text: string) {
          await lock.acquireAsync();
                ~~~~~~~~~~~~~~~~~~~ [missedOnException {}]
          if (text !== '') {
            await send(text);
            lock.release();
          } else {
            lock.release();
          }
        }
      `,
      output: `
        import AwaitLock from 'await-lock';
        declare function send(text: string): Promise<void>;
        const lock = new AwaitLock();
        export async function load(text: string) {
          await lock.acquireAsync();
          try {
            if (text !== '') {
              await send(text);
            }
          } finally {
            lock.release();
          }
        }
      `,
    },
    {
      name: 'is released by the cases of a switch',
      code: `
        import AwaitLock from 'await-lock';
        declare function send(text: string): Promise<void>;
        const lock = new AwaitLock();
        export async function load(text: string) {
          await lock.acquireAsync();
                ~~~~~~~~~~~~~~~~~~~ [missedOnException {}]
          switch (text) {
            case 'a':
              await send('a');
              lock.release();
              break;
            case 'b':
              lock.release();
              return;
            default:
              await send('c');
              lock.release();
          }
        }
      `,
      output: `
        import AwaitLock from 'await-lock';
        declare function send(text: string): Promise<void>;
        const lock = new AwaitLock();
        export async function load(text: string) {
          await lock.acquireAsync();
          try {
            switch (text) {
              case 'a':
                await send('a');
                break;
              case 'b':
                return;
              default:
                await send('c');
            }
          } finally {
            lock.release();
          }
        }
      `,
    },
    // Promises that are returned on the way
    {
      name: 'is held when promises are returned on the way',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<string>;
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(path: string, isNew: boolean) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnReturn {}]
          if (isNew) return Promise.all([read(path)]);
          if (path === '') {
            return isNew ? [] : Promise.resolve([]);
          }
          await send(path);
          unlock();
          return undefined;
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<string>;
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(path: string, isNew: boolean) {
          const unlock = await mutex.lock();
          try {
            if (isNew) return await Promise.all([read(path)]);
            if (path === '') {
              return isNew ? [] : await Promise.resolve([]);
            }
            await send(path);
          } finally {
            unlock();
          }
          return undefined;
        }
      `,
    },
    {
      name: 'is held when a function inside returns a promise',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<string>;
        const mutex = new Mutex();
        export async function load(path: string) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnException {}]
          console.log(await read(path), await again());
          function again(): Promise<string> {
            return Promise.resolve('');
          }
          unlock();
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function read(path: string): Promise<string>;
        const mutex = new Mutex();
        export async function load(path: string) {
          const unlock = await mutex.lock();
          try {
            console.log(await read(path), await again());
            function again(): Promise<string> {
              return Promise.resolve('');
            }
          } finally {
            unlock();
          }
        }
      `,
    },
    {
      name: 'is held when a promise of nothing is returned on the way',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        async function send(text: string) {
          await fetch(text);
        }
        export async function load(text: string, isNew: boolean) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnReturn {}]
          if (isNew) return send(text);
          if (text === '') {
            return send('nothing');
          }
          await send(text);
          unlock();
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        async function send(text: string) {
          await fetch(text);
        }
        export async function load(text: string, isNew: boolean) {
          const unlock = await mutex.lock();
          try {
            if (isNew) { await send(text); return; }
            if (text === '') {
              await send('nothing');
              return;
            }
            await send(text);
          } finally {
            unlock();
          }
        }
      `,
    },
    {
      name: 'is held when a function that is not async returns a promise',
      code: `
        import AwaitLock from 'await-lock';
        const lock = new AwaitLock();
        async function send(text: string) {
          await fetch(text);
        }
        export function load(text: string) {
          if (!lock.tryAcquire()) return undefined;
               ~~~~~~~~~~~~~~~~~ [missedOnReturn {}]
          if (text !== '') return send(text);
          lock.release();
          return undefined;
        }
      `,
      output: null,
    },
    // Layout
    {
      name: 'is acquired in code that is indented with tabs',
      code: 'import { Mutex } from "@livekit/mutex";\nconst mutex = new Mutex();\nexport class Store {\n\tasync load(text: string) {\n\t\tconst unlock = await mutex.lock();\n                       ~~~~~~~~~~~~ [missedOnException {}]\n\t\tJSON.parse(text);\n\n\t\t// Give it back.\n\t\tunlock();\n\t}\n}\n',
      output: 'import { Mutex } from "@livekit/mutex";\nconst mutex = new Mutex();\nexport class Store {\n\tasync load(text: string) {\n\t\tconst unlock = await mutex.lock();\n\t\ttry {\n\t\t\tJSON.parse(text);\n\t\t} finally {\n\t\t\t// Give it back.\n\t\t\tunlock();\n\t\t}\n\t}\n}\n',
    },
    {
      name: 'is acquired in code on one line',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function load(text: string) { const unlock = await mutex.lock(); JSON.parse(text); unlock(); }
                                                                        ~~~~~~~~~~~~ [missedOnException {}]
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function load(text: string) { const unlock = await mutex.lock(); try { JSON.parse(text); } finally { unlock(); } }
      `,
    },
    {
      name: 'is acquired in code without semicolons',
      code: `
        import { Mutex } from '@livekit/mutex'
        declare function read(path: string): Promise<string>
        declare function send(text: string): Promise<void>
        const mutex = new Mutex()
        export async function load(path: string) {
          const unlock = await mutex.lock()
                               ~~~~~~~~~~~~ [missedOnException {}]
          const text = await read(path)
          unlock()
          await send(text)
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex'
        declare function read(path: string): Promise<string>
        declare function send(text: string): Promise<void>
        const mutex = new Mutex()
        export async function load(path: string) {
          const unlock = await mutex.lock()
          let text
          try {
            text = await read(path)
          } finally {
            unlock()
          }
          await send(text)
        }
      `,
    },
    {
      name: 'is held over a text of several lines',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(name: string) {
          const unlock = await mutex.lock(); // one at a time
                               ~~~~~~~~~~~~ [missedOnException {}]

          /*
           * The letter.
           */
          await send(\`
            Dear \${name},
              goodbye.
          \`);

          unlock();

          // Later.
          console.log(name);
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(name: string) {
          const unlock = await mutex.lock(); // one at a time

          try {
            /*
             * The letter.
             */
            await send(\`
            Dear \${name},
              goodbye.
          \`);
          } finally {
            unlock();
          }

          // Later.
          console.log(name);
        }
      `,
    },
    // Not yet finished
    {
      name: 'is held while a branch is still empty',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutex = new Mutex();
        export async function load(text: string) {
          const unlock = await mutex.lock();
                               ~~~~~~~~~~~~ [missedOnException {}]
          if (text === '') {
          }
          await send(text);
          unlock();
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Mutex } from '@livekit/mutex';
            declare function send(text: string): Promise<void>;
            const mutex = new Mutex();
            export async function load(text: string) {
              const unlock = await mutex.lock();
              try {
                if (text === '') {
                }
                await send(text);
              } finally {
                unlock();
              }
            }
          `,
        },
      ],
    },
  ],
});
