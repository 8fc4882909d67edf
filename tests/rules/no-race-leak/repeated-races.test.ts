import { noRaceLeak } from '../../../rules/no-race-leak.js';
import { testRule } from '../../support/rule-tester.js';

testRule(noRaceLeak, {
  valid: [
    {
      name: 'is raced once',
      code: `
        declare function next(): Promise<string>;
        export async function run(stop: () => void) {
          const stopped = new Promise<void>(resolve => { setTimeout(resolve, 10); });
          await Promise.race([next(), stopped]);
          stop();
        }
      `,
    },
    {
      name: 'is made anew in each round',
      code: `
        declare function next(): Promise<string>;
        export async function run() {
          while (true) {
            const timeout = new Promise<void>(resolve => { setTimeout(resolve, 10); });
            await Promise.race([next(), timeout]);
          }
        }
      `,
    },
    {
      name: 'is replaced when it has settled',
      code: `
        declare function next(): Promise<string>;
        export async function run() {
          let pending = new Promise<void>(resolve => { setTimeout(resolve, 10); });
          while (true) {
            await Promise.race([next(), pending]);
            pending = new Promise<void>(resolve => { setTimeout(resolve, 10); });
          }
        }
      `,
    },
    {
      name: 'is raced once for each of the things in a list',
      code: `
        declare function send(text: string): Promise<void>;
        export async function run(texts: string[]) {
          const stopped = new Promise<void>(resolve => { setTimeout(resolve, 10); });
          for (const text of texts) await Promise.race([send(text), stopped]);
          for (let index = 0; index < texts.length; index++) await Promise.race([send('again'), stopped]);
          while (texts.length > 0) await Promise.race([send(texts.pop() ?? ''), stopped]);
        }
      `,
    },
    {
      name: 'is settled by a timer before long',
      settings: { report: 'likely' },
      code: `
        declare function isReady(): Promise<boolean>;
        export async function waitUntilReady() {
          const timeout = new Promise<never>((_, reject) => { setTimeout(() => { reject(new Error('late')); }, 30_000); });
          while (true) {
            if (await Promise.race([isReady(), timeout])) return;
          }
        }
      `,
    },
    {
      name: 'is a value and no promise',
      code: `
        declare function next(): Promise<string>;
        export async function run() {
          const none = 'none';
          while (true) {
            await Promise.race([next(), none]);
          }
        }
      `,
    },
    {
      name: 'is raced in a function that the loop only makes',
      code: `
        declare function schedule(task: () => Promise<unknown>): Promise<void>;
        declare function next(): Promise<string>;
        export async function run() {
          const stopped = new Promise<void>(resolve => { setTimeout(resolve, 10); });
          while (true) {
            await schedule(() => Promise.race([next(), stopped]));
          }
        }
      `,
    },
    {
      name: 'is raced by a class of that name',
      code: `
        import { Promise as Own } from './own.js';
        declare function next(): string;
        export async function run() {
          const stopped = new Own();
          while (true) await Own.race([next(), stopped]);
        }
      `,
      files: {
        'own.ts': `
          export class Promise { static race(list: unknown[]) { return list[0]; } }
        `,
      },
    },
  ],
  invalid: [
    {
      name: 'is raced in a loop without an end',
      settings: { report: 'likely' },
      code: `
        declare function next(): Promise<string>;
        export async function run() {
          const stopped = new Promise<void>(resolve => { process.once('SIGTERM', () => { resolve(); }); });
          while (true) {
            await Promise.race([next(), stopped]);
                                        ~~~~~~~ [repeatedRace { "contender": "stopped", "call": "Promise.race", "line": "4" }]
          }
        }
      `,
      output: null,
    },
    {
      name: 'is settled by a timer, after many rounds perhaps',
      settings: { report: 'possible' },
      code: `
        export async function run(next: () => Promise<string>, milliseconds: number) {
          const timeout = new Promise<void>(resolve => { setTimeout(resolve, milliseconds); });
          while (true) {
            const message = await Promise.race([next(), timeout]);
                                                        ~~~~~~~ [repeatedRace {}]
            if (message === undefined) return;
          }
        }
      `,
      output: null,
    },
    {
      name: 'is raced until a flag is set',
      code: `
        declare function next(): Promise<string>;
        export async function run(signal: AbortSignal) {
          const aborted = new Promise<void>(resolve => { signal.onabort = () => { resolve(); }; });
          do {
            const value = await Promise.any([next(), aborted]);
                                                     ~~~~~~~ [repeatedRace {}]
            console.log(value);
          } while (!signal.aborted);
        }
      `,
      output: null,
    },
    {
      name: 'is raced for each element of a stream',
      code: `
        declare function send(text: string): Promise<void>;
        export async function run(texts: AsyncIterable<string>) {
          const closed = new Promise<void>(resolve => { process.once('SIGTERM', () => { resolve(); }); });
          for await (const text of texts) {
            await Promise.race([send(text), closed]);
                                            ~~~~~~ [repeatedRace {}]
          }
        }
      `,
      output: null,
    },
    {
      name: 'is a parameter that says that it is a promise',
      onlyTyped: 'the annotation is the name of another type',
      code: `
        declare function next(): Promise<string>;
        type Stop = Promise<void>;
        export async function run(stopped: Stop) {
          for (;;) {
            await Promise.race([next(), stopped]);
                                        ~~~~~~~ [repeatedRace {}]
          }
        }
      `,
      output: null,
    },
  ],
});
