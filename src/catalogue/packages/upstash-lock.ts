import type { ResourceSpecification } from '../../analysis/specification.js';

/** @upstash/lock. `acquire()` gives false after its retries and rejects when the request fails. */
export const upstashLock = {
  '@upstash/lock/lock': {
    kind: 'lock',
    noun: 'lock',
    from: { package: '@upstash/lock', export: 'Lock' },
    acquire: [{ how: 'method', name: 'acquire', awaited: true, optional: true, obligation: 'receiver' }],
    release: [{ receiverMethod: 'release' }],
    awaitRelease: true,
    acquireMayFail: true,
    reentrant: true,
    docs: 'https://github.com/upstash/lock#api',
  },
} as const satisfies Record<string, ResourceSpecification>;
