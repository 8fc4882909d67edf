import type { ResourceSpecification } from '../../analysis/specification.js';

/** Intervals by the module that exports what the globals are. */
export const nodeTimers = {
  'node/interval': {
    kind: 'timer',
    noun: 'interval',
    from: { package: 'node:timers', export: 'setInterval' },
    acquire: [{ how: 'call', obligation: 'result' }],
    release: [
      { function: 'clearInterval', argument: 0 },
      { function: 'clearTimeout', argument: 0 },
      { method: 'unref' },
      { method: 'close' },
    ],
    docs: 'https://nodejs.org/api/timers.html#class-timeout',
  },
} as const satisfies Record<string, ResourceSpecification>;
