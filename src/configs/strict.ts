import type { ESLint, Linter } from 'eslint';

import type { ThreadHygieneSettings } from '../settings.js';

/** Every rule, with the findings that rest on the shape of the code alone. */
export const createStrictConfig = <Plugin extends ESLint.Plugin>(plugin: Plugin) =>
  ({
    name: 'thread-hygiene/strict',
    plugins: { 'thread-hygiene': plugin },
    settings: { 'thread-hygiene': { report: 'possible' } satisfies ThreadHygieneSettings },
    rules: {
      'thread-hygiene/no-unreleased-handle': 'error',
      'thread-hygiene/no-unreleased-lock': 'error',
    },
  }) satisfies Linter.Config;
