import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import type { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';

import { rules } from '../../rules/index.js';
import threadHygiene from '../../src/index.js';
import { repository } from '../support/repository.js';

const names = Object.keys(rules);

describe('the plugin', () => {
  it('says the name and version of package.json', () => {
    const { name, version } = createRequire(import.meta.url)('../../package.json');

    expect(threadHygiene.meta).toEqual({ name, version, namespace: 'thread-hygiene' });
  });

  it('registers every rule file under its name', () => {
    const files = readdirSync(path.join(repository, 'rules')).map(file => path.basename(file, '.ts'));

    expect(names).toEqual(files.filter(file => file !== 'index'));
    expect(Object.values(rules).map(rule => rule.name)).toEqual(names);
  });

  it('has a configuration for every file of src/configs', () => {
    const files = readdirSync(path.join(repository, 'src/configs')).map(file => path.basename(file, '.ts'));

    expect(Object.keys(threadHygiene.configs)).toEqual(files);
  });

  it('is the one object that its configurations refer to', () => {
    for (const config of configurations) {
      expect(config.plugins['thread-hygiene']).toBe(threadHygiene);
    }
  });
});

describe('the configurations', () => {
  const { recommended, strict, tests } = threadHygiene.configs;

  it('are named after themselves', () => {
    expect(configurations.map(config => config.name)).toEqual([
      'thread-hygiene/recommended',
      'thread-hygiene/strict',
      'thread-hygiene/tests',
    ]);
  });

  it('recommend the rules that say so', () => {
    expect(recommended.rules).toEqual(errorsFor(rule => rule.meta.docs.recommended === 'recommended'));
  });

  it('hold every rule in strict, with the findings that are only possible', () => {
    expect(strict.rules).toEqual(errorsFor(() => true));
    expect(strict.settings).toEqual({ 'thread-hygiene': { report: 'possible' } });
  });

  it('ask of tests only that no worker and no lock leaks', () => {
    expect(tests.rules).toEqual(errorsFor(rule => ['no-unjoined-worker', 'no-unreleased-lock'].includes(rule.name)));
  });
});

describe.each(Object.values(rules))('$name', ({ name, meta }) => {
  it('has messages that are sentences', () => {
    for (const message of Object.values(meta.messages)) {
      // A message may leave its last sentence to the finding.
      expect(message).toMatch(/^[A-Z`{].*(?:\.|\{\{remedy\}\})$/u);
    }
  });

  it('has a page that its URL leads to', () => {
    expect(meta.docs.url).toMatch(new RegExp(`/docs/rules/${name}\\.md$`, 'u'));
    expect(existsSync(path.join(repository, 'docs/rules', `${name}.md`))).toBe(true);
  });

  it('says on its page which configurations hold it', () => {
    const page = readFileSync(path.join(repository, 'docs/rules', `${name}.md`), 'utf8');

    expect(page.startsWith(`# `)).toBe(true);
  });

  it('accepts the options of its schema', () => {
    expect(meta.schema).toMatchSnapshot();
  });
});
