import type { CallPattern, LongWaitSpecification } from '../analysis/specification.js';

/**
 * Calls whose promises settle when something outside of the program happens: an event, a time, an answer of somebody.
 * What reads or writes is not among them: it takes as long as its data does.
 */
export const longWaits: readonly LongWaitSpecification[] = [
  { call: { package: ['node:events', 'events'], export: 'once' }, event: 1 },
  { call: { package: ['node:timers/promises', 'timers/promises'], export: 'setTimeout' }, delay: 0 },
  { call: { package: ['node:timers/promises', 'timers/promises'], export: 'scheduler', method: 'wait' }, delay: 0 },
  { call: { package: ['node:readline/promises', 'readline/promises'], export: 'Interface', method: 'question' } },
  { call: { package: 'inquirer', export: 'default', method: 'prompt' } },
  { call: { package: 'prompts', export: 'default' } },
  { call: { package: ['@inquirer/prompts', '@clack/prompts'], export: ['confirm', 'input', 'password', 'select', 'text'] } },
];

/** Calls that give one value for each thing that happens outside, without an end. */
export const eventSources: readonly CallPattern[] = [
  { package: ['node:events', 'events'], export: 'on' },
  { package: ['node:timers/promises', 'timers/promises'], export: 'setInterval' },
  { package: ['node:fs/promises', 'fs/promises'], export: 'watch' },
];
