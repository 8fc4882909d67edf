import { requireWorkerErrorHandler } from '../../../rules/require-worker-error-handler.js';
import { testRule } from '../../support/rule-tester.js';

testRule(requireWorkerErrorHandler, {
  valid: [
    {
      name: 'tells all who wait for it of its error',
      code: `
        const worker = new Worker('parse.js');
        const pending = new Map<number, { resolve: (value: unknown) => void; reject: (reason: unknown) => void }>();
        let last = 0;
        worker.onmessage = event => { pending.get(event.data.id)?.resolve(event.data.value); };
        worker.onerror = event => { for (const { reject } of pending.values()) reject(event); };
        export function parse(text: string): Promise<unknown> {
          return new Promise((resolve, reject) => {
            const id = last++;
            pending.set(id, { resolve, reject });
            worker.postMessage({ id, text });
          });
        }
      `,
    },
    {
      name: 'answers within a time',
      code: `
        const worker = new Worker('parse.js');
        const pending = new Map<number, (value: unknown) => void>();
        let last = 0;
        worker.onmessage = event => { pending.get(event.data.id)?.(event.data.value); };
        export function parse(text: string): Promise<unknown> {
          return new Promise((resolve, reject) => {
            const id = last++;
            pending.set(id, resolve);
            setTimeout(() => { reject(new Error('late')); }, 1000);
            worker.postMessage({ id, text });
          });
        }
      `,
    },
    {
      name: 'has a public field, and a listener of another class',
      settings: { report: 'possible' },
      code: `
        class Slot {
          worker = new Worker('parse.js');
          start(): void {
            this.worker.onmessage = event => { this.take(event.data); };
          }
          take(value: unknown): void { console.log(this, value); }
        }
        export function watch(slot: Slot, fail: () => void): void {
          slot.worker.onerror = () => { fail(); };
        }
      `,
    },
    {
      name: 'is exported',
      settings: { report: 'possible' },
      code: `
        export const worker = new Worker('parse.js');
        worker.onmessage = event => { console.log(event.data); };
      `,
    },
    {
      name: 'is handed to somebody else',
      settings: { report: 'possible' },
      code: `
        declare function watch(worker: Worker): void;
        const worker = new Worker('parse.js');
        watch(worker);
        worker.onmessage = event => { console.log(event.data); };
      `,
    },
    {
      name: 'belongs to an object of somebody else',
      settings: { report: 'possible' },
      code: `
        declare const options: { worker: Worker | null };
        export function start(target: typeof options): void {
          target.worker = new Worker('parse.js');
          target.worker.onmessage = event => { console.log(event.data); };
        }
      `,
    },
    {
      name: 'is started and left alone',
      settings: { report: 'possible' },
      code: `
        const worker = new Worker('clean.js');
        worker.postMessage({ directory: 'cache' });
      `,
    },
    {
      name: 'keeps what it resolves where no listener looks',
      code: `
        const worker = new Worker('parse.js');
        const waiting: (() => void)[] = [];
        worker.onmessage = event => { console.log(event.data); };
        export function pause(): Promise<void> {
          worker.postMessage('pause');
          return new Promise(resolve => { waiting.push(resolve); });
        }
        export function goOn(): void {
          for (const resolve of waiting) resolve();
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'keeps all who wait for it waiting',
      code: `
        const worker = new Worker('parse.js');
                       ~~~~~~~~~~~~~~~~~~~~~~ [requestsNeverSettle {"node": "new Worker('parse.js')", "line": "6", "event": "error"}]
        const pending = new Map<number, { resolve: (value: unknown) => void; reject: (reason: unknown) => void }>();
        let last = 0;
        worker.onmessage = event => { pending.get(event.data.id)?.resolve(event.data.value); };
        export function parse(text: string): Promise<unknown> {
          return new Promise((resolve, reject) => {
            const id = last++;
            pending.set(id, { resolve, reject });
            worker.postMessage({ id, text });
          });
        }
      `,
      suggestions: [],
    },
    {
      name: 'is kept in a field, and asked by a method of its class',
      code: `
        import { Worker } from 'node:worker_threads';
        export class Parser {
          #worker: Worker | undefined;
          #answers: Record<number, (value: unknown) => void> = {};
          #last = 0;
          start(file: string): void {
            this.#worker = new Worker(file);
                           ~~~~~~~~~~~~~~~~ [requestsNeverSettleOrEnd {"line": "12", "event": "error", "end": "exit"}]
            this.#worker.on('message', (value: { id: number }) => { this.#take(value); });
          }
          parse(text: string): Promise<unknown> {
            const id = this.#last++;
            const answer = new Promise(resolve => { this.#answers[id] = resolve; });
            this.#send({ id, text });
            return answer;
          }
          #send(message: unknown): void { this.#worker?.postMessage(message); }
          #take(value: { id: number }): void { this.#answers[value.id]?.(value); }
          async close(): Promise<void> { await this.#worker?.terminate(); }
        }
      `,
      suggestions: [],
    },
    {
      name: 'is listened to, and nobody learns of its failure',
      settings: { report: 'possible' },
      code: `
        const worker = new Worker('parse.js');
                       ~~~~~~~~~~~~~~~~~~~~~~ [unheard {"node": "new Worker('parse.js')", "event": "error"}]
        worker.onmessage = event => { console.log(event.data); };
      `,
      suggestions: [],
    },
    {
      name: 'ends the process',
      settings: { report: 'possible' },
      code: `
        import { Worker } from 'node:worker_threads';
        export function start(file: string): void {
          new Worker(file).on('message', message => { console.log(message); });
          ~~~~~~~~~~~~~~~~ [unheardEnds {"event": "error"}]
        }
      `,
      suggestions: [],
    },
    {
      name: 'is kept in the property of an object of its own',
      settings: { report: 'possible' },
      code: `
        declare function useRef<Value>(value: Value): { current: Value };
        export function useParser(): void {
          const reference = useRef<Worker | null>(null);
          reference.current ??= new Worker('parse.js');
                                ~~~~~~~~~~~~~~~~~~~~~~ [unheard]
          reference.current.addEventListener('message', event => { console.log(event.data); });
        }
      `,
      suggestions: [],
    },
  ],
});
