import type { ResourceSpecification } from '../../analysis/specification.js';

/** jest-worker. A farm of processes or threads; a second `end()` rejects. */
export const jestWorker = {
  'jest-worker/farm': {
    kind: 'pool',
    noun: 'worker farm',
    from: { package: 'jest-worker', export: 'Worker' },
    acquire: [{ how: 'new', obligation: 'result' }],
    release: [{ method: 'end' }],
    awaitRelease: true,
    releaseTwice: 'throws',
    docs: 'https://github.com/jestjs/jest/tree/main/packages/jest-worker#end',
  },
} as const satisfies Record<string, ResourceSpecification>;
