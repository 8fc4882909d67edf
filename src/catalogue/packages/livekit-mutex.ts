import type { ResourceSpecification } from '../../analysis/specification.js';

/** @livekit/mutex. Waiting never fails. A second call of the releaser counts once more: `isLocked()` is wrong then. */
export const livekitMutex = {
  '@livekit/mutex/mutex': {
    kind: 'lock',
    noun: 'lock',
    from: { package: '@livekit/mutex', export: ['Mutex', 'MultiMutex'] },
    acquire: [{ how: 'method', name: 'lock', awaited: true, obligation: 'result' }],
    release: [{ call: true }],
    releaseTwice: 'overReleases',
    docs: 'https://github.com/livekit/ts-mutex#usage',
  },
} as const satisfies Record<string, ResourceSpecification>;
