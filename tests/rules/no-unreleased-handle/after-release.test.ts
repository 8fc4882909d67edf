import { noUnreleasedHandle } from '../../../rules/no-unreleased-handle.js';
import { testRule } from '../../support/rule-tester.js';

// Handles that are used after their release, and readers of streams that keep their lock.
testRule(noUnreleasedHandle, {
  valid: [
    {
      name: 'is a file that is read before it is closed',
      code: `
        import { open } from 'node:fs/promises';
        export async function head(path: string) {
          const file = await open(path);
          try {
            return await file.readFile('utf8');
          } finally {
            await file.close();
          }
        }
      `,
    },
    {
      name: 'is a file that is closed on a path that leaves',
      code: `
        import { open } from 'node:fs/promises';
        export async function head(path: string) {
          const file = await open(path);
          try {
            const { size } = await file.stat();
            if (size === 0) {
              await file.close();
              return '';
            }
            return await file.readFile('utf8');
          } finally {
            await file.close();
          }
        }
      `,
    },
    {
      name: 'is a reader that keeps its lock, which is not asked for',
      code: `
        export async function drain(stream: ReadableStream<string>) {
          const reader = stream.getReader();
          for (let { done } = await reader.read(); !done; { done } = await reader.read()) {
            console.log(done);
          }
        }
      `,
    },
    {
      name: 'is a reader that gives its lock back',
      code: `
        export async function first(stream: ReadableStream<string>) {
          const reader = stream.getReader();
          try {
            return await reader.read();
          } finally {
            reader.releaseLock();
          }
        }
      `,
      options: [{ report: 'possible' }],
    },
  ],
  invalid: [
    {
      name: 'is a file that is read after it was closed',
      code: `
        import { open } from 'node:fs/promises';
        export async function head(path: string) {
          const file = await open(path);
          try {
            await file.stat();
          } finally {
            await file.close();
          }
          return file.readFile('utf8');
                 ~~~~~~~~~~~~~~~~~~~~~ [usedAfterRelease {"witness": "file.readFile"}]
        }
      `,
      suggestions: [],
    },
    {
      name: 'is a reader that keeps its lock',
      code: `
        export async function first(source: UnderlyingDefaultSource<string>) {
          const stream = new ReadableStream(source);
          const reader = stream.getReader();
                         ~~~~~~~~~~~~~~~~~~ [neverReleased]
          return (await reader.read()).value;
        }
      `,
      options: [{ report: 'possible' }],
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            export async function first(source: UnderlyingDefaultSource<string>) {
              const stream = new ReadableStream(source);
              const reader = stream.getReader();
              try {
                return (await reader.read()).value;
              } finally {
                reader.releaseLock();
              }
            }
          `,
        },
      ],
    },
  ],
});
