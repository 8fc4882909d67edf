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
  ],
  invalid: [
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
