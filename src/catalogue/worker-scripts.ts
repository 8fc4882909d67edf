import type { WorkerScript } from '../analysis/thread-specification.js';

/** What only the script of a worker uses. A path tells nothing: `worker.ts` may hold the class that starts one. */
export const workerScripts: WorkerScript = {
  exports: [
    { package: 'worker_threads', export: ['parentPort', 'workerData'] },
    { package: ['comlink', 'workerpool/worker', 'threads/worker', '@chainsafe/threads/worker'], export: 'expose' },
    { package: 'workerpool', export: 'worker' },
  ],
  mainThread: { package: 'worker_threads', export: 'isMainThread' },
  handlers: ['onmessage'],
  globals: ['DedicatedWorkerGlobalScope', 'WorkerGlobalScope', 'importScripts'],
};
