import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import type { CorpusPackage, Measurement, Report, ReportedFunctions } from './measure.js';
import { measure } from './measure.js';
import type { Corpus, Judgement } from './page.js';
import { judgementOf, precisionPage } from './page.js';

interface PinnedCorpus extends Corpus {
  readonly packages: readonly CorpusPackage[];
}

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const read = (name: string): string => readFileSync(here(name), 'utf8');

describe('the reports on the drawn corpora', () => {
  it('are all judged, and make the page', async () => {
    const folder = process.env['THREAD_HYGIENE_CORPUS'] ?? here('../../node_modules/.cache/thread-hygiene-corpus');
    execFileSync(process.execPath, [here('fetch-corpus.mjs'), folder], { stdio: 'inherit' });
    const firstCorpus: PinnedCorpus = JSON.parse(read('corpus.json'));
    const freshCorpus: PinnedCorpus = JSON.parse(read('fresh-corpus.json'));
    const judgements: Judgement[] = JSON.parse(read('judgements.json'));
    const frozen: Measurement & { commit: string } = JSON.parse(read('fresh-frozen.json'));

    const seen: ReportedFunctions = [];
    const first = measure(firstCorpus.packages, folder, seen);
    const today = measure(freshCorpus.packages, folder, seen);

    const isUnjudged = (report: Report): boolean =>
      report.copyOf === undefined && judgementOf(report, judgements) === undefined;
    // Of what only `report: 'possible'` shows, the fresh draw has a sample judged.
    const unjudged = [
      ...first.reports.filter(isUnjudged),
      ...[...frozen.reports, ...today.reports].filter(({ confidence }) => confidence !== 'possible').filter(isUnjudged),
    ];
    expect(unjudged, 'reports without an entry in tests/precision/judgements.json').toEqual([]);
    await expect(
      precisionPage(
        { corpus: firstCorpus, measurement: first },
        { corpus: freshCorpus, measurement: frozen, commit: frozen.commit, today },
        judgements,
      ),
    ).toMatchFileSnapshot(here('../../docs/precision.md'));
  });
});
