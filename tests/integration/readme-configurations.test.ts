import { expect, it } from 'vitest';

import { createConsumerProject } from '../support/consumer-project.js';
import { writePrintedConfiguration } from './readme.js';

it.each([
  ['typescript', 'typescript', 'counter.ts: thread-hygiene/no-unreleased-lock missedOnException'],
  ['javascript', 'javascript', 'counter.js: thread-hygiene/no-unreleased-lock handleDropped'],
  ['commonjs', 'javascript', 'counter.js: thread-hygiene/no-unreleased-lock handleDropped'],
])('has a configuration for %s that works', { timeout: 120_000 }, (kind, fixture, report) => {
  using project = createConsumerProject(fixture, { eslint: 'eslint' });
  writePrintedConfiguration(kind, project.folder);

  expect(project.lint()).toEqual([report]);
});
