import type { ResourceSpecification } from '../analysis/specification.js';

/** Timers that run a function once. One whose function starts it again is an interval in disguise. */
export const oneShotTimers: readonly ResourceSpecification[] = [
  {
    kind: 'timer',
    noun: 'timeout',
    from: { global: 'setTimeout' },
    acquire: [{ how: 'call', obligation: 'result' }],
    release: [{ function: 'clearTimeout', argument: 0 }],
  },
  {
    kind: 'timer',
    noun: 'timeout',
    from: { package: 'node:timers', export: 'setTimeout' },
    acquire: [{ how: 'call', obligation: 'result' }],
    release: [{ function: 'clearTimeout', argument: 0 }],
  },
  {
    kind: 'timer',
    noun: 'immediate',
    from: { global: 'setImmediate' },
    acquire: [{ how: 'call', obligation: 'result' }],
    release: [{ function: 'clearImmediate', argument: 0 }],
  },
  {
    kind: 'timer',
    noun: 'animation frame',
    from: { global: 'requestAnimationFrame' },
    acquire: [{ how: 'call', obligation: 'result' }],
    release: [{ function: 'cancelAnimationFrame', argument: 0 }],
  },
];
