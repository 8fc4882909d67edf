import { noUnjoinedWorker } from '../../../rules/no-unjoined-worker.js';
import { testRule } from '../../support/rule-tester.js';

// Workers that are wrapped in a promise: each handler that settles it has to end them.
testRule(noUnjoinedWorker, {
  valid: [
    {
      name: 'is ended by every handler that settles the promise',
      code: `
        export function sum(values: number[]) {
          return new Promise<number>((resolve, reject) => {
            const worker = new Worker('/sum.js');
            worker.onmessage = (event: MessageEvent<number>) => {
              worker.terminate();
              resolve(event.data);
            };
            worker.onerror = error => {
              worker.terminate();
              reject(new Error(error.message));
            };
            worker.postMessage(values);
          });
        }
      `,
    },
    {
      name: 'is ended by one function that all handlers call',
      code: `
        export function sum(values: number[]) {
          return new Promise<number>((resolve, reject) => {
            const worker = new Worker('/sum.js');
            const finish = (settle: () => void) => {
              worker.terminate();
              settle();
            };
            worker.onmessage = (event: MessageEvent<number>) => { finish(() => { resolve(event.data); }); };
            worker.onerror = error => { finish(() => { reject(new Error(error.message)); }); };
            setTimeout(() => { finish(() => { reject(new Error('late')); }); }, 1000);
            worker.postMessage(values);
          });
        }
      `,
    },
    {
      name: 'is ended when the promise is settled',
      code: `
        export function sum(values: number[]) {
          const worker = new Worker('/sum.js');
          return new Promise<number>((resolve, reject) => {
            worker.onmessage = (event: MessageEvent<number>) => { resolve(event.data); };
            worker.onerror = reject;
            worker.postMessage(values);
          }).finally(() => { worker.terminate(); });
        }
      `,
    },
    {
      name: 'goes on after a message that does not settle the promise',
      code: `
        export function sum(values: number[], show: (percent: number) => void) {
          return new Promise<number>((resolve, reject) => {
            const worker = new Worker('/sum.js');
            worker.onmessage = (event: MessageEvent<{ percent?: number; sum: number }>) => {
              if (event.data.percent !== undefined) {
                show(event.data.percent);
                return;
              }
              resolve(event.data.sum);
              worker.terminate();
            };
            worker.onerror = error => {
              reject(new Error(error.message));
              worker.terminate();
            };
            worker.postMessage(values);
          });
        }
      `,
    },
    {
      name: 'has failed, which ends a worker of Node',
      code: `
        import { Worker } from 'node:worker_threads';
        export function sum(file: string) {
          return new Promise<unknown>((resolve, reject) => {
            const worker = new Worker(file);
            worker.once('message', result => {
              void worker.terminate();
              resolve(result);
            });
            worker.once('error', reject);
          });
        }
      `,
    },
    {
      name: 'has sent its result and may have nothing left to do',
      code: `
        import { Worker } from 'node:worker_threads';
        export function sum(file: string) {
          return new Promise<unknown>((resolve, reject) => {
            const worker = new Worker(file);
            worker.on('message', resolve);
            worker.on('error', reject);
            worker.on('exit', code => {
              if (code !== 0) reject(new Error('failed'));
            });
          });
        }
      `,
    },
    {
      name: 'is the value of the promise',
      code: `
        export function start(url: URL) {
          return new Promise<Worker>((resolve, reject) => {
            const worker = new Worker(url);
            worker.onmessage = () => { resolve(worker); };
            worker.onerror = error => {
              worker.terminate();
              reject(new Error(error.message));
            };
          });
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is ended on success alone',
      code: `
        export function sum(values: number[]) {
          return new Promise<number>((resolve, reject) => {
            const worker = new Worker('/sum.js');
                           ~~~~~~~~~~~~~~~~~~~~~ [settledWithout {"witness": "reject(new Error(error.message))"}]
            worker.onmessage = (event: MessageEvent<number>) => {
              worker.terminate();
              resolve(event.data);
            };
            worker.onerror = error => {
              reject(new Error(error.message));
            };
            worker.postMessage(values);
          });
        }
      `,
      suggestions: [
        {
          messageId: 'terminateWhenSettled',
          output: `
            export function sum(values: number[]) {
              return new Promise<number>((resolve, reject) => {
                const worker = new Worker('/sum.js');
                worker.onmessage = (event: MessageEvent<number>) => {
                  worker.terminate();
                  resolve(event.data);
                };
                worker.onerror = error => {
                  worker.terminate();
                  reject(new Error(error.message));
                };
                worker.postMessage(values);
              });
            }
          `,
        },
      ],
    },
    {
      name: 'is ended on success alone, and the promise is rejected as such',
      code: `
        export function sum(values: number[]) {
          return new Promise<number>((resolve, reject) => {
            const worker = new Worker('/sum.js');
                           ~~~~~~~~~~~~~~~~~~~~~ [settledWithout {"witness": "reject"}]
            worker.onmessage = (event: MessageEvent<number>) => {
              worker.terminate();
              resolve(event.data);
            };
            worker.onerror = reject;
            worker.postMessage(values);
          });
        }
      `,
      suggestions: [],
    },
    {
      name: 'lives on after the promise is rejected by a timeout',
      code: `
        import { Worker } from 'node:worker_threads';
        export function sum(file: string) {
          return new Promise<unknown>((resolve, reject) => {
            const worker = new Worker(file);
                           ~~~~~~~~~~~~~~~~ [settledWithout {"witness": "reject(new Error('late'))"}]
            const timer = setTimeout(() => { reject(new Error('late')); }, 1000);
            worker.once('message', result => {
              clearTimeout(timer);
              void worker.terminate();
              resolve(result);
            });
            worker.once('error', reject);
          });
        }
      `,
      suggestions: [
        {
          messageId: 'terminateWhenSettled',
          output: `
            import { Worker } from 'node:worker_threads';
            export function sum(file: string) {
              return new Promise<unknown>((resolve, reject) => {
                const worker = new Worker(file);
                const timer = setTimeout(() => { void worker.terminate(); reject(new Error('late')); }, 1000);
                worker.once('message', result => {
                  clearTimeout(timer);
                  void worker.terminate();
                  resolve(result);
                });
                worker.once('error', reject);
              });
            }
          `,
        },
      ],
    },
    {
      name: 'is ended by none of the handlers that settle the promise',
      code: `
        export function unpack(archive: ArrayBuffer) {
          return new Promise<unknown>((resolve, reject) => {
            const worker = new Worker('/unpack.js');
                           ~~~~~~~~~~~~~~~~~~~~~~~~ [neverReleased]
            worker.onmessage = ({ data }: MessageEvent<{ kind: string; files: unknown }>) => {
              switch (data.kind) {
                case 'log':
                  console.log(data);
                  break;
                case 'complete':
                  resolve(data.files);
                  break;
                default:
                  reject(new Error(data.kind));
              }
            };
            worker.onerror = error => { reject(new Error(error.message)); };
            worker.postMessage(archive, [archive]);
          });
        }
      `,
      suggestions: [
        {
          messageId: 'terminateWhenSettled',
          output: `
            export function unpack(archive: ArrayBuffer) {
              return new Promise<unknown>((resolve, reject) => {
                const worker = new Worker('/unpack.js');
                worker.onmessage = ({ data }: MessageEvent<{ kind: string; files: unknown }>) => {
                  switch (data.kind) {
                    case 'log':
                      console.log(data);
                      break;
                    case 'complete':
                      worker.terminate();
                      resolve(data.files);
                      break;
                    default:
                      worker.terminate();
                      reject(new Error(data.kind));
                  }
                };
                worker.onerror = error => { worker.terminate(); reject(new Error(error.message)); };
                worker.postMessage(archive, [archive]);
              });
            }
          `,
        },
      ],
    },
    {
      name: 'is ended by no handler that settles a deferred object',
      code: `
        declare function defer<T>(): { promise: Promise<T>; resolve(value: T): void; reject(reason: unknown): void };
        export function select(rows: unknown[]) {
          const deferred = defer<unknown>();
          const worker = new Worker('/select.js');
                         ~~~~~~~~~~~~~~~~~~~~~~~~ [neverReleased]
          worker.onmessage = event => {
            deferred.resolve(event.data);
          };
          worker.onerror = error => {
            deferred.reject(error);
          };
          worker.postMessage(rows);
          return deferred.promise;
        }
      `,
      suggestions: [
        {
          messageId: 'terminateWhenSettled',
          output: `
            declare function defer<T>(): { promise: Promise<T>; resolve(value: T): void; reject(reason: unknown): void };
            export function select(rows: unknown[]) {
              const deferred = defer<unknown>();
              const worker = new Worker('/select.js');
              worker.onmessage = event => {
                worker.terminate();
                deferred.resolve(event.data);
              };
              worker.onerror = error => {
                worker.terminate();
                deferred.reject(error);
              };
              worker.postMessage(rows);
              return deferred.promise;
            }
          `,
        },
      ],
    },
  ],
});
