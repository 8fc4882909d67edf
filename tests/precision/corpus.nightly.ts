import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import type { CorpusPackage } from './measure.js';
import { measure } from './measure.js';
import type { Judgement } from './page.js';
import { judgementOf, precisionPage } from './page.js';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const read = (name: string): string => readFileSync(here(name), 'utf8');

describe('the reports on the drawn corpus', () => {
  it('are all judged, and make the page', async () => {
    const folder = process.env['THREAD_HYGIENE_CORPUS'] ?? here('../../node_modules/.cache/thread-hygiene-corpus');
    execFileSync(process.execPath, [here('fetch-corpus.mjs'), folder], { stdio: 'inherit' });
    const corpus: { drawn: string; procedure: string[]; packages: CorpusPackage[] } = JSON.parse(read('corpus.json'));
    const judgements: Judgement[] = JSON.parse(read('judgements.json'));
    const measurement = measure(corpus.packages, folder);
    const unjudged = measurement.reports.filter(report => judgementOf(report, judgements) === undefined);
    expect(unjudged, 'reports without an entry in tests/precision/judgements.json').toEqual([]);
    await expect(precisionPage(corpus, measurement, judgements)).toMatchFileSnapshot(here('../../docs/precision.md'));
  });
});
