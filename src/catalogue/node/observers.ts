import type { ResourceSpecification } from '../../analysis/specification.js';

/** The performance observer of Node by its module. */
export const nodeObservers = {
  'node/performance-observer': {
    kind: 'observer',
    noun: 'performance observer',
    from: { package: 'node:perf_hooks', export: 'PerformanceObserver' },
    acquire: [{ how: 'new', obligation: 'result' }],
    release: [{ method: 'disconnect' }],
    docs: 'https://nodejs.org/api/perf_hooks.html#performanceobserverdisconnect',
  },
} as const satisfies Record<string, ResourceSpecification>;
