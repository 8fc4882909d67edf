import type { ResourceKind } from '../analysis/specification.js';
import type { ThreadHygieneSettings } from '../settings.js';
import threadHygiene from '../thread-hygiene.js';
import type { Config, ESLintOptions } from './eslint-api.js';
import { factsNamespace, factsRuleId } from './facts.js';
import { type FactsOptions, factsRule } from './facts-rule.js';
import { createParser } from './parser.js';
import type { LintRequest } from './request.js';

/** The options for the `ESLint` class that carry `request` out. Not cloneable: worker threads build them anew. */
export function optionsFor(request: LintRequest): ESLintOptions {
  const { root, namespace, concurrency, fix } = request;
  const wanted = request.rules?.map(name => `${namespace}/${name}`);
  return {
    cwd: root,
    concurrency,
    fix,
    warnIgnored: false,
    errorOnUnmatchedPattern: false,
    globInputPaths: false,
    ...(request.configuration === 'builtIn' && { overrideConfigFile: true }),
    overrideConfig: [...(request.configuration === 'builtIn' ? [builtInConfig(request)] : []), auditConfig(request)],
    ruleFilter: ({ ruleId }) =>
      ruleId === factsRuleId || (wanted ? wanted.includes(ruleId) : ruleId.startsWith(`${namespace}/`)),
  };
}

/** What runs where no configuration says it: `recommended`, or every rule for whoever wants to see all that is possible. */
function presetOf({ report }: LintRequest) {
  return report === 'possible' ? threadHygiene.configs.strict : threadHygiene.configs.recommended;
}

/** The preset, with types where there are any. */
function builtInConfig(request: LintRequest): Config {
  const { parsers, root, types } = request;
  return {
    ...presetOf(request),
    files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
    languageOptions: { parser: createParser(parsers, root, types) },
  };
}

/** What the audit adds to any configuration: the facts rule, and what the command line says. */
function auditConfig(request: LintRequest): Config {
  const { namespace, progress, explainLine } = request;
  const factsOptions: FactsOptions = {
    kinds: kindsOf(request.rules ?? rulesOf(request)),
    progress,
    ...(explainLine !== undefined && { explainLine }),
  };
  const settings: ThreadHygieneSettings = {
    ...(request.report && { report: request.report }),
    ...(!request.types && { types: 'off' }),
  };
  return {
    name: factsNamespace,
    plugins: { [factsNamespace]: { rules: { facts: factsRule } } },
    rules: {
      ...Object.fromEntries((request.rules ?? []).map(name => [`${namespace}/${name}`, 'error'])),
      [factsRuleId]: ['error', factsOptions],
    },
    settings: { 'thread-hygiene': settings },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
  };
}

/** The rules whose resources the statistics count: those that run, or all of them for the story of one acquire. */
function rulesOf(request: LintRequest): string[] {
  const { namespace, configuration, explainLine } = request;
  const names = Object.keys(threadHygiene.rules);
  if (configuration !== 'builtIn' || explainLine !== undefined) return names;
  const preset = Object.keys(presetOf(request).rules);
  return names.filter(name => preset.includes(`${namespace}/${name}`));
}

/** The families of resources that the named rules watch: the statistics tell of no others. */
function kindsOf(names: readonly string[]): ResourceKind[] {
  const kinds = Object.entries(threadHygiene.rules)
    .filter(([name]) => names.includes(name))
    .flatMap(([, { meta }]) => meta.docs?.kinds ?? []);
  return [...new Set(kinds)];
}
