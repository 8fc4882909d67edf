import type { ResourceSpecification } from '../../analysis/specification.js';
import { workerParameters } from '../worker-parameters.js';

const packages = ['threads', '@chainsafe/threads'];

/**
 * threads and its fork. `spawn` waits for the worker to announce itself and is rejected when it does not in time, which
 * leaves the worker running. What ends a spawned thread is `Thread.terminate`, not a method of its own.
 */
export const threads = {
  'threads/thread': {
    kind: 'worker',
    noun: 'thread',
    from: { package: packages, export: 'spawn' },
    acquire: [{ how: 'call', awaited: true, obligation: 'result' }],
    release: [{ function: 'Thread.terminate', argument: 0 }],
    awaitRelease: true,
    acquireMayFail: true,
    parameters: [
      { call: { package: packages, export: ['Thread.errors', 'Thread.events'] }, argument: 0, effect: 'borrow' },
    ],
    docs: 'https://threads.js.org/usage#basic-usage',
  },
  'threads/worker': {
    kind: 'worker',
    noun: 'worker',
    from: { package: packages, export: ['Worker', 'BlobWorker'] },
    acquire: [{ how: 'new', obligation: 'result' }],
    release: [{ method: 'terminate' }],
    parameters: workerParameters,
    docs: 'https://threads.js.org/usage#basic-usage',
  },
  'threads/pool': {
    kind: 'pool',
    noun: 'thread pool',
    from: { package: packages, export: 'Pool' },
    acquire: [{ how: 'call', obligation: 'result' }],
    release: [{ method: 'terminate' }],
    awaitRelease: true,
    docs: 'https://threads.js.org/usage-pool',
  },
} as const satisfies Record<string, ResourceSpecification>;
