import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { createConsumerProject } from '../support/consumer-project.js';
import { repository } from '../support/repository.js';

/** The oldest ESLint that the peer range allows, the last 9 and the current 10. */
const versions = ['eslint-9-34', 'eslint-9', 'eslint'];

describe.each(versions)('%s', version => {
  it.each(['esm', 'commonjs'])('loads the configurations in %s and reports', fixture => {
    using project = createConsumerProject(fixture, { eslint: version });

    const result = project.runNode(['node_modules/eslint/bin/eslint.js', '--format', 'json', '.']);

    expect(result.stderr).toBe('');
    expect(reportsIn(result.stdout)).toEqual(['counter.js: thread-hygiene/no-unreleased-lock neverReleased']);
  });

  it('accepts the configurations in the types of defineConfig', { timeout: 60_000 }, () => {
    using project = createConsumerProject('types', { eslint: version });

    expect(project.runNode([compiler('typescript')])).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

it('has declarations for the oldest TypeScript of the peer range', { timeout: 60_000 }, () => {
  using project = createConsumerProject('types', { eslint: 'eslint' });

  const result = project.runNode([compiler('typescript-5-4'), '--project', 'tsconfig.esm.json']);

  expect(result).toEqual({ status: 0, stdout: '', stderr: '' });
});

function compiler(name: string): string {
  return path.join(repository, 'node_modules', name, 'bin/tsc');
}

/** The reports in the output of ESLint's `json` formatter. */
function reportsIn(output: string): string[] {
  const results: { filePath: string; messages: { ruleId: string; messageId: string }[] }[] = JSON.parse(output);
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, messageId }) => `${path.basename(filePath)}: ${ruleId} ${messageId}`),
  );
}
