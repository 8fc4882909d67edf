import type { ResourceSpecification } from '../../analysis/specification.js';

/** await-lock. `acquireAsync()` without a timeout waits for ever; `release()` of a free lock throws. */
export const awaitLock = {
  'await-lock/await-lock': {
    kind: 'lock',
    noun: 'lock',
    from: { package: 'await-lock', export: 'default' },
    acquire: [
      { how: 'method', name: 'acquireAsync', awaited: true, obligation: 'receiver' },
      { how: 'method', name: 'tryAcquire', optional: true, obligation: 'receiver' },
    ],
    release: [{ receiverMethod: 'release' }],
    acquireMayFail: { argument: 0 },
    releaseTwice: 'throws',
    docs: 'https://github.com/ide/await-lock#api',
  },
} as const satisfies Record<string, ResourceSpecification>;
