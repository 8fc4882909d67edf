import { noUnjoinedWorker } from '../../../rules/no-unjoined-worker.js';
import { testRule } from '../../support/rule-tester.js';

// Workers in the fields of a class, which owns them.
testRule(noUnjoinedWorker, {
  valid: [
    {
      name: 'is ended by a disposer',
      code: `
        export class Decoder {
          #worker?: Worker;
          start() { this.#worker ??= new Worker('/decode.js'); }
          close() { this.#worker?.terminate(); this.#worker = undefined; }
        }
      `,
    },
    {
      name: 'is ended by a method of any name',
      code: `
        export class Decoder {
          #worker = new Worker('/decode.js');
          decode(text: string) { this.#worker.postMessage(text); }
          completed() { this.#worker.terminate(); }
        }
      `,
    },
    {
      name: 'is ended through an alias',
      code: `
        export class Decoder {
          #worker = new Worker('/decode.js');
          #timer = setInterval(() => { this.#worker.postMessage('tick'); }, 1000);
          close() {
            clearInterval(this.#timer);
            const worker = this.#worker;
            worker.terminate();
          }
        }
      `,
    },
    {
      name: 'is ended by a class that extends its owner',
      code: `
        class Base {
          worker = new Worker('/decode.js');
        }
        export class Decoder extends Base {
          close() { this.worker.terminate(); }
        }
      `,
    },
    {
      name: 'is given out by a getter',
      code: `
        export class Decoder {
          #worker = new Worker('/decode.js');
          get worker() { return this.#worker; }
        }
      `,
    },
    {
      name: 'is given to somebody else by its owner',
      code: `
        declare function adopt(worker: Worker): void;
        export class Decoder {
          #worker = new Worker('/decode.js');
          leave() { adopt(this.#worker); }
        }
      `,
    },
    {
      name: 'is told to end by a disposer',
      code: `
        export class Decoder {
          #worker = new Worker('/decode.js');
          #abort = new AbortController();
          close() {
            this.#abort.abort();
            this.#worker.postMessage('exit');
          }
        }
      `,
    },
    {
      name: 'belongs to the one instance of its class',
      code: `
        class Decoder {
          #worker = new Worker('/decode.js');
          decode(text: string) { this.#worker.postMessage(text); }
        }
        export const decoder = new Decoder();
      `,
    },
    {
      name: 'belongs to a class that hands out one instance',
      code: `
        export class Decoder {
          static #instance?: Decoder;
          #worker = new Worker('/decode.js');
          static get instance() { return (this.#instance ??= new Decoder()); }
          decode(text: string) { this.#worker.postMessage(text); }
        }
      `,
    },
    {
      name: 'belongs to a class that extends one of another file',
      code: `
        import { Base } from './base.js';
        export class Decoder extends Base {
          worker = new Worker('/decode.js');
        }
      `,
      files: { 'base.ts': `export class Base { worker?: Worker; close() { this.worker?.terminate(); } }` },
    },
    {
      name: 'is ended by code outside of its class',
      code: `
        class Slot {
          worker = new Worker('/decode.js');
        }
        export function close(slots: Slot[]) {
          for (const slot of slots) slot.worker.terminate();
        }
      `,
    },
    {
      name: 'is one of Node that is waited for by its exit event',
      code: `
        import { Worker } from 'node:worker_threads';
        export class Build {
          #worker: Worker;
          constructor(file: string) {
            this.#worker = new Worker(file);
            this.#worker.on('exit', () => { console.log('done'); });
          }
        }
      `,
    },
    // The next one
    {
      name: 'is ended before the field gets the next one',
      code: `
        export class Preview {
          #worker?: Worker;
          render(text: string) {
            this.#worker?.terminate();
            this.#worker = new Worker('/render.js');
            this.#worker.postMessage(text);
          }
          close() { this.#worker?.terminate(); }
        }
      `,
    },
    {
      name: 'is ended by another method before the field gets the next one',
      code: `
        export class Preview {
          #worker?: Worker;
          render(text: string) {
            this.close();
            this.#worker = new Worker('/render.js');
            this.#worker.postMessage(text);
          }
          close() { this.#worker?.terminate(); }
        }
      `,
    },
    {
      name: 'is only made where there is none',
      code: `
        export class Preview {
          #worker?: Worker;
          render(text: string) {
            if (this.#worker === undefined) {
              this.#worker = new Worker('/render.js');
            }
            this.#worker.postMessage(text);
          }
          close() { this.#worker?.terminate(); }
        }
      `,
    },
    {
      name: 'is made by a method that begins something',
      code: `
        export class Preview {
          #worker?: Worker;
          start() { this.#worker = new Worker('/render.js'); }
          close() { this.#worker?.terminate(); }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is forgotten by a disposer that ends others',
      code: `
        export class Decoder {
          #worker?: Worker;
          #abort = new AbortController();
          start() { this.#worker ??= new Worker('/decode.js'); }
                                     ~~~~~~~~~~~~~~~~~~~~~~~~ [missedByDisposer {"witness": "close"}]
          close() {
            this.#abort.abort();
          }
        }
      `,
      suggestions: [
        {
          messageId: 'releaseInDisposer',
          output: `
            export class Decoder {
              #worker?: Worker;
              #abort = new AbortController();
              start() { this.#worker ??= new Worker('/decode.js'); }
              close() {
                this.#abort.abort();
                this.#worker?.terminate();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is a pool that is forgotten by a disposer',
      code: `
        import Piscina from 'piscina';
        export class Renderer {
          #pool = new Piscina({ filename: '/render.js' });
                  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [missedByDisposer]
          #abort = new AbortController();
          render(page: string) { return this.#pool.run(page) as Promise<string>; }
          async close() {
            this.#abort.abort();
            await Promise.resolve();
          }
        }
      `,
      suggestions: [
        {
          messageId: 'releaseInDisposer',
          output: `
            import Piscina from 'piscina';
            export class Renderer {
              #pool = new Piscina({ filename: '/render.js' });
              #abort = new AbortController();
              render(page: string) { return this.#pool.run(page) as Promise<string>; }
              async close() {
                this.#abort.abort();
                await Promise.resolve();
                await this.#pool.destroy();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'belongs to a class that cannot end it',
      code: `
        export class Decoder {
          #worker = new Worker('/decode.js');
                    ~~~~~~~~~~~~~~~~~~~~~~~~ [neverReleasedByOwner]
          decode(text: string) { this.#worker.postMessage(text); }
        }
      `,
      suggestions: [
        {
          messageId: 'addDisposer',
          output: `
            export class Decoder {
              #worker = new Worker('/decode.js');
              decode(text: string) { this.#worker.postMessage(text); }

              close() {
                this.#worker.terminate();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is promised to a class that cannot end it',
      code: `
        export class Decoder {
          #worker = this.#start();
                    ~~~~~~~~~~~~~ [neverReleasedByOwner]
          async #start() {
            await Promise.resolve();
            return new Worker('/decode.js');
          }
          async decode(text: string) { (await this.#worker).postMessage(text); }
        }
      `,
      suggestions: [],
    },
    {
      name: 'belongs to a class that cannot end it, and has a method of that name',
      code: `
        export class Decoder {
          #worker = new Worker('/decode.js');
                    ~~~~~~~~~~~~~~~~~~~~~~~~ [neverReleasedByOwner]
          close = 'the word for it';
        }
      `,
      suggestions: [],
    },
    {
      name: 'is kept by a proxy that its class releases, which does not end it',
      code: `
        import { releaseProxy, wrap } from 'comlink';
        export class Client {
          #api = wrap<{ run(): Promise<number> }>(new Worker('/run.js'));
                                                  ~~~~~~~~~~~~~~~~~~~~~ [neverReleasedByOwner]
          run() { return this.#api.run(); }
          release() { this.#api[releaseProxy](); }
        }
      `,
      suggestions: [],
    },
    {
      name: 'belongs to a class whose superclass of another file knows nothing of it',
      code: `
        import { Base } from './base.js';
        export class Decoder extends Base {
          worker = new Worker('/decode.js');
                   ~~~~~~~~~~~~~~~~~~~~~~~~ [neverReleasedByOwner]
        }
      `,
      files: { 'base.ts': `export class Base { other?: Worker; close() { this.other?.terminate(); } }` },
      onlyTyped: 'the superclass is in another file',
      suggestions: [],
    },
    {
      name: 'is made by a factory for a class that cannot end it',
      code: `
        export class Store {
          private worker?: Worker;
          constructor(private readonly workerFactory: () => Worker) {}
          connect() {
            this.worker ??= this.workerFactory();
                            ~~~~~~~~~~~~~~~~~~~~ [neverReleasedByOwner]
            this.worker.postMessage('connect');
          }
        }
      `,
      typescriptOnly: 'a parameter property',
      suggestions: [
        {
          messageId: 'addDisposer',
          output: `
            export class Store {
              private worker?: Worker;
              constructor(private readonly workerFactory: () => Worker) {}
              connect() {
                this.worker ??= this.workerFactory();
                this.worker.postMessage('connect');
              }

              close() {
                this.worker?.terminate();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is replaced while it is live',
      code: `
        export class Preview {
          #worker?: Worker;
          render(text: string) {
            this.#worker = new Worker('/render.js');
                           ~~~~~~~~~~~~~~~~~~~~~~~~ [replaced {"witness": "this.#worker"}]
            this.#worker.postMessage(text);
          }
          close() { this.#worker?.terminate(); }
        }
      `,
      suggestions: [
        {
          messageId: 'releaseBeforeReplacing',
          output: `
            export class Preview {
              #worker?: Worker;
              render(text: string) {
                this.#worker?.terminate();
                this.#worker = new Worker('/render.js');
                this.#worker.postMessage(text);
              }
              close() { this.#worker?.terminate(); }
            }
          `,
        },
      ],
    },
  ],
});
