import type { ResourceSpecification } from '../../analysis/specification.js';

/**
 * async-mutex. A pending `acquire()` is rejected by `cancel()`, and by the decorators `withTimeout` and `tryAcquire`.
 * The releaser ignores a second call.
 */
export const asyncMutex = {
  'async-mutex/mutex': {
    kind: 'lock',
    noun: 'lock',
    from: {
      package: 'async-mutex',
      export: ['Mutex', 'MutexInterface'],
      instances: [
        { call: 'withTimeout', argument: 0 },
        { call: 'tryAcquire', argument: 0 },
      ],
    },
    acquire: [{ how: 'method', name: 'acquire', awaited: true, obligation: 'result' }],
    release: [{ call: true }, { receiverMethod: 'release' }],
    scopedForm: { method: 'runExclusive', callback: 0 },
    acquireMayFail: true,
    docs: 'https://github.com/DirtyHairy/async-mutex#api',
  },
  'async-mutex/semaphore': {
    kind: 'lock',
    noun: 'semaphore permit',
    from: {
      package: 'async-mutex',
      export: ['Semaphore', 'SemaphoreInterface'],
      instances: [
        { call: 'withTimeout', argument: 0 },
        { call: 'tryAcquire', argument: 0 },
      ],
    },
    acquire: [{ how: 'method', name: 'acquire', awaited: true, obligation: { element: 1 } }],
    release: [{ call: true }, { receiverMethod: 'release' }],
    scopedForm: { method: 'runExclusive', callback: 0 },
    acquireMayFail: true,
    reentrant: true,
    docs: 'https://github.com/DirtyHairy/async-mutex#api-1',
  },
} as const satisfies Record<string, ResourceSpecification>;
