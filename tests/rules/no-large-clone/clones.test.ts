import { noLargeClone } from '../../../rules/no-large-clone.js';
import { testRule } from '../../support/rule-tester.js';

testRule(noLargeClone, {
  valid: [
    // Buffers
    {
      name: 'is transferred',
      code: `
        import { Worker } from 'node:worker_threads';
        const worker = new Worker(new URL('./worker.js', import.meta.url));
        export function send(count: number): void {
          const data = new Float64Array(count * 8);
          worker.postMessage(data, [data.buffer]);
        }
      `,
    },
    {
      name: 'is read afterwards',
      code: `
        import { Worker } from 'node:worker_threads';
        const worker = new Worker(new URL('./worker.js', import.meta.url));
        export function send(count: number): number {
          const data = new Float64Array(count * 8);
          worker.postMessage(data);
          return data.length;
        }
      `,
    },
    {
      name: 'is sent again by the next round of a loop',
      code: `
        import { Worker } from 'node:worker_threads';
        export function send(workers: readonly Worker[], count: number): void {
          const data = new Float64Array(count * 8);
          for (const worker of workers) worker.postMessage(data);
        }
      `,
    },
    {
      name: 'is captured by a closure',
      code: `
        import { Worker } from 'node:worker_threads';
        const worker = new Worker(new URL('./worker.js', import.meta.url));
        export function send(count: number): () => number {
          const data = new Float64Array(count * 8);
          const size = (): number => data.length;
          worker.postMessage(data);
          return size;
        }
      `,
    },
    {
      name: 'has another view',
      code: `
        import { Worker } from 'node:worker_threads';
        const worker = new Worker(new URL('./worker.js', import.meta.url));
        export function send(count: number): Uint8Array {
          const data = new Float64Array(count * 8);
          const bytes = new Uint8Array(data.buffer);
          worker.postMessage(data);
          return bytes;
        }
      `,
    },
    {
      name: 'is a view of a buffer that somebody else has',
      code: `
        import { Worker } from 'node:worker_threads';
        const worker = new Worker(new URL('./worker.js', import.meta.url));
        export function send(bytes: ArrayBuffer): void {
          const data = new Float64Array(bytes);
          worker.postMessage(data);
        }
      `,
    },
    {
      name: 'is small',
      code: `
        import { Worker } from 'node:worker_threads';
        const worker = new Worker(new URL('./worker.js', import.meta.url));
        export function send(): void {
          const data = new Uint8Array(16);
          worker.postMessage(data);
        }
      `,
    },
    {
      name: 'is posted to a window',
      code: `
        export function send(count: number): void {
          const data = new Float64Array(count * 8);
          window.postMessage(data, '*');
        }
      `,
    },
    {
      name: 'is posted to a class of the file',
      code: `
        class Worker { postMessage(_value: unknown): void {} }
        const worker = new Worker();
        export function send(count: number): void {
          const data = new Float64Array(count * 8);
          worker.postMessage(data);
        }
      `,
    },
    {
      name: 'is given with options that this file does not show',
      code: `
        import { Worker, type Transferable } from 'node:worker_threads';
        const worker = new Worker(new URL('./worker.js', import.meta.url));
        export function send(count: number, list: Transferable[]): void {
          const data = new Float64Array(count * 8);
          worker.postMessage(data, list);
        }
      `,
    },

    // Ports
    {
      name: 'is a port that is transferred',
      code: `
        import { MessageChannel, Worker } from 'node:worker_threads';
        const worker = new Worker(new URL('./worker.js', import.meta.url));
        export function connect(): object {
          const { port1, port2 } = new MessageChannel();
          worker.postMessage({ port: port2 }, [port2]);
          return port1;
        }
      `,
    },

    // Containers
    {
      name: 'is a container that module code fills',
      options: [{ report: 'possible' }],
      code: `
        import { Worker } from 'node:worker_threads';
        const worker = new Worker(new URL('./worker.js', import.meta.url));
        const table = new Map([['a', 1], ['b', 2]]);
        worker.postMessage(table);
      `,
    },
  ],
  invalid: [
    {
      name: 'is a buffer that nothing reads afterwards',
      code: `
        import { Worker } from 'node:worker_threads';
        const worker = new Worker(new URL('./worker.js', import.meta.url));
        export function send(values: readonly number[]): void {
          const data = new Float64Array(values.length);
          data.set(values);
          worker.postMessage(data);
                             ~~~~ [clonesDeadBuffer {"call": "worker.postMessage", "node": "data"}]
        }
      `,
      output: `
        import { Worker } from 'node:worker_threads';
        const worker = new Worker(new URL('./worker.js', import.meta.url));
        export function send(values: readonly number[]): void {
          const data = new Float64Array(values.length);
          data.set(values);
          worker.postMessage(data, [data.buffer]);
        }
      `,
    },
    {
      name: 'is the body of a response inside a message',
      code: `
        const worker = new Worker('worker.js');
        export async function decode(response: Response): Promise<void> {
          const body = await response.arrayBuffer();
          worker.postMessage({ kind: 'decode', body });
                                               ~~~~ [clonesDeadBuffer]
        }
      `,
      output: `
        const worker = new Worker('worker.js');
        export async function decode(response: Response): Promise<void> {
          const body = await response.arrayBuffer();
          worker.postMessage({ kind: 'decode', body }, [body]);
        }
      `,
    },
    {
      name: 'is the data that a worker starts with',
      code: `
        import { Worker } from 'node:worker_threads';
        export function start(width: number, height: number): Worker {
          const pixels = new Uint8Array(width * height);
          return new Worker(new URL('./worker.js', import.meta.url), { workerData: pixels });
                                                                                   ~~~~~~ [clonesDeadBuffer {"call": "Worker"}]
        }
      `,
      output: `
        import { Worker } from 'node:worker_threads';
        export function start(width: number, height: number): Worker {
          const pixels = new Uint8Array(width * height);
          return new Worker(new URL('./worker.js', import.meta.url), { workerData: pixels, transferList: [pixels.buffer] });
        }
      `,
    },
    {
      name: 'is a port that is not transferred',
      code: `
        import { MessageChannel, Worker } from 'node:worker_threads';
        const worker = new Worker(new URL('./worker.js', import.meta.url));
        export function connect(): object {
          const { port1, port2 } = new MessageChannel();
          worker.postMessage({ port: port2 });
                                     ~~~~~ [portNotTransferred {"node": "port2"}]
          return port1;
        }
      `,
      output: null,
      suggestions: [
        {
          messageId: 'transfer',
          output: `
            import { MessageChannel, Worker } from 'node:worker_threads';
            const worker = new Worker(new URL('./worker.js', import.meta.url));
            export function connect(): object {
              const { port1, port2 } = new MessageChannel();
              worker.postMessage({ port: port2 }, [port2]);
              return port1;
            }
          `,
        },
      ],
    },
    {
      name: 'is a container that grows with the program',
      options: [{ report: 'possible' }],
      code: `
        import { Worker } from 'node:worker_threads';
        const worker = new Worker(new URL('./worker.js', import.meta.url));
        const index = new Map<string, number>();
        export function note(word: string, line: number): void {
          index.set(word, line);
          worker.postMessage({ kind: 'index', index });
                                              ~~~~~ [clonesContainer {"node": "index"}]
        }
      `,
      output: null,
    },
  ],
});
