import type { ResourceSpecification } from '../../analysis/specification.js';

/**
 * async-sema. Left out: `RateLimit`, whose permits come back by a timer, and `drain()`, which is the wait for the end
 * of all work and is not followed by a release.
 */
export const asyncSema = {
  'async-sema/sema': {
    kind: 'lock',
    noun: 'semaphore permit',
    from: { package: 'async-sema', export: 'Sema' },
    acquire: [
      { how: 'method', name: 'acquire', awaited: true, obligation: 'receiver' },
      { how: 'method', name: 'tryAcquire', optional: true, obligation: 'receiver' },
    ],
    release: [{ receiverMethod: 'release' }],
    releaseTwice: 'overReleases',
    reentrant: true,
    docs: 'https://github.com/vercel/async-sema#api',
  },
} as const satisfies Record<string, ResourceSpecification>;
