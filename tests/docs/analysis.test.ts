import { expect, it } from 'vitest';

import { assumptionLabels, escapeLabels, unknownLabels } from '../../src/cli/words.js';
import { wordsOfTable } from './markdown.js';
import { readPage } from './pages.js';

// The compiler holds the labels to the unions in src/analysis/findings.ts; here the page is held to the labels.

const page = readPage('docs/analysis.md');

it('lists every assumption that a finding can rest on', () => {
  expect(wordsOfTable(page, 'Assumptions')).toEqual(Object.keys(assumptionLabels));
});

it('lists every outcome that is no finding', () => {
  expect(wordsOfTable(page, 'Outcomes').sort()).toEqual(
    [...Object.keys(escapeLabels), ...Object.keys(unknownLabels)].sort(),
  );
});
