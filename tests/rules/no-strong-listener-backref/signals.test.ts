import { noStrongListenerBackref } from '../../../rules/no-strong-listener-backref.js';
import { testRule } from '../../support/rule-tester.js';

// The caller's signal lives on when the call has ended.
testRule(noStrongListenerBackref, {
  valid: [
    {
      name: 'is removed in finally',
      code: `
        export async function get(url: string, signal: AbortSignal) {
          const controller = new AbortController();
          const onAbort = () => { controller.abort(); };
          signal.addEventListener('abort', onAbort, { once: true });
          try {
            return await fetch(url, { signal: controller.signal });
          } finally {
            signal.removeEventListener('abort', onAbort);
          }
        }
      `,
    },
    {
      name: 'is removed in whatever settles the promise',
      code: `
        export function sleep(milliseconds: number, signal: AbortSignal) {
          return new Promise<void>((resolve, reject) => {
            const onAbort = () => { clearTimeout(timer); reject(new Error('aborted')); };
            const timer = setTimeout(() => { signal.removeEventListener('abort', onAbort); resolve(); }, milliseconds);
            signal.addEventListener('abort', onAbort, { once: true });
          });
        }
      `,
    },
    {
      name: 'is the only thing that the promise waits for',
      code: `
        export function aborted(signal: AbortSignal) {
          return new Promise<void>(resolve => {
            if (signal.aborted) {
              resolve();
              return;
            }
            signal.addEventListener('abort', () => { resolve(); }, { once: true });
          });
        }
      `,
    },
    {
      name: 'is the only thing that settles what the function waits for',
      code: `
        import { Future } from './future.js';
        export async function rejectOnAbort(signal: AbortSignal) {
          const future = new Future();
          signal.addEventListener('abort', () => { future.reject(signal.reason); }, { once: true });
          return future.promise;
        }
      `,
      files: { 'future.ts': 'export class Future { promise = Promise.resolve(); reject(reason: unknown) { void reason; } }' },
    },
    {
      name: 'is on a signal of this call',
      code: `
        export async function get(url: string) {
          const controller = new AbortController();
          controller.signal.addEventListener('abort', () => { console.log(url); });
          return await fetch(url, { signal: controller.signal });
        }
      `,
    },
    {
      name: 'is taken off by another signal',
      code: `
        export async function get(url: string, signal: AbortSignal) {
          const done = new AbortController();
          signal.addEventListener('abort', () => { console.log(url); }, { signal: done.signal });
          try {
            return await fetch(url);
          } finally {
            done.abort();
          }
        }
      `,
    },
    {
      name: 'ends the host, whose lifetime the signal is',
      code: `
        export class Archiver {
          async start(signal: AbortSignal) {
            signal.addEventListener('abort', () => { this.stop(); }, { once: true });
            await this.run();
          }
          stop() {}
          async run() {}
        }
      `,
    },
    {
      name: 'is registered by a constructor',
      code: `
        export class Archiver {
          constructor(signal: AbortSignal) {
            signal.addEventListener('abort', () => { console.log('end'); }, { once: true });
          }
        }
      `,
    },
    {
      name: 'is needed while a loop runs until the abort',
      code: `
        export async function poll(signal: AbortSignal) {
          let timer: ReturnType<typeof setTimeout> | undefined;
          signal.addEventListener('abort', () => { clearTimeout(timer); });
          while (!signal.aborted) {
            await new Promise(resolve => { timer = setTimeout(resolve, 1000); });
          }
        }
      `,
    },
    {
      name: 'undoes what the function has started and does not wait for',
      code: `
        import { bus } from './bus.js';
        export async function stream(topics: string[], signal: AbortSignal, emit: (topic: string) => void) {
          const onTopic = (topic: string) => { emit(topic); };
          for (const topic of topics) bus.on(topic, onTopic);
          signal.addEventListener('abort', () => {
            for (const topic of topics) bus.off(topic, onTopic);
          }, { once: true });
        }
      `,
      files: { 'bus.ts': "import { EventEmitter } from 'node:events'; export const bus = new EventEmitter();" },
    },
    {
      name: 'is needed after a branch that returns what can be stopped',
      code: `
        export async function monitor(signal: AbortSignal, byHook: boolean, poll: () => Promise<void>) {
          const stop = () => {};
          if (byHook) {
            signal.addEventListener('abort', () => { console.log('end'); }, { once: true });
            return { stop };
          }
          await poll();
          return { stop };
        }
      `,
    },
    {
      name: 'is on the signal of one request, which ends with it',
      code: `
        export async function handle(request: Request, close: () => void) {
          request.signal.addEventListener('abort', close, { once: true });
          const text = await request.text();
          close();
          return [text];
        }
      `,
    },
    {
      name: 'is kept with what it belongs to, and removed from there',
      code: `
        interface Entry { listener: () => void; signal: AbortSignal }
        const entries: Entry[] = [];
        export async function add(signal: AbortSignal, send: () => Promise<void>) {
          const entry: Entry = { listener: () => { console.log('abort'); }, signal };
          entries.push(entry);
          signal.addEventListener('abort', entry.listener, { once: true });
          await send();
        }
        export function take() {
          const next = entries.shift();
          if (next !== undefined) next.signal.removeEventListener('abort', next.listener);
        }
      `,
    },
    {
      name: 'is on a signal that the callers of a private method make',
      code: `
        export class Rooms {
          async get(ready: Promise<void>) {
            const controller = new AbortController();
            await this.#open(ready, controller);
          }
          async #open(ready: Promise<void>, controller: AbortController) {
            const aborted = new Promise<void>((_resolve, reject) => {
              controller.signal.addEventListener('abort', () => { reject(new Error('aborted')); }, { once: true });
            });
            await Promise.race([ready, aborted]);
          }
        }
      `,
    },
    {
      name: 'is no signal but something else that may be aborted',
      code: `
        export async function read(reader: FileReader, file: Blob) {
          reader.addEventListener('abort', () => { console.log('end'); });
          reader.readAsText(file);
          await Promise.resolve();
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is registered once, which only an abort ends',
      code: `
        export async function get(url: string, signal: AbortSignal) {
          const controller = new AbortController();
          signal.addEventListener('abort', () => { controller.abort(); }, { once: true });
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [abortListenerKept {"sender": "signal"}]
          const response = await fetch(url, { signal: controller.signal });
          return [response.status];
        }
      `,
      suggestions: [
        {
          messageId: 'removeInFinally',
          output: `
            export async function get(url: string, signal: AbortSignal) {
              const controller = new AbortController();
              const onAbort = () => { controller.abort(); };
              signal.addEventListener('abort', onAbort, { once: true });
              try {
                const response = await fetch(url, { signal: controller.signal });
                return [response.status];
              } finally {
                signal.removeEventListener('abort', onAbort);
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is registered where there is a signal',
      code: `
        export async function get(url: string, options: { signal?: AbortSignal }) {
          const controller = new AbortController();
          options.signal?.addEventListener('abort', () => { controller.abort(); });
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [abortListenerKept]
          await fetch(url, { signal: controller.signal });
        }
      `,
      suggestions: [
        {
          messageId: 'removeInFinally',
          output: `
            export async function get(url: string, options: { signal?: AbortSignal }) {
              const controller = new AbortController();
              const onAbort = () => { controller.abort(); };
              options.signal?.addEventListener('abort', onAbort);
              try {
                await fetch(url, { signal: controller.signal });
              } finally {
                options.signal?.removeEventListener('abort', onAbort);
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is left when the time of a promise has come',
      code: `
        export function sleep(milliseconds: number, signal: AbortSignal) {
          return new Promise<void>((resolve, reject) => {
            const timer = setTimeout(resolve, milliseconds);
            signal.addEventListener('abort', () => { clearTimeout(timer); reject(new Error('aborted')); });
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [abortListenerKept]
          });
        }
      `,
      suggestions: [
        {
          messageId: 'removeWhenSettled',
          output: `
            export function sleep(milliseconds: number, signal: AbortSignal) {
              return new Promise<void>((resolve, reject) => {
                const timer = setTimeout(() => { stopListening(); resolve(undefined); }, milliseconds);
                const onAbort = () => { clearTimeout(timer); stopListening(); reject(new Error('aborted')); };
                const stopListening = () => {
                  signal.removeEventListener('abort', onAbort);
                };
                signal.addEventListener('abort', onAbort);
              });
            }
          `,
        },
      ],
    },
    {
      name: 'is left when another promise has won the race',
      code: `
        export async function orAbort(work: Promise<string>, signal: AbortSignal) {
          const aborted = new Promise<string>((_resolve, reject) => {
            signal.addEventListener('abort', () => { reject(new Error('aborted')); }, { once: true });
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [abortListenerKept]
          });
          return await Promise.race([work, aborted]);
        }
      `,
      suggestions: [],
    },
    {
      name: 'belongs to a promise that a wrapped function settles',
      code: `
        export function withCancel(run: () => Promise<string>, signal: AbortSignal) {
          return function () {
            return new Promise<string>((resolve, reject) => {
              signal.addEventListener('abort', () => { reject(new Error('aborted')); });
              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [abortListenerKept]
              run().then(resolve, reject);
            });
          };
        }
      `,
      suggestions: [
        {
          messageId: 'removeWhenSettled',
          output: `
            export function withCancel(run: () => Promise<string>, signal: AbortSignal) {
              return function () {
                return new Promise<string>((resolve, reject) => {
                  const onAbort = () => { stopListening(); reject(new Error('aborted')); };
                  const stopListening = () => {
                    signal.removeEventListener('abort', onAbort);
                  };
                  signal.addEventListener('abort', onAbort);
                  run().then(resolve, reject).then(stopListening, stopListening);
                });
              };
            }
          `,
        },
      ],
    },
    {
      name: 'is removed as another function',
      code: `
        export async function request(url: string, find: { getSignal(): AbortSignal | undefined }) {
          const controller = new AbortController();
          const signal = find.getSignal();
          if (signal) {
            signal.addEventListener('abort', () => { controller.abort(); });
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [removalCannotMatch {"line": "10"}]
          }
          try {
            return await fetch(url, { signal: controller.signal });
          } finally {
            signal?.removeEventListener('abort', controller.abort);
          }
        }
      `,
      suggestions: [
        {
          messageId: 'makeItMatch',
          output: `
            export async function request(url: string, find: { getSignal(): AbortSignal | undefined }) {
              const controller = new AbortController();
              const signal = find.getSignal();
              const onAbort = () => { controller.abort(); };
              if (signal) {
                signal.addEventListener('abort', onAbort);
              }
              try {
                return await fetch(url, { signal: controller.signal });
              } finally {
                signal?.removeEventListener('abort', onAbort);
              }
            }
          `,
        },
      ],
    },
  ],
});
