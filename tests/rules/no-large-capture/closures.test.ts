import { noLargeCapture } from '../../../rules/no-large-capture.js';
import { testRule } from '../../support/rule-tester.js';

testRule(noLargeCapture, {
  valid: [
    {
      name: 'is read outside of the closure',
      code: `
        import { readFileSync } from 'node:fs';
        export function watch(path: string): void {
          const data = readFileSync(path);
          const size = data.length;
          process.on('SIGUSR2', () => { console.log(size); });
        }
      `,
    },
    {
      name: 'is captured by a callback that runs at once',
      code: `
        import { readFileSync } from 'node:fs';
        export function sizes(paths: string[]): number[] {
          const data = readFileSync('all');
          return paths.map(path => path.length + data.length);
        }
      `,
    },
    {
      name: 'is captured by a listener that is taken off by its signal',
      code: `
        export async function watch(response: Response, signal: AbortSignal): Promise<void> {
          const body = await response.arrayBuffer();
          globalThis.addEventListener('message', () => { console.log(body.byteLength); }, { signal });
        }
      `,
    },
    {
      name: 'is captured once, by module code',
      code: `
        import { readFileSync } from 'node:fs';
        function start(): void {
          const data = readFileSync('page.html');
          process.on('SIGUSR2', () => { console.log(data.length); });
        }
        start();
      `,
    },
    {
      name: 'is emptied after use',
      code: `
        import { readFileSync } from 'node:fs';
        export function watch(path: string): void {
          let data: Buffer | undefined = readFileSync(path);
          console.log(data.length);
          process.on('SIGUSR2', () => { console.log(data?.length); });
          data = undefined;
        }
      `,
    },
    {
      name: 'is small',
      code: `
        export function watch(): void {
          const header = new Uint8Array(16);
          process.on('SIGUSR2', () => { console.log(header.length); });
        }
      `,
    },
    {
      name: 'is captured by an interval that is cleared',
      code: `
        export async function poll(response: Response): Promise<() => void> {
          const body = await response.arrayBuffer();
          const timer = setInterval(() => { console.log(body.byteLength); }, 1_000);
          return () => { clearInterval(timer); };
        }
      `,
    },
    {
      name: 'is one of the module, for a closure that the module hands to nobody',
      settings: { report: 'possible' },
      code: `
        import { readFileSync } from 'node:fs';
        const words = readFileSync('words.txt', 'utf8');
        export const has = (word: string): boolean => words.includes(word);
        process.once('exit', () => { console.log(words.length); });
      `,
    },
    {
      name: 'is a container of the module that shrinks',
      settings: { report: 'possible' },
      code: `
        import { spawn, type ChildProcess } from 'node:child_process';
        const children = new Set<ChildProcess>();
        export function run(command: string): void {
          const child = spawn(command);
          children.add(child);
          child.on('exit', () => { children.delete(child); });
        }
        process.on('exit', () => { for (const child of children) child.kill(); });
      `,
    },
    {
      name: 'is used by the name that is given something new',
      settings: { report: 'possible' },
      code: `
        let pages = new Map<string, string>();
        export function forget(): void {
          pages = new Map();
        }
        export function keep(path: string, page: string): void {
          pages.set(path, page);
        }
        process.on('SIGUSR2', () => { console.log(pages.size); });
      `,
    },
  ],
  invalid: [
    {
      name: 'is one of a module that may be evaluated again',
      code: `
        import { readFileSync } from 'node:fs';
        const words = readFileSync('words.txt', 'utf8');
        export const has = (word: string): boolean => words.includes(word);
        process.on('SIGUSR2', () => { console.log(words); });
                              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [capturesModule {"witness": "words", "line": "2"}]
      `,
      output: null,
    },
    {
      name: 'is a container of the module that only grows',
      code: `
        const drafts = new Map<string, object>();
        export function draftOf(sessionId: string): object {
          const draft = drafts.get(sessionId) ?? {};
          drafts.set(sessionId, draft);
          return draft;
        }
        process.on('SIGUSR2', () => { console.log(drafts.size); });
                              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [capturesModule {"witness": "drafts", "line": "1"}]
      `,
      output: null,
    },
    {
      name: 'is one of the module, for a closure that a function registers',
      settings: { report: 'possible' },
      code: `
        import { readFileSync } from 'node:fs';
        const words = readFileSync('words.txt', 'utf8');
        export function watch(): void {
          process.on('SIGUSR2', () => { console.log(words); });
                                ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [capturesModule]
        }
      `,
      output: null,
    },
    {
      name: 'has a second name by which the closure keeps it',
      code: `
        let pages = new Map<string, string>();
        const first = pages;
        export function forget(): void {
          pages = new Map();
        }
        export function keep(path: string, page: string): void {
          pages.set(path, page);
        }
        process.on('SIGUSR2', () => { console.log(first.size); });
                              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [capturesAlias {"witness": "first", "line": "2", "siblingLine": "4"}]
      `,
      output: null,
    },
    {
      name: 'is kept for its length by a listener of the process',
      code: `
        import { readFileSync } from 'node:fs';
        export function watch(path: string): void {
          const data = readFileSync(path);
          process.on('SIGUSR2', () => { console.log(path, data.length); });
                                ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [capturesForRead {"witness": "data", "line": "3"}]
        }
      `,
      output: `
        import { readFileSync } from 'node:fs';
        export function watch(path: string): void {
          const data = readFileSync(path);
          const dataLength = data.length;
          process.on('SIGUSR2', () => { console.log(path, dataLength); });
        }
      `,
    },
    {
      name: 'is kept for its length by an interval that nobody can clear',
      code: `
        export async function poll(response: Response): Promise<void> {
          const body = await response.arrayBuffer(); // the whole of it
          setInterval(() => { console.log(body.byteLength); }, 1_000).unref();
                      ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [capturesForRead {"witness": "body"}]
        }
      `,
      output: `
        export async function poll(response: Response): Promise<void> {
          const body = await response.arrayBuffer(); // the whole of it
          const bodyByteLength = body.byteLength;
          setInterval(() => { console.log(bodyByteLength); }, 1_000).unref();
        }
      `,
    },
    {
      name: 'is used by a listener of the process',
      options: [{ report: 'possible' }],
      code: `
        import { readFileSync } from 'node:fs';
        export function watch(path: string): void {
          const data = readFileSync(path);
          process.on('SIGUSR2', () => { console.log(data); });
                                ~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [capturesLarge]
        }
      `,
      output: null,
    },
    {
      name: 'shares its context with a listener of the process',
      options: [{ report: 'possible' }],
      code: `
        import { readFileSync } from 'node:fs';
        export function watch(path: string): () => number {
          const data = readFileSync(path);
          process.on('SIGUSR2', () => { console.log(path); });
                                ~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [sharesContext {"witness": "data", "line": "3", "siblingLine": "5"}]
          return () => data.length;
        }
      `,
      output: null,
    },
  ],
});
