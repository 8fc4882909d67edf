import type { ParameterEffect } from '../analysis/specification.js';

/** What well-known functions do with a port that is passed to them. An endpoint that is exposed serves from then on. */
export const portParameters: ParameterEffect[] = [
  { call: { package: 'worker_threads', export: 'receiveMessageOnPort' }, argument: 0, effect: 'borrow' },
  { call: { package: 'events', export: ['once', 'on'] }, argument: 0, effect: 'borrow' },
  { call: { package: 'comlink', export: 'wrap' }, argument: 0, effect: 'borrow' },
  { call: { package: 'comlink', export: 'expose' }, argument: 1, effect: 'take' },
];
