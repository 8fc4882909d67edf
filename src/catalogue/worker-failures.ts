import type { WorkerFailure } from '../analysis/thread-specification.js';

/**
 * How workers fail. Node's `Worker` is an `EventEmitter`: an `error` event without a listener is thrown in the parent,
 * where it ends the process, and `process.exit()` in the worker gives `exit` alone. The web's tells its parent of
 * exceptions and of a script that cannot be loaded, by an `error` event that is lost without a listener; it does not tell
 * of rejected promises, nor of `close()`.
 */
export const workerFailures: readonly WorkerFailure[] = [
  {
    resources: ['node/worker'],
    error: 'error',
    end: 'exit',
    others: ['messageerror'],
    hasHandlerProperties: false,
    unheard: 'endsProgram',
    docs: 'https://nodejs.org/api/worker_threads.html#event-error',
  },
  {
    resources: ['web/worker', 'web/worker-import', 'web-worker/worker'],
    error: 'error',
    others: ['messageerror'],
    hasHandlerProperties: true,
    unheard: 'isLost',
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/Worker/error_event',
  },
];
