import { noUnjoinedWorker } from '../../../rules/no-unjoined-worker.js';
import { testRule } from '../../support/rule-tester.js';

// Classes that own workers and can end them: their instances are resources themselves.
testRule(noUnjoinedWorker, {
  valid: [
    {
      name: 'belongs to an instance that is closed in finally',
      code: `
        class Decoder {
          #worker = new Worker('/decode.js');
          decode(text: string) { this.#worker.postMessage(text); }
          close() { this.#worker.terminate(); }
        }
        export function run(text: string) {
          const decoder = new Decoder();
          try {
            decoder.decode(JSON.parse(text) as string);
          } finally {
            decoder.close();
          }
        }
      `,
    },
    {
      name: 'belongs to an instance that is returned',
      code: `
        class Decoder {
          #worker = new Worker('/decode.js');
          decode(text: string) { this.#worker.postMessage(text); }
          close() { this.#worker.terminate(); }
        }
        export function start(text: string) {
          const decoder = new Decoder();
          decoder.decode(text);
          return decoder;
        }
      `,
    },
    {
      name: 'belongs to an instance of module code',
      code: `
        class Decoder {
          #worker = new Worker('/decode.js');
          decode(text: string) { this.#worker.postMessage(text); }
          close() { this.#worker.terminate(); }
        }
        const decoder = new Decoder();
        export const decode = (text: string) => { decoder.decode(text); };
      `,
    },
    {
      name: 'is not started by what is called on the instance',
      code: `
        class Decoder {
          #worker?: Worker;
          decode(text: string) {
            this.#worker ??= new Worker('/decode.js');
            this.#worker.postMessage(text);
          }
          supports(type: string) { return type === 'text'; }
          close() { this.#worker?.terminate(); }
        }
        export function check(type: string) {
          const decoder = new Decoder();
          return decoder.supports(type);
        }
      `,
    },
    {
      name: 'is only made under a condition',
      code: `
        class Decoder {
          #worker?: Worker;
          constructor(isThreaded: boolean) {
            if (isThreaded) {
              this.#worker = new Worker('/decode.js');
            }
          }
          decode(text: string) { this.#worker?.postMessage(text); }
          close() { this.#worker?.terminate(); }
        }
        export function run(text: string) {
          const decoder = new Decoder(false);
          decoder.decode(text);
        }
      `,
    },
    {
      name: 'is ended by its class when it has answered',
      code: `
        class Decoder {
          #worker = new Worker('/decode.js');
          constructor() {
            this.#worker.onmessage = () => { this.close(); };
          }
          decode(text: string) { this.#worker.postMessage(text); }
          close() { this.#worker.terminate(); }
        }
        export function run(text: string) {
          const decoder = new Decoder();
          decoder.decode(text);
        }
      `,
    },
    {
      name: 'belongs to an instance that makes itself known',
      code: `
        const decoders = new Set<Decoder>();
        class Decoder {
          #worker = new Worker('/decode.js');
          constructor() { decoders.add(this); }
          decode(text: string) { this.#worker.postMessage(text); }
          close() { this.#worker.terminate(); }
        }
        export function run(text: string) {
          const decoder = new Decoder();
          decoder.decode(text);
        }
        export function closeAll() {
          for (const decoder of decoders) decoder.close();
        }
      `,
    },
    {
      name: 'is taken out of the instance that owns it',
      code: `
        class Decoder {
          worker = new Worker('/decode.js');
          close() { this.worker.terminate(); }
        }
        export function run(text: string) {
          const decoder = new Decoder();
          decoder.worker.postMessage(text);
          decoder.worker.onmessage = () => { decoder.worker.terminate(); };
        }
      `,
    },
    {
      name: 'belongs to an instance of a class that cannot end it',
      code: `
        class Decoder {
          worker = new Worker('/decode.js');
          start() { this.worker.terminate(); }
        }
        export function run() {
          const decoder = new Decoder();
          console.log(decoder);
        }
      `,
    },
    {
      name: 'belongs to a field whose class closes it',
      code: `
        class Decoder {
          #worker = new Worker('/decode.js');
          close() { this.#worker.terminate(); }
        }
        export class Player {
          #decoder = new Decoder();
          #abort = new AbortController();
          destroy() {
            this.#abort.abort();
            this.#decoder.close();
          }
        }
      `,
    },
    {
      name: 'is one of a class of another file that is closed',
      files: {
        'pool.ts': `
          export class Pool {
            readonly #workers: Worker[] = [];
            constructor(count: number) {
              for (let index = 0; index < count; index++) this.#workers.push(new Worker('/job.js'));
            }
            run(job: string) { this.#workers[0]?.postMessage(job); }
            close() { for (const worker of this.#workers) worker.terminate(); }
          }
        `,
      },
      code: `
        import { Pool } from './pool.js';
        export function runAll(jobs: string[]) {
          const pool = new Pool(4);
          try {
            for (const job of jobs) pool.run(JSON.parse(job) as string);
          } finally {
            pool.close();
          }
        }
      `,
    },
    {
      name: 'is handed over under a type that can end it',
      code: `
        class Decoder {
          #worker = new Worker('/decode.js');
          decode(text: string) { this.#worker.postMessage(text); }
          close() { this.#worker.terminate(); }
        }
        interface Codec { decode(text: string): void; close(): void }
        export function options(name: string) {
          const codec: Codec = new Decoder();
          return { name, codec };
        }
      `,
    },
    {
      name: 'is handed over by a function that runs once',
      code: `
        class Decoder {
          #worker = new Worker('/decode.js');
          decode(text: string) { this.#worker.postMessage(text); }
          close() { this.#worker.terminate(); }
        }
        interface Codec { decode(text: string): void }
        function start() {
          const codec: Codec = new Decoder();
          return { codec };
        }
        export const { codec } = start();
      `,
    },
    // After the release
    {
      name: 'is a pool that is used before it is closed',
      code: `
        import Piscina from 'piscina';
        export async function build(pages: string[]) {
          const pool = new Piscina({ filename: '/render.js' });
          try {
            await Promise.all(pages.map(page => pool.run(page)));
            await pool.run('index');
          } finally {
            await pool.destroy();
          }
        }
      `,
    },
    {
      name: 'is a pool that is started and closed again',
      code: `
        import Piscina from 'piscina';
        export async function build(page: string) {
          const pool = new Piscina({ filename: '/render.js' });
          try {
            await pool.run(page);
          } finally {
            await pool.destroy();
          }
          try {
            await pool.run('index');
          } finally {
            await pool.destroy();
          }
        }
      `,
    },
    {
      name: 'is a pool that a callback closes',
      code: `
        import Piscina from 'piscina';
        export async function build(page: string) {
          const pool = new Piscina({ filename: '/render.js' });
          process.once('SIGTERM', () => { void pool.destroy(); });
          await pool.run(page);
        }
      `,
    },
    {
      name: 'is a pool that another one takes the place of',
      code: `
        import Piscina from 'piscina';
        export async function build(page: string) {
          let pool = new Piscina({ filename: '/render.js' });
          try {
            await pool.run(page);
          } finally {
            await pool.destroy();
          }
          pool = new Piscina({ filename: '/index.js' });
          try {
            await pool.run(page);
          } finally {
            await pool.destroy();
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'belongs to an instance that nobody closes',
      code: `
        class Decoder {
          #worker = new Worker('/decode.js');
          decode(text: string) { this.#worker.postMessage(text); }
          close() { this.#worker.terminate(); }
        }
        export function run(text: string) {
          const decoder = new Decoder();
                          ~~~~~~~~~~~~~ [neverReleased {"noun": "worker"}]
          decoder.decode(text);
        }
      `,
      suggestions: [],
    },
    {
      name: 'belongs to an instance that is not closed when a call throws',
      code: `
        class Decoder {
          #worker = new Worker('/decode.js');
          decode(text: string) { this.#worker.postMessage(text); }
          close() { this.#worker.terminate(); }
        }
        export function run(text: string) {
          const decoder = new Decoder();
                          ~~~~~~~~~~~~~ [missedOnException {"witness": "JSON.parse(text)"}]
          decoder.decode(JSON.parse(text) as string);
          decoder.close();
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            class Decoder {
              #worker = new Worker('/decode.js');
              decode(text: string) { this.#worker.postMessage(text); }
              close() { this.#worker.terminate(); }
            }
            export function run(text: string) {
              const decoder = new Decoder();
              try {
                decoder.decode(JSON.parse(text) as string);
              } finally {
                decoder.close();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is started by what is called on the instance',
      code: `
        class Decoder {
          #worker?: Worker;
          decode(text: string) {
            this.#worker ??= new Worker('/decode.js');
            this.#worker.postMessage(text);
          }
          close() { this.#worker?.terminate(); }
        }
        export function run(text: string) {
          const decoder = new Decoder();
                          ~~~~~~~~~~~~~ [neverReleased]
          decoder.decode(text);
        }
      `,
      suggestions: [],
    },
    {
      name: 'belongs to a field whose class closes others',
      code: `
        class Decoder {
          #worker = new Worker('/decode.js');
          close() { this.#worker.terminate(); }
        }
        export class Player {
          #decoder = new Decoder();
                     ~~~~~~~~~~~~~ [missedByDisposer {"witness": "destroy"}]
          #abort = new AbortController();
          destroy() {
            this.#abort.abort();
          }
        }
      `,
      suggestions: [
        {
          messageId: 'releaseInDisposer',
          output: `
            class Decoder {
              #worker = new Worker('/decode.js');
              close() { this.#worker.terminate(); }
            }
            export class Player {
              #decoder = new Decoder();
              #abort = new AbortController();
              destroy() {
                this.#abort.abort();
                this.#decoder.close();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is one of several that an instance has made by a method of its own',
      code: `
        class Pool {
          readonly #workers: Worker[] = [];
          constructor(count: number) {
            for (let index = 0; index < count; index++) this.#workers.push(this.#start());
          }
          #start() {
            const worker = new Worker('/job.js');
            worker.onerror = console.error;
            return worker;
          }
          run(job: string) { this.#workers[0]?.postMessage(job); }
          close() { for (const worker of this.#workers) worker.terminate(); }
        }
        export function runAll(jobs: string[]) {
          const pool = new Pool(4);
                       ~~~~~~~~~~~ [neverReleased]
          for (const job of jobs) pool.run(job);
        }
      `,
      suggestions: [],
    },
    {
      name: 'belongs to an instance that another instance owns',
      code: `
        class Decoder {
          #worker = new Worker('/decode.js');
          decode(text: string) { this.#worker.postMessage(text); }
          close() { this.#worker.terminate(); }
        }
        class Player {
          #decoder = new Decoder();
          play(text: string) { this.#decoder.decode(text); }
          destroy() { this.#decoder.close(); }
        }
        export function play(text: string) {
          const player = new Player();
                         ~~~~~~~~~~~~ [neverReleased]
          player.play(text);
        }
      `,
      suggestions: [],
    },
    {
      name: 'is handed out by the factory of its owner',
      code: `
        class Decoder {
          #worker = new Worker('/decode.js');
          static create() { return new Decoder(); }
          decode(text: string) { this.#worker.postMessage(text); }
          close() { this.#worker.terminate(); }
        }
        export function run(text: string) {
          const decoder = Decoder.create();
                          ~~~~~~~~~~~~~~~~ [neverReleased]
          decoder.decode(text);
        }
      `,
      suggestions: [],
    },
    {
      name: 'is a pool by the class that it extends',
      code: `
        import { Piscina } from 'piscina';
        class RenderPool extends Piscina {
          constructor() { super({ filename: '/render.js' }); }
        }
        export async function render(page: string) {
          const pool = new RenderPool();
                       ~~~~~~~~~~~~~~~~ [missedOnException {"witness": "pool.run(page)"}]
          await pool.run(page);
          await pool.destroy();
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Piscina } from 'piscina';
            class RenderPool extends Piscina {
              constructor() { super({ filename: '/render.js' }); }
            }
            export async function render(page: string) {
              const pool = new RenderPool();
              try {
                await pool.run(page);
              } finally {
                await pool.destroy();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is one of a class of another file that nobody closes',
      files: {
        'pool.ts': `
          export class Pool {
            readonly #workers: Worker[] = [];
            constructor(count: number) {
              for (let index = 0; index < count; index++) this.#workers.push(this.#start());
            }
            #start() {
              const worker = new Worker('/job.js');
              worker.onerror = console.error;
              return worker;
            }
            run(job: string) { this.#workers[0]?.postMessage(job); }
            close() { for (const worker of this.#workers) worker.terminate(); }
          }
        `,
      },
      code: `
        import { Pool } from './pool.js';
        export function runAll(jobs: string[]) {
          const pool = new Pool(4);
                       ~~~~~~~~~~~ [neverReleased]
          for (const job of jobs) pool.run(job);
        }
      `,
      onlyTyped: 'the class is in another file',
      suggestions: [],
    },
    {
      name: 'is one of classes of two other files',
      files: {
        'base.ts': `
          export abstract class Base {
            readonly worker = new Worker('/job.js');
            close() { this.worker.terminate(); }
          }
        `,
        'job.ts': `
          import { Base } from './base.js';
          // A Worker, by its base.
          export class Job extends Base {
            run(name: string) { this.worker.postMessage(name); }
          }
        `,
      },
      code: `
        import { Job } from './job.js';
        export function run(name: string) {
          const job = new Job();
                      ~~~~~~~~~ [neverReleased]
          job.run(name);
        }
      `,
      onlyTyped: 'the class is in another file',
      suggestions: [],
    },
    {
      name: 'is handed over under a type that cannot end it',
      code: `
        class Decoder {
          #worker = new Worker('/decode.js');
          decode(text: string) { this.#worker.postMessage(text); }
          close() { this.#worker.terminate(); }
        }
        interface Codec { decode(text: string): void }
        export function options(name: string) {
          const codec: Codec = new Decoder();
                               ~~~~~~~~~~~~~ [neverReleased]
          return { name, codec };
        }
      `,
      onlyTyped: 'the type of the variable decides',
      suggestions: [],
    },
    // After the release
    {
      name: 'is a pool that is started again by a use after its release',
      code: `
        import Piscina from 'piscina';
        export async function build(pages: string[]) {
          const pool = new Piscina({ filename: '/render.js' });
          try {
            await Promise.all(pages.map(page => pool.run(page)));
          } finally {
            await pool.destroy();
          }
          await pool.run('index');
                ~~~~~~~~~~~~~~~~~ [usedAfterRelease {"witness": "pool.run"}]
        }
      `,
      suggestions: [],
    },
    {
      name: 'belongs to an instance that is used after it was closed',
      code: `
        import Piscina from 'piscina';
        class Renderer {
          #pool = new Piscina({ filename: '/render.js' });
          async render(page: string) { return (await this.#pool.run(page)) as string; }
          close() { return this.#pool.destroy(); }
        }
        export async function build(pages: string[]) {
          const renderer = new Renderer();
          try {
            for (const page of pages) await renderer.render(page);
          } finally {
            await renderer.close();
          }
          await renderer.render('index');
                ~~~~~~~~~~~~~~~~~~~~~~~~ [usedAfterRelease]
        }
      `,
      suggestions: [],
    },
  ],
});
