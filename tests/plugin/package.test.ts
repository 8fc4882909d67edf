import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import manifest from '../../package.json' with { type: 'json' };
import { rules } from '../../rules/index.js';
import threadHygiene from '../../src/index.js';
import { repository } from '../support/repository.js';

type PluginRule = (typeof rules)[keyof typeof rules];

const allRules: PluginRule[] = Object.values(rules);
const { configs } = threadHygiene;

describe('the plugin', () => {
  it('says the name and version of package.json', () => {
    expect(threadHygiene.meta).toEqual({
      name: manifest.name,
      version: manifest.version,
      namespace: 'thread-hygiene',
    });
  });

  it('registers every rule file under its name', () => {
    expect(Object.keys(rules)).toEqual(modulesIn('rules').filter(name => name !== 'index'));
    expect(allRules.map(rule => rule.name)).toEqual(Object.keys(rules));
  });

  it('has a configuration for every module in src/configs', () => {
    expect(Object.keys(configs)).toEqual(modulesIn('src/configs'));
  });

  it('is the one object that its configurations name', () => {
    for (const config of Object.values(configs)) {
      expect(config.plugins['thread-hygiene']).toBe(threadHygiene);
    }
  });
});

describe('the configurations', () => {
  it('are named in the namespace', () => {
    expect(Object.values(configs).map(config => config.name)).toEqual([
      'thread-hygiene/recommended',
      'thread-hygiene/strict',
      'thread-hygiene/tests',
    ]);
  });

  it('hold in recommended the rules that say so', () => {
    expect(configs.recommended.rules).toEqual(errorsFor(rule => rule.meta.docs?.recommended === 'recommended'));
  });

  it('hold in strict every rule, down to what is only possible', () => {
    expect(configs.strict.rules).toEqual(errorsFor(() => true));
    expect(configs.strict.settings).toEqual({ 'thread-hygiene': { report: 'possible' } });
  });

  it('hold in tests the rules of leaked workers and locks', () => {
    const leaksThatHangTests = ['no-unjoined-worker', 'no-unreleased-lock'];

    expect(configs.tests.rules).toEqual(errorsFor(rule => leaksThatHangTests.includes(rule.name)));
  });
});

describe.each(Object.entries<PluginRule>(rules))('%s', (name, { meta }) => {
  it('has messages that end as sentences, or with the remedy of the finding', () => {
    for (const message of Object.values(meta.messages)) {
      expect(message).toMatch(/(?:\.|\{\{remedy\}\})$/u);
    }
  });

  it('has a page where its URL leads', () => {
    expect(meta.docs?.url).toMatch(new RegExp(`/docs/rules/${name}\\.md$`, 'u'));
    expect(existsSync(path.join(repository, 'docs/rules', `${name}.md`))).toBe(true);
  });

  it('takes the options that it took before', () => {
    expect(meta.schema).toMatchSnapshot();
  });
});

/** The names of the modules in a folder of the repository, sorted. */
function modulesIn(folder: string): string[] {
  return readdirSync(path.join(repository, folder))
    .filter(file => file.endsWith('.ts'))
    .map(file => path.basename(file, '.ts'))
    .sort();
}

function errorsFor(holds: (rule: PluginRule) => boolean): Record<string, 'error'> {
  return Object.fromEntries(allRules.filter(holds).map(rule => [`thread-hygiene/${rule.name}`, 'error']));
}
