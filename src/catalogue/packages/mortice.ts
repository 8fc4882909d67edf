import type { ResourceSpecification } from '../../analysis/specification.js';

/**
 * mortice. The default export makes the lock. Read locks are shared, yet not safe to take twice: a writer that waits in
 * between goes first.
 */
export const mortice = {
  'mortice/mortice': {
    kind: 'lock',
    noun: 'lock',
    from: { package: 'mortice', export: 'Mortice', instances: [{ call: 'default' }] },
    acquire: [
      { how: 'method', name: 'readLock', awaited: true, shared: true, obligation: 'result' },
      { how: 'method', name: 'writeLock', awaited: true, obligation: 'result' },
    ],
    release: [{ call: true }],
    acquireMayFail: { argument: 0 },
    docs: 'https://achingbrain.github.io/mortice/interfaces/Mortice.html',
  },
} as const satisfies Record<string, ResourceSpecification>;
