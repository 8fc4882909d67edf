import type { ParameterEffect } from '../analysis/specification.js';

/**
 * What well-known functions do with a worker that is passed to them. A comlink proxy talks to the worker but cannot end
 * it. `spawn` of threads makes a thread of it that ends by `Thread.terminate`.
 */
export const workerParameters: ParameterEffect[] = [
  { call: { package: 'events', export: ['once', 'on', 'getEventListeners'] }, argument: 0, effect: 'borrow' },
  { call: { package: 'events', export: 'setMaxListeners' }, argument: 1, effect: 'borrow' },
  { call: { package: 'comlink', export: 'wrap' }, argument: 0, effect: 'retain' },
  {
    call: {
      package: ['comlink/dist/esm/node-adapter', 'comlink/dist/umd/node-adapter'].flatMap(path => [
        path,
        `${path}.js`,
        `${path}.mjs`,
      ]),
      export: 'default',
    },
    argument: 0,
    effect: 'retain',
  },
  { call: { package: ['threads', '@chainsafe/threads'], export: 'spawn' }, argument: 0, effect: 'take', whenFulfilled: true },
];
