import { noUnjoinedWorker } from '../../../rules/no-unjoined-worker.js';
import { testRule } from '../../support/rule-tester.js';

const threads = `
  export class Worker { constructor(path: string); terminate(): void; }
  export function spawn(worker: Worker, options?: { timeout: number }): Promise<{ sum(): Promise<number> }>;
  export const Thread: { terminate(thread: object): Promise<void> };
`;

// Workers that one function starts: what hands them over, what ends them, and the window in between.
testRule(noUnjoinedWorker, {
  valid: [
    // Handed over
    {
      name: 'is returned by the function that starts it, with a handler of its own',
      code: `
        export const spawnCodec = (url: URL) => {
          const worker = new Worker(url);
          worker.onerror = () => { console.error('failed'); };
          return worker;
        };
      `,
    },
    {
      name: 'is returned inside an object that can end it',
      code: `
        export function connect(url: URL) {
          const worker = new Worker(url);
          return { post: (text: string) => { worker.postMessage(text); }, close: () => { worker.terminate(); } };
        }
      `,
    },
    {
      name: 'is put into a collection that outlives the function',
      code: `
        const idle: Worker[] = [];
        export function grow(url: URL) {
          const worker = new Worker(url);
          worker.onmessage = event => { console.log(event.data); };
          idle.push(worker);
        }
      `,
    },
    {
      name: 'is passed to a constructor that may own it',
      code: `
        declare class Slot { constructor(worker: Worker); }
        export function fill(slots: Slot[], url: URL) {
          slots.push(new Slot(new Worker(url)));
        }
      `,
    },
    {
      name: 'is an option of something that may own it',
      code: `
        declare function openRoom(options: { encryption: { worker: Worker } }): void;
        export function join(url: URL) {
          openRoom({ encryption: { worker: new Worker(url) } });
        }
      `,
    },
    {
      name: 'is a singleton of its module',
      code: `
        let worker: Worker | undefined;
        export function decode(text: string) {
          worker ??= new Worker('/decode.js');
          worker.postMessage(text);
        }
      `,
    },
    {
      name: 'is kept by a proxy that its module keeps',
      code: `
        import { wrap, type Remote } from 'comlink';
        let api: Remote<{ run(): void }> | undefined;
        export function remote() {
          api ??= wrap<{ run(): void }>(new Worker('/run.js'));
          return api;
        }
      `,
    },
    {
      name: 'is started by module code',
      code: `
        const worker = new Worker('/clock.js');
        worker.onmessage = event => { console.log(event.data); };
      `,
    },
    // Ended
    {
      name: 'is ended in finally',
      code: `
        export async function measure(url: URL) {
          const worker = new Worker(url);
          try {
            return await roundTrip(worker);
          } finally {
            worker.terminate();
          }
        }
        declare function roundTrip(worker: Worker): Promise<number>;
      `,
    },
    {
      name: 'is ended by an abort signal',
      code: `
        export function watch(url: URL, signal: AbortSignal) {
          const worker = new Worker(url);
          worker.onmessage = event => { console.log(event.data); };
          signal.addEventListener('abort', () => { worker.terminate(); }, { once: true });
        }
      `,
    },
    {
      name: 'is ended by a function that is registered when it starts',
      code: `
        declare function onUnload(callback: () => void): void;
        export function index(url: URL) {
          const worker = new Worker(url);
          onUnload(() => { worker.terminate(); });
          worker.postMessage('index');
        }
      `,
    },
    {
      name: 'is ended by its own handler through a local function',
      code: `
        export function run(url: URL, done: (result: unknown) => void) {
          const worker = new Worker(url);
          const complete = () => { worker.terminate(); };
          worker.onmessage = event => { complete(); done(event.data); };
        }
      `,
    },
    {
      name: 'is ended by the target of the event',
      code: `
        export function run(url: URL) {
          const worker = new Worker(url);
          worker.onmessage = event => { (event.target as Worker).terminate(); };
        }
      `,
    },
    {
      name: 'is ended by the name of the chain that starts it',
      code: `
        import { Worker } from 'node:worker_threads';
        export async function run(work: (worker: Worker) => Promise<void>) {
          const worker = new Worker("require('node:worker_threads').parentPort.on('message', () => {})", { eval: true }).on('message', text => { console.log(text); });
          try {
            await work(worker);
          } finally {
            await worker.terminate();
          }
        }
      `,
    },
    // Ends by itself
    {
      name: 'is waited for by its exit event',
      code: `
        import { once } from 'node:events';
        import { Worker } from 'node:worker_threads';
        export async function build(file: string) {
          const worker = new Worker(file, { workerData: 1 });
          const [code] = await once(worker, 'exit');
          return code as number;
        }
      `,
    },
    {
      name: 'settles a promise by its exit event',
      code: `
        import { Worker } from 'node:worker_threads';
        export function build(file: string) {
          return new Promise<number>((resolve, reject) => {
            const worker = new Worker(file);
            worker.on('error', reject);
            worker.on('exit', resolve);
          });
        }
      `,
    },
    {
      name: 'runs a script that waits for nothing',
      code: `
        import { Worker } from 'node:worker_threads';
        export function warmUp() {
          new Worker('console.log(1)', { eval: true });
        }
      `,
    },
    {
      name: 'runs a script that leaves when it is told to',
      code: `
        import { Worker } from 'node:worker_threads';
        export function warmUp() {
          const worker = new Worker("require('node:worker_threads').parentPort.on('message', () => { process.exit(); })", { eval: true });
          worker.postMessage('end');
        }
      `,
    },
    {
      name: 'is told to end by a message',
      code: `
        export function highlight(text: string, show: (html: unknown) => void) {
          const worker = new Worker('/highlight.js');
          worker.onmessage = event => { show(event.data); };
          worker.postMessage(JSON.stringify({ text, closeWhenDone: true }));
        }
      `,
    },
    {
      name: 'runs a script that nobody can read',
      code: `
        import { Worker } from 'node:worker_threads';
        export function warmUp(file: string) {
          const worker = new Worker(file);
          worker.postMessage('begin');
        }
      `,
    },
    // Not a worker
    {
      name: 'is a class of the file that is called Worker',
      code: `
        class Worker { constructor(readonly queue: string) {} }
        export function consume() {
          new Worker('mail');
        }
      `,
      typescriptOnly: 'a parameter property',
    },
    {
      name: 'is imported from a package that starts no thread',
      code: `
        import { Worker } from './queue.js';
        export function consume() {
          const worker = new Worker('mail');
          worker.onmessage = () => { console.log('mail'); };
        }
      `,
      files: { 'queue.ts': `export class Worker { onmessage?: () => void; constructor(readonly queue: string) {} }` },
    },
    // The window before the hand-over
    {
      name: 'has an owner before anything can fail',
      code: `
        declare function ready(): Promise<void>;
        const workers = new Set<Worker>();
        export async function start(url: URL) {
          const worker = new Worker(url);
          workers.add(worker);
          await ready();
          return worker;
        }
      `,
    },
    {
      name: 'is ended when what comes before its hand-over fails',
      code: `
        declare function ready(): Promise<void>;
        export async function start(url: URL) {
          const worker = new Worker(url);
          try {
            await ready();
          } catch (error) {
            worker.terminate();
            throw error;
          }
          return worker;
        }
      `,
    },
    {
      name: 'only posts a message before its hand-over',
      code: `
        export function start(url: URL) {
          const worker = new Worker(url);
          worker.postMessage({ kind: 'begin' });
          return worker;
        }
      `,
    },
    {
      name: 'is given to a thread that is spawned',
      code: `
        import { spawn, Thread, Worker } from 'threads';
        export async function sum() {
          const thread = await spawn(new Worker('./sum.js'));
          await Thread.terminate(thread);
        }
      `,
      files: { 'node_modules/threads/index.d.ts': threads },
    },
  ],
  invalid: [
    {
      name: 'is forgotten by the function that starts it',
      code: `
        export function decode(url: URL, show: (image: unknown) => void) {
          const worker = new Worker(url);
                         ~~~~~~~~~~~~~~~ [neverReleased {"noun": "worker"}]
          worker.onmessage = event => { show(event.data); };
          worker.postMessage('begin');
        }
      `,
      suggestions: [
        {
          messageId: 'terminateAfterMessage',
          output: `
            export function decode(url: URL, show: (image: unknown) => void) {
              const worker = new Worker(url);
              worker.onmessage = event => { worker.terminate(); show(event.data); };
              worker.postMessage('begin');
            }
          `,
        },
      ],
    },
    {
      name: 'is forgotten by the function that asks it twice',
      code: `
        export function decode(url: URL, show: (image: unknown) => void) {
          const worker = new Worker(url);
                         ~~~~~~~~~~~~~~~ [neverReleased]
          worker.onmessage = event => { show(event.data); };
          worker.postMessage('begin');
          worker.postMessage('end');
        }
      `,
      suggestions: [],
    },
    {
      name: 'is forgotten by the function that gives its answer to another one',
      code: `
        export function decode(url: URL, show: (answer: MessageEvent) => void) {
          const worker = new Worker(url);
                         ~~~~~~~~~~~~~~~ [neverReleased]
          worker.onmessage = show;
          worker.postMessage('begin');
        }
      `,
      suggestions: [
        {
          messageId: 'terminateAfterMessage',
          output: `
            export function decode(url: URL, show: (answer: MessageEvent) => void) {
              const worker = new Worker(url);
              worker.onmessage = event => { worker.terminate(); show(event); };
              worker.postMessage('begin');
            }
          `,
        },
      ],
    },
    {
      name: 'has no name',
      code: `
        export function warmUp(url: URL) {
          new Worker(url);
          ~~~~~~~~~~~~~~~ [handleDropped]
        }
      `,
      suggestions: [],
    },
    {
      name: 'only gets a handler and has no name',
      code: `
        import { Worker } from 'node:worker_threads';
        const script = "require('node:worker_threads').parentPort.on('message', text => { console.log(text); })";
        export function warmUp() {
          new Worker(script, { eval: true }).on('message', text => { console.log(text); });
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [neverReleased]
        }
      `,
      suggestions: [],
    },
    {
      name: 'runs a script that waits for messages',
      code: `
        import { Worker } from 'node:worker_threads';
        export function warmUp() {
          const worker = new Worker("require('node:worker_threads').parentPort.on('message', () => {})", { eval: true });
                         ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [neverReleased]
          worker.postMessage('begin');
        }
      `,
      suggestions: [],
    },
    {
      name: 'runs a script that nobody can read, where possible findings are asked for',
      options: [{ report: 'possible' }],
      code: `
        import { Worker } from 'node:worker_threads';
        export function warmUp(file: string) {
          const worker = new Worker(file);
                         ~~~~~~~~~~~~~~~~ [neverReleased]
          worker.postMessage('begin');
        }
      `,
      suggestions: [],
    },
    {
      name: 'is lost when what comes before its hand-over fails',
      code: `
        declare function ready(): Promise<void>;
        export async function start(url: URL) {
          const worker = new Worker(url);
                         ~~~~~~~~~~~~~~~ [missedOnException {"witness": "ready()"}]
          await ready();
          return worker;
        }
      `,
      suggestions: [
        {
          messageId: 'releaseOnError',
          output: `
            declare function ready(): Promise<void>;
            export async function start(url: URL) {
              const worker = new Worker(url);
              try {
                await ready();
              } catch (error) {
                worker.terminate();
                throw error;
              }
              return worker;
            }
          `,
        },
      ],
    },
    {
      name: 'is lost when the thread that is to be spawned from it does not come up',
      code: `
        import { spawn, Worker } from 'threads';
        export async function connect() {
          const worker = new Worker('./sum.js');
                         ~~~~~~~~~~~~~~~~~~~~~~ [missedOnException {"witness": "spawn(worker, { timeout: 100 })"}]
          const thread = await spawn(worker, { timeout: 100 });
          return { thread };
        }
      `,
      files: { 'node_modules/threads/index.d.ts': threads },
      suggestions: [
        {
          messageId: 'releaseOnError',
          output: `
            import { spawn, Worker } from 'threads';
            export async function connect() {
              const worker = new Worker('./sum.js');
              let thread;
              try {
                thread = await spawn(worker, { timeout: 100 });
              } catch (error) {
                worker.terminate();
                throw error;
              }
              return { thread };
            }
          `,
        },
      ],
    },
    {
      name: 'is kept by a proxy that the function forgets',
      code: `
        import { wrap } from 'comlink';
        export async function run() {
          const api = wrap<{ run(): Promise<number> }>(new Worker('/run.js'));
                                                       ~~~~~~~~~~~~~~~~~~~~~ [neverReleased]
          return await api.run();
        }
      `,
      suggestions: [],
    },
    {
      name: 'is imported through a bundler that makes a worker of it',
      code: `
        import Outline from './outline?worker';
        export function outline(path: string, draw: (lines: unknown) => void) {
          const worker = new Outline();
                         ~~~~~~~~~~~~~ [neverReleased]
          worker.onmessage = ({ data }: MessageEvent) => { draw(data); };
          worker.postMessage(path);
        }
      `,
      files: {
        'bundler.d.ts': `
          declare module '*?worker' {
            const constructor: new () => Worker;
            export default constructor;
          }
        `,
      },
      suggestions: [
        {
          messageId: 'terminateAfterMessage',
          output: `
            import Outline from './outline?worker';
            export function outline(path: string, draw: (lines: unknown) => void) {
              const worker = new Outline();
              worker.onmessage = ({ data }: MessageEvent) => { worker.terminate(); draw(data); };
              worker.postMessage(path);
            }
          `,
        },
      ],
    },
    {
      name: 'is a pool that is made for one call',
      code: `
        import Piscina from 'piscina';
        export async function render(pages: string[]) {
          const pool = new Piscina({ filename: '/render.js' });
                       ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [neverReleased]
          await Promise.all(pages.map(page => pool.run(page) as Promise<void>));
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import Piscina from 'piscina';
            export async function render(pages: string[]) {
              const pool = new Piscina({ filename: '/render.js' });
              try {
                await Promise.all(pages.map(page => pool.run(page) as Promise<void>));
              } finally {
                await pool.destroy();
              }
            }
          `,
        },
      ],
    },
  ],
});
