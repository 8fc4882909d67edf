import { createRequire } from 'node:module';

import type { ESLint, Rule } from 'eslint';

import { rules } from '../rules/index.js';

/** The name of a rule without its namespace: `no-unreleased-lock`. */
export type RuleName = keyof typeof rules;

/** The package's own manifest, by its public path, which is the same from the sources and from the build. */
const manifest = createRequire(import.meta.url)('eslint-plugin-thread-hygiene/package.json') as {
  name: string;
  version: string;
};

/** Meta and rules: what the configurations refer to. */
export const plugin = {
  meta: { name: manifest.name, version: manifest.version, namespace: 'thread-hygiene' },
  // ESLint's types do not accept typescript-eslint's rules:
  // https://github.com/typescript-eslint/typescript-eslint/issues/11543
  rules: rules as { [Name in RuleName]: (typeof rules)[Name] & Rule.RuleModule },
} satisfies ESLint.Plugin;
