import type { ResourceSpecification } from '../../analysis/specification.js';

/**
 * Observers of the page. One that observes nothing is collected; one that observes is kept by what it observes, or by
 * the page, with all that its function holds.
 */
export const webObservers = {
  'web/resize-observer': {
    kind: 'observer',
    noun: 'resize observer',
    from: { global: 'ResizeObserver' },
    acquire: [{ how: 'new', obligation: 'result' }],
    release: [{ method: 'disconnect' }, { method: 'unobserve' }],
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/ResizeObserver/disconnect',
  },
  'web/mutation-observer': {
    kind: 'observer',
    noun: 'mutation observer',
    from: { global: 'MutationObserver' },
    acquire: [{ how: 'new', obligation: 'result' }],
    release: [{ method: 'disconnect' }],
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/MutationObserver/disconnect',
  },
  'web/intersection-observer': {
    kind: 'observer',
    noun: 'intersection observer',
    from: { global: 'IntersectionObserver' },
    acquire: [{ how: 'new', obligation: 'result' }],
    release: [{ method: 'disconnect' }, { method: 'unobserve' }],
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/IntersectionObserver/disconnect',
  },
  'web/performance-observer': {
    kind: 'observer',
    noun: 'performance observer',
    from: { global: 'PerformanceObserver' },
    acquire: [{ how: 'new', obligation: 'result' }],
    release: [{ method: 'disconnect' }],
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/PerformanceObserver/disconnect',
  },
  'web/reporting-observer': {
    kind: 'observer',
    noun: 'reporting observer',
    from: { global: 'ReportingObserver' },
    acquire: [{ how: 'new', obligation: 'result' }],
    release: [{ method: 'disconnect' }],
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/ReportingObserver/disconnect',
  },
} as const satisfies Record<string, ResourceSpecification>;
