import type { ESLint, Linter } from 'eslint';

/** For the globs of a project's tests: leaked workers and locks only, what makes a test run hang. */
export const createTestsConfig = <Plugin extends ESLint.Plugin>(plugin: Plugin) =>
  ({
    name: 'thread-hygiene/tests',
    plugins: { 'thread-hygiene': plugin },
    rules: {
      'thread-hygiene/no-unjoined-worker': 'error',
      'thread-hygiene/no-unreleased-lock': 'error',
    },
  }) satisfies Linter.Config;
