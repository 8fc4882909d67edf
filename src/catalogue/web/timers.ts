import type { ResourceSpecification } from '../../analysis/specification.js';

/**
 * Intervals. `clearTimeout` ends one as well: both take ids from one list. In Node an interval that is not referenced
 * lets the process end.
 */
export const webTimers = {
  'web/interval': {
    kind: 'timer',
    noun: 'interval',
    from: { global: 'setInterval' },
    acquire: [{ how: 'call', obligation: 'result' }],
    release: [
      { function: 'clearInterval', argument: 0 },
      { function: 'clearTimeout', argument: 0 },
      { method: 'unref' },
      { method: 'close' },
    ],
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/Window/setInterval',
  },
} as const satisfies Record<string, ResourceSpecification>;
