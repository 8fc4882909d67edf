import type { ResourceSpecification } from '../../analysis/specification.js';

/**
 * async-lock. `acquire(key, fn)` holds the lock until the promise of `fn` settles; if `fn` declares one parameter,
 * until that is called, or `fn` throws at once. `acquire` is rejected by its timeouts and by a full queue.
 * Reentrant only inside one `domain`, and only when asked for: `{ domainReentrant: true }`.
 */
export const asyncLock = {
  'async-lock/async-lock': {
    kind: 'lock',
    noun: 'lock',
    from: { package: 'async-lock', export: 'default' },
    acquire: [{ how: 'method', name: 'acquire', obligation: { callback: 1, parameter: 0, releasedByThrow: true } }],
    release: [{ call: true }],
    scopedForm: { method: 'acquire', callback: 1 },
    acquireMayFail: true,
    docs: 'https://github.com/rogierschouten/async-lock#get-started',
  },
} as const satisfies Record<string, ResourceSpecification>;
