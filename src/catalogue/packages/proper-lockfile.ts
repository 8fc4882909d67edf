import type { ResourceSpecification } from '../../analysis/specification.js';

/**
 * proper-lockfile. A lock that is held already rejects (or throws) with `ELOCKED`, a second release with `ERELEASED`, a
 * second `unlock` with `ENOTACQUIRED`. Locks that are still held when the process exits are removed then.
 */
export const properLockfile = {
  'proper-lockfile/lock': {
    kind: 'lock',
    noun: 'file lock',
    from: { package: 'proper-lockfile', export: 'lock' },
    acquire: [{ how: 'call', awaited: true, obligation: 'result' }],
    release: [{ call: true }, { function: 'unlock', argument: 0 }, { function: 'unlockSync', argument: 0 }],
    awaitRelease: true,
    acquireMayFail: true,
    releaseTwice: 'throws',
    reentrant: true,
    docs: 'https://github.com/moxystudio/node-proper-lockfile#usage',
  },
  'proper-lockfile/lockSync': {
    kind: 'lock',
    noun: 'file lock',
    from: { package: 'proper-lockfile', export: 'lockSync' },
    acquire: [{ how: 'call', obligation: 'result' }],
    release: [{ call: true }, { function: 'unlockSync', argument: 0 }, { function: 'unlock', argument: 0 }],
    acquireMayFail: true,
    releaseTwice: 'throws',
    reentrant: true,
    docs: 'https://github.com/moxystudio/node-proper-lockfile#usage',
  },
} as const satisfies Record<string, ResourceSpecification>;
