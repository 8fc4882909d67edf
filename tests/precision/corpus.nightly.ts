import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import type { CorpusPackage, Measurement, Report, ReportedFunctions } from './measure.js';
import { measure, measuredRules } from './measure.js';
import type { Corpus, Draw, Judgement } from './page.js';
import { judgementOf, precisionPage } from './page.js';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const read = (...file: string[]): string => readFileSync(path.join(...file), 'utf8');

interface PinnedDraw extends Pick<Draw, 'name' | 'family'> {
  readonly corpus: string;
  readonly frozen?: string;
}

describe('the reports on the drawn corpora', () => {
  it('are all judged, and make the page', async () => {
    const folder = process.env['THREAD_HYGIENE_CORPUS'] ?? here('../../node_modules/.cache/thread-hygiene-corpus');
    execFileSync(process.execPath, [here('fetch-corpus.mjs'), folder], { stdio: 'inherit' });
    const judgements: Judgement[] = JSON.parse(read(here('judgements.json')));
    const pinned: PinnedDraw[] = JSON.parse(read(here('draws.json')));
    const seen: ReportedFunctions = [];
    const draws: Draw[] = [];
    for (const { name, family, corpus: corpusFile, frozen: frozenFile } of pinned) {
      const packages: CorpusPackage[] = JSON.parse(read(folder, `${name}.json`));
      const corpus: Corpus = JSON.parse(read(here(corpusFile)));
      const draw = { name, family, corpus, today: measure(packages, folder, measuredRules[family], seen) };
      if (frozenFile === undefined) {
        draws.push(draw);
      } else {
        const frozen: Measurement & { commit: string } = JSON.parse(read(here(frozenFile)));
        draws.push({ ...draw, frozen });
      }
    }

    const isUnjudged = (report: Report): boolean =>
      report.copyOf === undefined && judgementOf(report, judgements) === undefined;
    // Of what only `report: 'possible'` shows, a sample is judged.
    const shown = draws
      .flatMap(({ today, frozen }) => [...today.reports, ...(frozen?.reports ?? [])])
      .filter(({ confidence }) => confidence !== 'possible');
    expect(shown.filter(isUnjudged), 'reports without an entry in tests/precision/judgements.json').toEqual([]);
    await expect(precisionPage(draws, judgements)).toMatchFileSnapshot(here('../../docs/precision.md'));
  });
});
