import type { ResourceSpecification } from '../../analysis/specification.js';

/**
 * workerpool. Workers start with the first task and live until `terminate()`, which waits for running tasks; the
 * next task starts them again.
 */
export const workerpool = {
  'workerpool/pool': {
    kind: 'pool',
    noun: 'worker pool',
    from: { package: 'workerpool', export: 'pool' },
    acquire: [{ how: 'call', obligation: 'result' }],
    release: [{ method: 'terminate' }],
    awaitRelease: true,
    uselessAfterRelease: ['exec'],
    docs: 'https://github.com/josdejong/workerpool#pool',
  },
} as const satisfies Record<string, ResourceSpecification>;
