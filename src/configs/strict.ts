import type { ESLint, Linter } from 'eslint';

import type { ThreadHygieneSettings } from '../settings.js';

/** Every rule, with the findings that rest on the shape of the code alone. */
export const createStrictConfig = <Plugin extends ESLint.Plugin>(plugin: Plugin) =>
  ({
    name: 'thread-hygiene/strict',
    plugins: { 'thread-hygiene': plugin },
    settings: { 'thread-hygiene': { report: 'possible' } satisfies ThreadHygieneSettings },
    rules: {
      'thread-hygiene/no-ineffective-removal': 'error',
      'thread-hygiene/no-large-capture': 'error',
      'thread-hygiene/no-large-clone': 'error',
      'thread-hygiene/no-leaked-observer': 'error',
      'thread-hygiene/no-leaked-subscription': 'error',
      'thread-hygiene/no-leaked-timer': 'error',
      'thread-hygiene/no-nested-acquire': 'error',
      'thread-hygiene/no-race-leak': 'error',
      'thread-hygiene/no-retained-local': 'error',
      'thread-hygiene/no-strong-listener-backref': 'error',
      'thread-hygiene/no-unbounded-container': 'error',
      'thread-hygiene/no-unclosed-port': 'error',
      'thread-hygiene/no-unjoined-worker': 'error',
      'thread-hygiene/no-unreleased-handle': 'error',
      'thread-hygiene/no-unreleased-lock': 'error',
      'thread-hygiene/require-stop-signal': 'error',
      'thread-hygiene/require-worker-error-handler': 'error',
    },
  }) satisfies Linter.Config;
