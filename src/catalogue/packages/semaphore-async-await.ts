import type { ResourceSpecification } from '../../analysis/specification.js';

/**
 * semaphore-async-await. `wait()` and its alias `acquire()` are always fulfilled with true, although their type is
 * boolean. Left out: `drainPermits()`, which takes any number of permits.
 */
export const semaphoreAsyncAwait = {
  'semaphore-async-await/semaphore': {
    kind: 'lock',
    noun: 'semaphore permit',
    from: { package: 'semaphore-async-await', export: ['default', 'Lock'] },
    acquire: [
      { how: 'method', name: 'acquire', awaited: true, obligation: 'receiver' },
      { how: 'method', name: 'wait', awaited: true, obligation: 'receiver' },
      { how: 'method', name: 'waitFor', awaited: true, optional: true, obligation: 'receiver' },
      { how: 'method', name: 'tryAcquire', optional: true, obligation: 'receiver' },
    ],
    release: [{ receiverMethod: 'release' }, { receiverMethod: 'signal' }],
    scopedForm: { method: 'execute', callback: 0 },
    releaseTwice: 'overReleases',
    reentrant: true,
    docs: 'https://jsoendermann.github.io/semaphore-async-await/classes/semaphore.html',
  },
} as const satisfies Record<string, ResourceSpecification>;
