import type { FlatConfig, LooseRuleCreateFunction } from '@typescript-eslint/utils/ts-eslint';

import { rules } from '../../rules/index.js';
import type { ThreadHygieneSettings } from '../../src/settings.js';

/** What the harness needs of a rule. Whatever `createRule` returns is one. */
export interface TestedRule {
  name: string;
  meta: { messages: Readonly<Record<string, string>> };
  create: LooseRuleCreateFunction;
}

/** How a case configures its rule. */
export interface RuleSetup {
  options?: readonly unknown[] | undefined;
  settings?: ThreadHygieneSettings | undefined;
}

/** The configuration that lints with `rule` only. */
export function configOf(rule: TestedRule, { options = [], settings = {} }: RuleSetup): FlatConfig.Config {
  return {
    plugins: { 'thread-hygiene': { rules: { [rule.name]: rule } } },
    rules: { [`thread-hygiene/${rule.name}`]: ['error', ...options] },
    settings: { 'thread-hygiene': settings },
  };
}

/** The configuration that lints with `rule` and, beside it, all rules of the plugin. */
export function configBesideOthers(rule: TestedRule, setup: RuleSetup): FlatConfig.Config {
  const own = configOf(rule, setup);
  return {
    ...own,
    plugins: { 'thread-hygiene': { rules: { ...rules, [rule.name]: rule } } },
    rules: { ...allRules, ...own.rules },
  };
}

/** All rules of the plugin, switched on without options. */
const allRules = Object.fromEntries(
  Object.keys(rules).map(name => [`thread-hygiene/${name}`, 'error'] as const),
) satisfies FlatConfig.Rules;
