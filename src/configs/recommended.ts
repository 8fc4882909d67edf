import type { ESLint, Linter } from 'eslint';

/** The rules about locks, handles, workers and removals that match nothing. */
export const createRecommendedConfig = <Plugin extends ESLint.Plugin>(plugin: Plugin) =>
  ({
    name: 'thread-hygiene/recommended',
    plugins: { 'thread-hygiene': plugin },
    rules: {
      'thread-hygiene/no-ineffective-removal': 'error',
      'thread-hygiene/no-unjoined-worker': 'error',
      'thread-hygiene/no-unreleased-handle': 'error',
      'thread-hygiene/no-unreleased-lock': 'error',
    },
  }) satisfies Linter.Config;
