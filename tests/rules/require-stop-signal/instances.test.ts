import { requireStopSignal } from '../../../rules/require-stop-signal.js';
import { testRule } from '../../support/rule-tester.js';

testRule(requireStopSignal, {
  valid: [
    {
      name: 'is left by a break that a field decides',
      code: `
        declare function sleep(delay: number): Promise<void>;
        export class Monitor {
          #closed = false;
          async run(): Promise<void> {
            while (true) {
              await sleep(1000);
              if (this.#closed) break;
              console.log('alive');
            }
          }
          close(): void {
            this.#closed = true;
          }
        }
      `,
    },
    {
      name: 'goes on under a condition that the disposer changes',
      code: `
        declare function sleep(delay: number): Promise<void>;
        export class Monitor {
          #running = true;
          async run(): Promise<void> {
            while (this.#running) {
              console.log('alive');
              await sleep(1000);
            }
          }
          stop(): void {
            this.#running = false;
          }
        }
      `,
    },
    {
      name: 'is left when a signal is aborted',
      code: `
        declare function sleep(delay: number): Promise<void>;
        export class Monitor {
          #controller = new AbortController();
          async run(): Promise<void> {
            for (;;) {
              this.#controller.signal.throwIfAborted();
              await sleep(1000);
            }
          }
          close(): void {
            this.#controller.abort();
          }
        }
      `,
    },
    {
      name: 'leaves an outer loop by its label',
      code: `
        declare function sleep(delay: number): Promise<void>;
        export class Monitor {
          #closed = false;
          async run(): Promise<void> {
            outer: while (true) {
              for (;;) {
                await sleep(1000);
                if (this.#closed) break outer;
              }
            }
          }
          close(): void {
            this.#closed = true;
          }
        }
      `,
    },
    {
      name: 'gives its values to a consumer who may stop',
      code: `
        declare function sleep(delay: number): Promise<void>;
        export class Monitor {
          async *beats(): AsyncGenerator<number> {
            while (true) {
              await sleep(1000);
              yield Date.now();
            }
          }
          close(): void {
            console.log('closed');
          }
        }
      `,
    },
    {
      name: 'is possible where the disposer ends what the loop waits for',
      code: `
        interface Queue { next(): Promise<string>; end(): void }
        export class Consumer {
          constructor(queue: Queue) {
            this.queue = queue;
          }
          queue: Queue;
          async run(): Promise<void> {
            while (true) {
              try {
                console.log(await this.queue.next());
              } catch {
                console.log('no item');
              }
            }
          }
          close(): void {
            this.queue.end();
          }
        }
      `,
    },
    {
      name: 'is possible where what it awaits may be rejected',
      code: `
        declare const items: { next(): Promise<string> };
        export class Consumer {
          async run(): Promise<void> {
            while (true) console.log(await items.next());
          }
          close(): void {
            console.log('closed');
          }
        }
      `,
    },
    {
      name: 'ends with the program',
      settings: { report: 'possible' },
      code: `
        declare function sleep(delay: number): Promise<void>;
        export class Session {
          async run(): Promise<void> {
            while (true) {
              await sleep(1000);
            }
          }
          shutdown(): void {
            this.leave();
          }
          leave(): void {
            process.exit();
          }
        }
      `,
    },
    {
      name: 'is left by a failure that its function catches',
      settings: { report: 'possible' },
      code: `
        declare const items: { next(): Promise<string> };
        export class Consumer {
          async run(): Promise<void> {
            try {
              while (true) console.log(await items.next());
            } catch (error) {
              console.log('closed', error);
            }
          }
          close(): void {
            console.log('closing');
          }
        }
      `,
    },
    {
      name: 'waits for what the disposer makes fail',
      settings: { report: 'possible' },
      code: `
        interface Queue { next(): Promise<string>; end(): void }
        export class Consumer {
          constructor(queue: Queue) {
            this.queue = queue;
          }
          queue: Queue;
          async run(): Promise<void> {
            while (true) console.log(await this.queue.next());
          }
          close(): void {
            this.queue.end();
          }
        }
      `,
    },
    {
      name: 'belongs to a class that nobody ends',
      settings: { report: 'possible' },
      code: `
        declare function sleep(delay: number): Promise<void>;
        export class Monitor {
          async run(): Promise<void> {
            while (true) {
              await sleep(1000);
            }
          }
        }
      `,
    },
    {
      name: 'stands in the disposer itself',
      settings: { report: 'possible' },
      code: `
        declare function sleep(delay: number): Promise<void>;
        export class Monitor {
          async close(): Promise<void> {
            while (true) {
              await sleep(1000);
            }
          }
        }
      `,
    },
    {
      name: 'reads events until a signal is aborted',
      code: `
        import { on } from 'node:events';
        import type { EventEmitter } from 'node:events';
        export class Log {
          #controller = new AbortController();
          async run(emitter: EventEmitter): Promise<void> {
            for await (const [line] of on(emitter, 'line', { signal: this.#controller.signal })) console.log(line);
          }
          close(): void {
            this.#controller.abort();
          }
        }
      `,
    },
    {
      name: 'has a condition that somebody else sets',
      code: `
        declare function sleep(delay: number): Promise<void>;
        export class Monitor {
          #running = true;
          async run(): Promise<void> {
            while (this.#running) await sleep(1000);
          }
          static halt(monitor: Monitor): void {
            monitor.#running = false;
          }
        }
      `,
    },
    {
      name: 'has a condition that never held',
      code: `
        declare function sleep(delay: number): Promise<void>;
        export class Monitor {
          #verbose = false;
          async run(): Promise<void> {
            while (this.#verbose) await sleep(1000);
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'goes on when its instance is closed',
      code: `
        declare function sleep(delay: number): Promise<void>;
        export class Monitor {
          #closed = false;
          async run(): Promise<void> {
            while (true) {
            ~~~~~~~~~~~~ [outlivesDisposer {"name": "close"}]
              await sleep(1000);
              console.log('alive');
            }
          }
          get isClosed(): boolean {
            return this.#closed;
          }
          close(): void {
            this.#closed = true;
          }
        }
      `,
      suggestions: [
        {
          messageId: 'checkCondition',
          output: `
            declare function sleep(delay: number): Promise<void>;
            export class Monitor {
              #closed = false;
              async run(): Promise<void> {
                while (!this.#closed) {
                  await sleep(1000);
                  console.log('alive');
                }
              }
              get isClosed(): boolean {
                return this.#closed;
              }
              close(): void {
                this.#closed = true;
              }
            }
          `,
        },
      ],
    },
    {
      name: 'has a controller that it does not ask',
      code: `
        declare function sleep(delay: number): Promise<void>;
        export class Monitor {
          #controller = new AbortController();
          async run(): Promise<void> {
            for (;;) {
            ~~~~~~~~ [outlivesDisposer]
              await sleep(1000);
            }
          }
          close(): void {
            this.#controller.abort();
          }
        }
      `,
      suggestions: [
        {
          messageId: 'checkCondition',
          output: `
            declare function sleep(delay: number): Promise<void>;
            export class Monitor {
              #controller = new AbortController();
              async run(): Promise<void> {
                while (!this.#controller.signal.aborted) {
                  await sleep(1000);
                }
              }
              close(): void {
                this.#controller.abort();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'only leaves an inner loop',
      code: `
        declare function sleep(delay: number): Promise<void>;
        export class Monitor {
          lines: string[] = [];
          async run(): Promise<void> {
            while (true) {
            ~~~~~~~~~~~~ [outlivesDisposer]
              for (const line of this.lines) {
                if (line === '') break;
                console.log(line);
              }
              await sleep(1000);
            }
          }
          close(): void {
            console.log('closed');
          }
        }
      `,
      suggestions: [],
    },
    {
      name: 'catches what could end it',
      code: `
        declare const items: { next(): Promise<string> };
        export class Consumer {
          async run(): Promise<void> {
            while (true) {
            ~~~~~~~~~~~~ [outlivesDisposer]
              try {
                console.log(await items.next());
              } catch (error) {
                console.error(error);
              }
            }
          }
          close(): void {
            console.log('closed');
          }
        }
      `,
      suggestions: [],
    },
    {
      name: 'may be ended by a failure only',
      settings: { report: 'possible' },
      code: `
        declare const items: { next(): Promise<string> };
        export class Consumer {
          async run(): Promise<void> {
            while (true) console.log(await items.next());
            ~~~~~~~~~~~~ [outlivesDisposer {"name": "close"}]
          }
          close(): void {
            console.log('closed');
          }
        }
      `,
      suggestions: [],
    },
    {
      name: 'reads events without a signal',
      settings: { report: 'possible' },
      code: `
        import { on } from 'node:events';
        import type { EventEmitter } from 'node:events';
        export class Log {
          #controller = new AbortController();
          async run(emitter: EventEmitter): Promise<void> {
            for await (const [line] of on(emitter, 'line')) console.log(line);
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [outlivesDisposer]
          }
          close(): void {
            this.#controller.abort();
          }
        }
      `,
      suggestions: [],
    },
    {
      name: 'has a condition that nobody changes',
      code: `
        declare function sleep(delay: number): Promise<void>;
        export class Monitor {
          #running = true;
          async run(): Promise<void> {
            while (this.#running) await sleep(1000);
            ~~~~~~~~~~~~~~~~~~~~~ [neverChanges {"name": "this.#running"}]
          }
        }
      `,
      suggestions: [],
    },
  ],
});
