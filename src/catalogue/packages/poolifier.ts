import type { ResourceSpecification } from '../../analysis/specification.js';

/** poolifier. A second `destroy()` rejects, and so does a task after the first. */
export const poolifier = {
  'poolifier/pool': {
    kind: 'pool',
    noun: 'worker pool',
    from: {
      package: 'poolifier',
      export: ['FixedThreadPool', 'DynamicThreadPool', 'FixedClusterPool', 'DynamicClusterPool'],
    },
    acquire: [{ how: 'new', obligation: 'result' }],
    release: [{ method: 'destroy' }],
    awaitRelease: true,
    uselessAfterRelease: ['execute', 'mapExecute'],
    releaseTwice: 'throws',
    docs: 'https://github.com/poolifier/poolifier/blob/master/docs/api.md#pooldestroy',
  },
} as const satisfies Record<string, ResourceSpecification>;
