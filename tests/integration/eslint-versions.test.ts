import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { createConsumerProject } from '../support/consumer-project.js';
import { repository } from '../support/repository.js';

/** The oldest ESLint that the peer range allows, the last 9 and the current 10. */
const versions = ['eslint-9-34', 'eslint-9', 'eslint'];

const slow = { timeout: 120_000 };

describe.each(versions)('%s', version => {
  it.each(['esm', 'commonjs'])('loads the configurations in %s and reports', slow, fixture => {
    using project = createConsumerProject(fixture, { eslint: version });

    expect(project.lint()).toEqual(['counter.js: thread-hygiene/no-unreleased-lock handleDropped']);
  });

  it('accepts the configurations in the types of defineConfig', slow, () => {
    using project = createConsumerProject('types', { eslint: version });

    expect(project.runNode([compiler('typescript')])).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

it('has declarations for the oldest TypeScript of the peer range', slow, () => {
  using project = createConsumerProject('types', { eslint: 'eslint' });

  const result = project.runNode([compiler('typescript-5-4'), '--project', 'tsconfig.esm.json']);

  expect(result).toEqual({ status: 0, stdout: '', stderr: '' });
});

function compiler(name: string): string {
  return path.join(repository, 'node_modules', name, 'bin/tsc');
}
