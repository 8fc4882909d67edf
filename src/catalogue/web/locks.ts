import type { ResourceSpecification } from '../../analysis/specification.js';

/**
 * Web Locks. The lock is held until the promise of the callback settles, so there is no obligation to track. The
 * request is rejected when its signal aborts or another request steals the lock.
 */
export const webLocks = {
  'web/locks': {
    kind: 'lock',
    noun: 'lock',
    from: { global: 'navigator.locks' },
    acquire: [],
    release: [],
    scopedForm: { method: 'request', callback: 'last' },
    acquireMayFail: true,
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/LockManager/request',
  },
} as const satisfies Record<string, ResourceSpecification>;
