import { noRetainedLocal } from '../../../rules/no-retained-local.js';
import { testRule } from '../../support/rule-tester.js';

const possible = { report: 'possible' } as const;

testRule(noRetainedLocal, {
  valid: [
    {
      name: 'is made and used in a function of its own',
      settings: possible,
      code: `
        import { once } from 'node:events';
        import { readFileSync } from 'node:fs';
        declare function load(bytes: Uint8Array): void;
        function prepare(path: string): void {
          load(readFileSync(path));
        }
        export async function serve(path: string): Promise<void> {
          prepare(path);
          await once(process, 'SIGTERM');
        }
      `,
    },
    {
      name: 'is used again after the wait',
      settings: possible,
      code: `
        import { once } from 'node:events';
        import { readFileSync } from 'node:fs';
        declare function load(bytes: Uint8Array): void;
        export async function serve(path: string): Promise<number> {
          const model = readFileSync(path);
          load(model);
          await once(process, 'SIGTERM');
          return model.length;
        }
      `,
    },
    {
      name: 'is used in the next round of the loop that waits',
      settings: possible,
      code: `
        import { setTimeout as sleep } from 'node:timers/promises';
        import { readFileSync } from 'node:fs';
        declare function show(bytes: Uint8Array): void;
        export async function repeat(path: string): Promise<void> {
          const picture = readFileSync(path);
          for (;;) {
            show(picture);
            await sleep(60_000);
          }
        }
      `,
    },
    {
      name: 'is emptied before the wait',
      settings: possible,
      code: `
        import { once } from 'node:events';
        import { readFileSync } from 'node:fs';
        declare function load(bytes: Uint8Array): void;
        export async function serve(path: string): Promise<void> {
          let model: Uint8Array | undefined = readFileSync(path);
          load(model);
          model = undefined;
          await once(process, 'SIGTERM');
        }
      `,
    },
    {
      name: 'is only waited for by a write',
      settings: possible,
      code: `
        import { readFile, writeFile } from 'node:fs/promises';
        declare function minify(text: string): string;
        export async function build(path: string): Promise<void> {
          const text = await readFile(path, 'utf8');
          const small = minify(text);
          await writeFile(path, small);
          await writeFile(\`\${path}.done\`, '');
        }
      `,
    },
    {
      name: 'is small by its name',
      settings: possible,
      code: `
        import { once } from 'node:events';
        import { readFileSync } from 'node:fs';
        export async function serve(): Promise<void> {
          const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
          console.log(manifest);
          await once(process, 'SIGTERM');
        }
      `,
    },
    {
      name: 'is kept by something else anyway',
      settings: possible,
      code: `
        import { once } from 'node:events';
        import { readFileSync } from 'node:fs';
        const files: Uint8Array[] = [];
        export async function serve(path: string): Promise<void> {
          const file = readFileSync(path);
          files.push(file);
          await once(process, 'SIGTERM');
          files.pop();
        }
        export async function show(path: string): Promise<number> {
          const file = readFileSync(path);
          const head = file.subarray(0, 8);
          await once(process, 'SIGTERM');
          return head.length;
        }
      `,
    },
    {
      name: 'is on another branch than the wait',
      settings: possible,
      code: `
        import { once } from 'node:events';
        import { readFileSync } from 'node:fs';
        declare function load(bytes: Uint8Array): number;
        export async function serve(path: string | undefined): Promise<number> {
          if (path !== undefined) {
            const model = readFileSync(path);
            return load(model);
          }
          await once(process, 'SIGTERM');
          return 0;
        }
        export async function start(path: string | undefined): Promise<void> {
          if (path === undefined) {
            await once(process, 'SIGTERM');
          } else {
            const model = readFileSync(path);
            load(model);
          }
        }
      `,
    },
    {
      name: 'waits for an event that follows at once, and for a moment',
      settings: possible,
      code: `
        import { once } from 'node:events';
        import { createWriteStream, readFileSync } from 'node:fs';
        import { setTimeout as sleep } from 'node:timers/promises';
        export async function copy(path: string): Promise<void> {
          const stream = createWriteStream(path);
          const file = readFileSync(path);
          stream.end(file);
          await once(stream, 'finish');
          await sleep(50);
          await pause(200);
          await new Promise(resolve => {
            const other = createWriteStream(path);
            other.on('close', resolve);
          });
        }
        const pause = (milliseconds: number) => new Promise<void>(resolve => { setTimeout(resolve, milliseconds); });
      `,
    },
    {
      name: 'waits in a loop that ends',
      settings: possible,
      code: `
        import { readFileSync } from 'node:fs';
        declare function parse(bytes: Uint8Array): number;
        declare function next(): Promise<number>;
        export async function run(path: string): Promise<number> {
          const file = readFileSync(path);
          const last = parse(file);
          while (true) {
            const value = await next();
            if (value === last) return value;
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is kept until the program is told to end',
      settings: possible,
      code: `
        import { once } from 'node:events';
        import { readFileSync } from 'node:fs';
        declare function load(bytes: Uint8Array): number;
        export async function serve(path: string): Promise<void> {
          const model = readFileSync(path);
                ~~~~~ [keptDuringWait {"name": "model", "wait": "await once(process, 'SIGTERM')"}]
          const size = load(model);
          console.log('loaded', size);
          await once(process, 'SIGTERM');
          console.log('unloaded', size);
        }
      `,
      suggestions: [
        {
          messageId: 'moveToOwnFunction',
          output: `
            import { once } from 'node:events';
            import { readFileSync } from 'node:fs';
            declare function load(bytes: Uint8Array): number;
            export async function serve(path: string): Promise<void> {
              const size = (() => {
                const model = readFileSync(path);
                return load(model);
              })();
              console.log('loaded', size);
              await once(process, 'SIGTERM');
              console.log('unloaded', size);
            }
          `,
        },
      ],
    },
    {
      name: 'is kept by a loop that follows a file, with a function of the file that sleeps',
      settings: possible,
      code: `
        import { readFileSync, statSync } from 'node:fs';
        const sleep = (milliseconds: number) => new Promise<void>(resolve => { setTimeout(resolve, milliseconds); });
        export async function follow(path: string, period: number): Promise<void> {
          const initial = readFileSync(path, 'utf8');
                ~~~~~~~ [keptInLoop {"line": "9"}]
          for (const line of initial.split('\\n')) {
            console.log(line);
          }
          let offset = Buffer.byteLength(initial, 'utf8');
          for (;;) {
            offset = Math.max(offset, statSync(path).size);
            await sleep(period);
          }
        }
      `,
      suggestions: [
        {
          messageId: 'moveToOwnFunction',
          output: `
            import { readFileSync, statSync } from 'node:fs';
            const sleep = (milliseconds: number) => new Promise<void>(resolve => { setTimeout(resolve, milliseconds); });
            export async function follow(path: string, period: number): Promise<void> {
              let offset = (() => {
                const initial = readFileSync(path, 'utf8');
                for (const line of initial.split('\\n')) {
                  console.log(line);
                }
                return Buffer.byteLength(initial, 'utf8');
              })();
              for (;;) {
                offset = Math.max(offset, statSync(path).size);
                await sleep(period);
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is read by a promise and leaves nothing behind',
      settings: possible,
      code: `
        declare function draw(pixels: ArrayBuffer): void;
        export async function show(url: string, closed: EventTarget): Promise<void> {
          const response = await fetch(url);
          const pixels = await response.arrayBuffer();
                ~~~~~~ [keptDuringWait]
          draw(pixels);
          await new Promise(resolve => { closed.addEventListener('close', resolve); });
        }
      `,
      suggestions: [
        {
          messageId: 'moveToOwnFunction',
          output: `
            declare function draw(pixels: ArrayBuffer): void;
            export async function show(url: string, closed: EventTarget): Promise<void> {
              const response = await fetch(url);
              await (async () => {
                const pixels = await response.arrayBuffer();
                draw(pixels);
              })();
              await new Promise(resolve => { closed.addEventListener('close', resolve); });
            }
          `,
        },
      ],
    },
    {
      name: 'is kept by a loop over events, from an inner block',
      settings: possible,
      code: `
        import { on } from 'node:events';
        import { readFileSync } from 'node:fs';
        declare function load(bytes: Uint8Array): void;
        export async function serve(path: string | undefined): Promise<void> {
          if (path !== undefined) {
            const model = readFileSync(path);
                  ~~~~~ [keptDuringWait {"wait": "on(process, 'message')"}]
            load(model);
          }
          for await (const message of on(process, 'message')) console.log(message);
        }
      `,
      suggestions: [
        {
          messageId: 'moveToOwnFunction',
          output: `
            import { on } from 'node:events';
            import { readFileSync } from 'node:fs';
            declare function load(bytes: Uint8Array): void;
            export async function serve(path: string | undefined): Promise<void> {
              if (path !== undefined) {
                (() => {
                  const model = readFileSync(path);
                  load(model);
                })();
              }
              for await (const message of on(process, 'message')) console.log(message);
            }
          `,
        },
      ],
    },
    {
      name: 'is kept until a promise that was made before settles, after two results',
      settings: possible,
      code: `
        import { once } from 'node:events';
        import { readFileSync } from 'node:fs';
        declare function load(bytes: Uint8Array): number;
        export async function serve(path: string): Promise<number> {
          const ended = once(process, 'SIGTERM');
          const model = readFileSync(path);
                ~~~~~ [keptDuringWait]
          const length = model.length;
          const size = load(model);
          await ended;
          return length + size;
        }
      `,
      suggestions: [],
    },
    {
      name: 'is kept after statements that leave, or that assign to a variable of the function',
      settings: possible,
      code: `
        import { readFileSync } from 'node:fs';
        import { setTimeout as sleep } from 'node:timers/promises';
        declare function load(bytes: Uint8Array): number;
        export async function serve(path: string): Promise<number> {
          const model = readFileSync(path);
                ~~~~~ [keptDuringWait]
          if (model.length === 0) return 0;
          console.log(load(model));
          await sleep(60_000);
          return 1;
        }
        export async function count(path: string): Promise<number> {
          let size = 0;
          const model = readFileSync(path);
                ~~~~~ [keptDuringWait]
          size += load(model);
          await sleep(60_000);
          return size;
        }
      `,
      suggestions: [],
    },
  ],
});
