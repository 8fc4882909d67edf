import { noUnjoinedWorker } from '../../../rules/no-unjoined-worker.js';
import { testRule } from '../../support/rule-tester.js';

// Workers in the containers of a class: a method that takes one out has to end it.
testRule(noUnjoinedWorker, {
  valid: [
    {
      name: 'is ended by the method that takes it out',
      code: `
        export class Pool {
          #workers = new Map<string, Worker>();
          start(id: string) { this.#workers.set(id, new Worker('/job.js')); }
          drop(id: string) {
            this.#workers.get(id)?.terminate();
            this.#workers.delete(id);
          }
          close() { for (const worker of this.#workers.values()) worker.terminate(); }
        }
      `,
    },
    {
      name: 'is ended by the caller of the method that takes it out',
      code: `
        export class Pool {
          #workers = new Map<string, Worker>();
          start(id: string) { this.#workers.set(id, new Worker('/job.js')); }
          #forget(id: string) { this.#workers.delete(id); }
          drop(id: string) {
            this.#workers.get(id)?.terminate();
            this.#forget(id);
          }
          close() { for (const worker of this.#workers.values()) worker.terminate(); }
        }
      `,
    },
    {
      name: 'is used when it has been taken out',
      code: `
        export class Pool {
          #idle: Worker[] = [];
          add() { this.#idle.push(new Worker('/job.js')); }
          run(job: string) {
            const worker = this.#idle.pop();
            worker?.postMessage(job);
          }
          close() { for (const worker of this.#idle) worker.terminate(); }
        }
      `,
    },
    {
      name: 'is given to somebody by the method that takes it out',
      code: `
        declare function retire(id: string): void;
        export class Pool {
          #workers = new Map<string, Worker>();
          start(id: string) { this.#workers.set(id, new Worker('/job.js')); }
          drop(id: string) {
            retire(id);
            this.#workers.delete(id);
          }
          close() { for (const worker of this.#workers.values()) worker.terminate(); }
        }
      `,
    },
    {
      name: 'is taken out when it has ended',
      code: `
        import { Worker } from 'node:worker_threads';
        export class Pool {
          #workers = new Set<Worker>();
          start(file: string) {
            const worker = new Worker(file);
            worker.on('exit', () => { this.#workers.delete(worker); });
            this.#workers.add(worker);
          }
          async close() { await Promise.all([...this.#workers].map(worker => worker.terminate())); }
        }
      `,
    },
    {
      name: 'is taken out by a method that is told of its end',
      code: `
        import { Worker } from 'node:worker_threads';
        export class Pool {
          #workers = new Map<number, Worker>();
          start(file: string) {
            const worker = new Worker(file);
            worker.on('exit', this.forget.bind(this, worker.threadId));
            this.#workers.set(worker.threadId, worker);
          }
          forget(id: number) { this.#workers.delete(id); }
          async close() { for (const worker of this.#workers.values()) await worker.terminate(); }
        }
      `,
    },
    {
      name: 'is taken out of a container whose class ends none',
      code: `
        export class Pool {
          #workers = new Map<string, Worker>();
          start(id: string) { this.#workers.set(id, new Worker('/job.js')); }
          drop(id: string) { this.#workers.delete(id); }
        }
      `,
    },
    {
      name: 'is given to the caller, who tells the pool when it is through with it',
      code: `
        export class Pool {
          #workers = new Map<string, Worker>();
          start(id: string) {
            const worker = new Worker('/job.js');
            this.#workers.set(id, worker);
            return worker;
          }
          drop(id: string) { this.#workers.delete(id); }
          close() { for (const worker of this.#workers.values()) worker.terminate(); }
        }
      `,
    },
    {
      name: 'is kept in a second container',
      code: `
        export class Pool {
          #all = new Set<Worker>();
          #idle = new Set<Worker>();
          start() {
            const worker = new Worker('/job.js');
            this.#all.add(worker);
            this.#idle.add(worker);
          }
          take(worker: Worker) { this.#idle.delete(worker); }
          close() { for (const worker of this.#all) worker.terminate(); }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is taken out of a map and dropped',
      code: `
        export class Pool {
          #workers = new Map<string, Worker>();
          start(id: string) { this.#workers.set(id, new Worker('/job.js')); }
                                                    ~~~~~~~~~~~~~~~~~~~~~ [droppedFromContainer {"witness": "this.#workers.delete(id)"}]
          drop(id: string) {
            this.#workers.delete(id);
          }
          close() { for (const worker of this.#workers.values()) worker.terminate(); }
        }
      `,
      suggestions: [
        {
          messageId: 'releaseBeforeDropping',
          output: `
            export class Pool {
              #workers = new Map<string, Worker>();
              start(id: string) { this.#workers.set(id, new Worker('/job.js')); }
              drop(id: string) {
                this.#workers.get(id)?.terminate();
                this.#workers.delete(id);
              }
              close() { for (const worker of this.#workers.values()) worker.terminate(); }
            }
          `,
        },
      ],
    },
    {
      name: 'is taken out of a set and dropped',
      code: `
        export class Pool {
          #workers = new Set<Worker>();
          start() {
            const worker = new Worker('/job.js');
                           ~~~~~~~~~~~~~~~~~~~~~ [droppedFromContainer]
            this.#workers.add(worker);
          }
          trim(count: number) {
            for (const worker of this.#workers) {
              if (this.#workers.size <= count) return;
              this.#workers.delete(worker);
            }
          }
          close() { for (const worker of this.#workers) worker.terminate(); }
        }
      `,
      suggestions: [
        {
          messageId: 'releaseBeforeDropping',
          output: `
            export class Pool {
              #workers = new Set<Worker>();
              start() {
                const worker = new Worker('/job.js');
                this.#workers.add(worker);
              }
              trim(count: number) {
                for (const worker of this.#workers) {
                  if (this.#workers.size <= count) return;
                  worker.terminate();
                  this.#workers.delete(worker);
                }
              }
              close() { for (const worker of this.#workers) worker.terminate(); }
            }
          `,
        },
      ],
    },
    {
      name: 'is one of a list of which the first are dropped',
      code: `
        export class Pool {
          #idle: Worker[] = [];
          add() { this.#idle.push(new Worker('/job.js')); }
                                  ~~~~~~~~~~~~~~~~~~~~~ [droppedFromContainer {"witness": "this.#idle.shift()"}]
          trim(count: number) {
            while (this.#idle.length > count) {
              this.#idle.shift();
            }
          }
          close() { for (const worker of this.#idle) worker.terminate(); }
        }
      `,
      suggestions: [
        {
          messageId: 'releaseBeforeDropping',
          output: `
            export class Pool {
              #idle: Worker[] = [];
              add() { this.#idle.push(new Worker('/job.js')); }
              trim(count: number) {
                while (this.#idle.length > count) {
                  this.#idle.shift()?.terminate();
                }
              }
              close() { for (const worker of this.#idle) worker.terminate(); }
            }
          `,
        },
      ],
    },
    {
      name: 'is one of a list that is emptied',
      code: `
        import { Worker } from 'node:worker_threads';
        export class Pool {
          #workers: Worker[] = [];
          add(file: string) { this.#workers.push(new Worker(file)); }
                                                 ~~~~~~~~~~~~~~~~ [droppedFromContainer]
          reset() {
            this.#workers = [];
          }
          async close() { await Promise.all(this.#workers.map(worker => worker.terminate())); }
        }
      `,
      suggestions: [
        {
          messageId: 'releaseBeforeDropping',
          output: `
            import { Worker } from 'node:worker_threads';
            export class Pool {
              #workers: Worker[] = [];
              add(file: string) { this.#workers.push(new Worker(file)); }
              reset() {
                for (const worker of this.#workers) void worker.terminate();
                this.#workers = [];
              }
              async close() { await Promise.all(this.#workers.map(worker => worker.terminate())); }
            }
          `,
        },
      ],
    },
    {
      name: 'is part of a slot that is dropped',
      code: `
        export class Pool {
          #slots = new Map<string, { worker: Worker; isBusy: boolean }>();
          start(id: string) {
            const worker = new Worker('/job.js');
                           ~~~~~~~~~~~~~~~~~~~~~ [droppedFromContainer]
            this.#slots.set(id, { worker, isBusy: false });
          }
          drop(id: string) {
            this.#slots.delete(id);
          }
          close() { for (const { worker } of this.#slots.values()) worker.terminate(); }
        }
      `,
      suggestions: [],
    },
  ],
});
