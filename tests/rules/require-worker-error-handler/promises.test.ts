import { requireWorkerErrorHandler } from '../../../rules/require-worker-error-handler.js';
import { testRule } from '../../support/rule-tester.js';

testRule(requireWorkerErrorHandler, {
  valid: [
    {
      name: 'rejects by a handler property',
      code: `
        export function parse(text: string): Promise<unknown> {
          return new Promise((resolve, reject) => {
            const worker = new Worker('parse.js');
            worker.onmessage = event => { resolve(event.data); };
            worker.onerror = reject;
            worker.postMessage(text);
          });
        }
      `,
    },
    {
      name: 'rejects by a listener that calls a helper',
      code: `
        export function parse(text: string): Promise<unknown> {
          return new Promise((resolve, reject) => {
            const worker = new Worker('parse.js');
            function fail(): void {
              worker.terminate();
              reject(new Error('failed'));
            }
            worker.addEventListener('message', event => { resolve(event.data); });
            worker.addEventListener('error', fail);
            worker.postMessage(text);
          });
        }
      `,
    },
    {
      name: 'rejects when it ends, whichever way',
      settings: { report: 'possible' },
      code: `
        import { Worker } from 'node:worker_threads';
        export function parse(file: string): Promise<unknown> {
          return new Promise((resolve, reject) => {
            const worker = new Worker(file);
            worker.once('message', resolve).once('error', reject).once('exit', () => { reject(new Error('ended')); });
          });
        }
      `,
    },
    {
      name: 'has a timeout',
      code: `
        export function parse(text: string): Promise<unknown> {
          return new Promise((resolve, reject) => {
            const worker = new Worker('parse.js');
            worker.onmessage = event => { resolve(event.data); };
            setTimeout(() => { reject(new Error('late')); }, 1000);
            worker.postMessage(text);
          });
        }
      `,
    },
    {
      name: 'is raced against a timeout',
      code: `
        declare function timeout(): Promise<never>;
        export async function start(): Promise<Worker> {
          const worker = new Worker('parse.js');
          await Promise.race([
            new Promise(resolve => { worker.addEventListener('message', resolve, { once: true }); }),
            timeout(),
          ]);
          return worker;
        }
      `,
    },
    {
      name: 'has a variable that is raced against a timeout',
      code: `
        declare function timeout(): Promise<never>;
        export async function stop(worker: Worker): Promise<void> {
          const stopped = new Promise(resolve => { worker.addEventListener('message', resolve); });
          worker.postMessage('stop');
          await Promise.race([stopped, timeout()]);
        }
      `,
      settings: { report: 'possible' },
    },
    {
      name: 'is settled by a function that gets reject',
      code: `
        declare function watch(worker: Worker, fail: () => void): void;
        export function parse(text: string): Promise<unknown> {
          return new Promise((resolve, reject) => {
            const worker = new Worker('parse.js');
            worker.onmessage = event => { resolve(event.data); };
            watch(worker, reject);
            worker.postMessage(text);
          });
        }
      `,
    },
    {
      name: 'is settled by somebody who finds reject in a field',
      code: `
        export class Client {
          fail: () => void = () => undefined;
          parse(text: string): Promise<unknown> {
            return new Promise((resolve, reject) => {
              this.fail = reject;
              const worker = new Worker('parse.js');
              worker.onmessage = event => { resolve(event.data); };
              worker.postMessage(text);
            });
          }
        }
      `,
    },
    {
      name: 'waits for something that is no worker',
      code: `
        export function ready(frame: Window): Promise<unknown> {
          return new Promise(resolve => {
            frame.addEventListener('message', resolve, { once: true });
          });
        }
      `,
    },
    {
      name: 'waits for a class of that name',
      code: `
        class Worker {
          name = 'queue';
          on(event: string, listener: (value: unknown) => void): void {
            listener(event + this.name);
          }
        }
        export function ready(): Promise<unknown> {
          return new Promise(resolve => {
            const worker = new Worker();
            worker.on('message', resolve);
          });
        }
      `,
      settings: { report: 'possible' },
    },
    {
      name: 'is resolved by its own executor',
      code: `
        export function parse(text: string): Promise<void> {
          return new Promise(resolve => {
            const worker = new Worker('parse.js');
            worker.onmessage = () => { resolve(); };
            worker.postMessage(text);
            resolve();
          });
        }
      `,
    },
    {
      name: 'is reported as possible where an exception rejects it and an end does not',
      code: `
        import { Worker } from 'node:worker_threads';
        export function parse(file: string): Promise<unknown> {
          return new Promise((resolve, reject) => {
            const worker = new Worker(file);
            worker.on('message', resolve);
            worker.on('error', reject);
          });
        }
      `,
    },
    {
      name: 'is reported as possible where somebody else listens for its failure',
      code: `
        declare function restart(): void;
        export function parse(text: string): Promise<unknown> {
          const worker = new Worker('parse.js');
          worker.onerror = () => { restart(); };
          worker.postMessage(text);
          return new Promise(resolve => {
            worker.addEventListener('message', resolve);
          });
        }
      `,
    },
    {
      name: 'belongs to a test',
      code: `
        import { test } from 'vitest';
        test('answers', async () => {
          const worker = new Worker('parse.js');
          await new Promise(resolve => { worker.onmessage = resolve; });
          worker.terminate();
        });
      `,
    },
  ],
  invalid: [
    {
      name: 'has no handler of its error',
      code: `
        export function parse(text: string): Promise<unknown> {
          return new Promise((resolve, reject) => {
            const worker = new Worker('parse.js');
            worker.onmessage = event => {
            ~~~~~~~~~~~~~~~~ [neverSettles {"line": "2", "node": "worker.onmessage", "event": "error"}]
              if (event.data === null) reject(new Error('none'));
              else resolve(event.data);
            };
            worker.postMessage(text);
          });
        }
      `,
      suggestions: [
        {
          messageId: 'rejectOnFailure',
          output: `
            export function parse(text: string): Promise<unknown> {
              return new Promise((resolve, reject) => {
                const worker = new Worker('parse.js');
                worker.onmessage = event => {
                  if (event.data === null) reject(new Error('none'));
                  else resolve(event.data);
                };
                worker.onerror = reject;
                worker.postMessage(text);
              });
            }
          `,
        },
      ],
    },
    {
      name: 'has an executor without reject',
      code: `
        export function parse(text: string): Promise<unknown> {
          return new Promise(resolve => {
            const worker = new Worker('parse.js');
            function listener(event: MessageEvent): void {
              worker.removeEventListener('message', listener);
              resolve(event.data);
            }
            worker.addEventListener('message', listener);
            ~~~~~~~~~~~~~~~~~~~~~~~ [neverSettles {"line": "2"}]
            worker.postMessage(text);
          });
        }
      `,
      suggestions: [
        {
          messageId: 'rejectOnFailure',
          output: `
            export function parse(text: string): Promise<unknown> {
              return new Promise((resolve, reject) => {
                const worker = new Worker('parse.js');
                function listener(event: MessageEvent): void {
                  worker.removeEventListener('message', listener);
                  resolve(event.data);
                }
                worker.addEventListener('message', listener);
                worker.addEventListener('error', reject);
                worker.postMessage(text);
              });
            }
          `,
        },
      ],
    },
    {
      name: 'is ended by the listener that resolves',
      code: `
        export function parse(text: string): Promise<unknown> {
          return new Promise(resolve => {
            const worker = new Worker('parse.js');
            worker.onmessage = event => {
            ~~~~~~~~~~~~~~~~ [neverSettles]
              worker.terminate();
              resolve(event.data);
            };
            worker.postMessage(text);
          });
        }
      `,
      suggestions: [
        {
          messageId: 'rejectOnFailure',
          output: `
            export function parse(text: string): Promise<unknown> {
              return new Promise((resolve, reject) => {
                const worker = new Worker('parse.js');
                worker.onmessage = event => {
                  worker.terminate();
                  resolve(event.data);
                };
                worker.onerror = event => { worker.terminate(); reject(new Error(event.message)); };
                worker.postMessage(text);
              });
            }
          `,
        },
      ],
    },
    {
      name: 'lives longer than the promise',
      code: `
        const worker = new Worker('parse.js');
        export function parse(text: string): Promise<unknown> {
          return new Promise(resolve => {
            worker.addEventListener('message', event => { resolve(event.data); }, { once: true });
            ~~~~~~~~~~~~~~~~~~~~~~~ [neverSettles]
            worker.postMessage(text);
          });
        }
      `,
      suggestions: [],
    },
    {
      name: 'crashes the process, or ends without an answer',
      code: `
        import { Worker } from 'node:worker_threads';
        export function parse(file: string): Promise<unknown> {
          return new Promise((resolve) => {
            const worker = new Worker(file);
            worker.once('message', resolve);
            ~~~~~~~~~~~ [neverSettlesOrEnds {"line": "3", "node": "worker.once", "event": "error", "end": "exit"}]
          });
        }
      `,
      suggestions: [
        {
          messageId: 'rejectOnFailure',
          output: `
            import { Worker } from 'node:worker_threads';
            export function parse(file: string): Promise<unknown> {
              return new Promise((resolve, reject) => {
                const worker = new Worker(file);
                worker.once('message', resolve);
                worker.once('error', reject);
                worker.once('exit', () => { reject(new Error('The worker ended without an answer.')); });
              });
            }
          `,
        },
      ],
    },
    {
      name: 'is waited for by an executor that is an expression',
      code: `
        import { Worker } from 'node:worker_threads';
        export async function start(file: string): Promise<Worker> {
          const worker = new Worker(file);
          await new Promise(resolve => worker.once("message", resolve));
                                       ~~~~~~~~~~~ [neverSettlesOrEnds]
          return worker;
        }
      `,
      suggestions: [
        {
          messageId: 'rejectOnFailure',
          output: `
            import { Worker } from 'node:worker_threads';
            export async function start(file: string): Promise<Worker> {
              const worker = new Worker(file);
              await new Promise((resolve, reject) => { worker.once("message", resolve); worker.once("error", reject); worker.once("exit", () => { reject(new Error("The worker ended without an answer.")); }); });
              return worker;
            }
          `,
        },
      ],
    },
    {
      name: 'has a handler property that nobody reads',
      code: `
        import { Worker } from 'node:worker_threads';
        export function parse(file: string): Promise<unknown> {
          return new Promise((resolve, reject) => {
            const worker = new Worker(file);
            worker.once('message', resolve);
            ~~~~~~~~~~~ [neverSettlesOrEnds]
            worker.onerror = reject;
          });
        }
      `,
      suggestions: [
        {
          messageId: 'rejectOnFailure',
          output: `
            import { Worker } from 'node:worker_threads';
            export function parse(file: string): Promise<unknown> {
              return new Promise((resolve, reject) => {
                const worker = new Worker(file);
                worker.once('message', resolve);
                worker.once('error', reject);
                worker.once('exit', () => { reject(new Error('The worker ended without an answer.')); });
                worker.onerror = reject;
              });
            }
          `,
        },
      ],
    },
    {
      name: 'has an error that somebody else logs',
      settings: { report: 'possible' },
      code: `
        import { Worker } from 'node:worker_threads';
        declare const logger: { error(message: string): void };
        export async function start(file: string): Promise<Worker> {
          const worker = new Worker(file);
          worker.on('error', error => { logger.error(error.message); });
          await new Promise(resolve => { worker.once('online', resolve); });
                                         ~~~~~~~~~~~ [neverSettles {"line": "6", "event": "error"}]
          return worker;
        }
      `,
      suggestions: [
        {
          messageId: 'rejectOnFailure',
          output: `
            import { Worker } from 'node:worker_threads';
            declare const logger: { error(message: string): void };
            export async function start(file: string): Promise<Worker> {
              const worker = new Worker(file);
              worker.on('error', error => { logger.error(error.message); });
              await new Promise((resolve, reject) => { worker.once('online', resolve); worker.once('error', reject); worker.once('exit', () => { reject(new Error('The worker ended without an answer.')); }); });
              return worker;
            }
          `,
        },
      ],
    },
    {
      name: 'has an error that is only logged',
      code: `
        export function parse(text: string): Promise<unknown> {
          return new Promise(resolve => {
            const worker = new Worker('parse.js');
            worker.onmessage = event => { resolve(event.data); };
            ~~~~~~~~~~~~~~~~ [neverSettles]
            worker.onerror = event => { console.error(event.message); };
            worker.postMessage(text);
          });
        }
      `,
      suggestions: [
        {
          messageId: 'rejectOnFailure',
          output: `
            export function parse(text: string): Promise<unknown> {
              return new Promise((resolve, reject) => {
                const worker = new Worker('parse.js');
                worker.onmessage = event => { resolve(event.data); };
                worker.addEventListener('error', reject);
                worker.onerror = event => { console.error(event.message); };
                worker.postMessage(text);
              });
            }
          `,
        },
      ],
    },
    {
      name: 'is aborted by those who wish it only',
      code: `
        export function parse(text: string, signal?: AbortSignal): Promise<unknown> {
          return new Promise((resolve, reject) => {
            const worker = new Worker('parse.js');
            worker.onmessage = event => { resolve(event.data); };
            ~~~~~~~~~~~~~~~~ [neverSettles]
            signal?.addEventListener('abort', () => { reject(new Error('aborted')); });
            worker.postMessage(text);
          });
        }
      `,
      suggestions: [
        {
          messageId: 'rejectOnFailure',
          output: `
            export function parse(text: string, signal?: AbortSignal): Promise<unknown> {
              return new Promise((resolve, reject) => {
                const worker = new Worker('parse.js');
                worker.onmessage = event => { resolve(event.data); };
                worker.onerror = reject;
                signal?.addEventListener('abort', () => { reject(new Error('aborted')); });
                worker.postMessage(text);
              });
            }
          `,
        },
      ],
    },
    {
      name: 'rejects when it throws, and not when it ends',
      settings: { report: 'possible' },
      code: `
        import { Worker } from 'node:worker_threads';
        export function parse(file: string): Promise<unknown> {
          return new Promise((resolve, reject) => {
            const worker = new Worker(file);
            worker.on('message', resolve);
            ~~~~~~~~~ [neverSettlesAtEnd {"line": "3", "end": "exit"}]
            worker.on('error', reject);
          });
        }
      `,
      suggestions: [
        {
          messageId: 'rejectOnFailure',
          output: `
            import { Worker } from 'node:worker_threads';
            export function parse(file: string): Promise<unknown> {
              return new Promise((resolve, reject) => {
                const worker = new Worker(file);
                worker.on('message', resolve);
                worker.on('exit', () => { reject(new Error('The worker ended without an answer.')); });
                worker.on('error', reject);
              });
            }
          `,
        },
      ],
    },
    {
      name: 'is made by somebody else',
      settings: { report: 'possible' },
      code: `
        import type { Worker } from 'node:worker_threads';
        export class Client {
          constructor(private readonly worker: Worker) {}
          answer(): Promise<unknown> {
            return new Promise(resolve => { this.worker.once('message', resolve); });
                                            ~~~~~~~~~~~~~~~~ [neverSettlesOrEnds]
          }
        }
      `,
      typescriptOnly: 'a parameter property',
      suggestions: [],
    },
  ],
});
