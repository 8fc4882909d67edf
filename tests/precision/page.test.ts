import { describe, expect, it } from 'vitest';

import type { Measurement, Report } from './measure.js';
import type { Judgement } from './page.js';
import { precisionPage, wilsonInterval } from './page.js';

const corpus = { drawn: '2026-11-22', ranks: [1, 5] as const, libraries: ['b'], procedure: ['Take all.'], packages: [{}] };

const report = (line: number, more: Partial<Report> = {}): Report => ({
  rule: 'no-unreleased-lock',
  package: 'a',
  file: 'a.js',
  line,
  kind: 'neverReleased',
  confidence: 'certain',
  ...more,
});

const judgement = (line: number, author: boolean, reader: boolean, reason: string): Judgement => ({
  rule: 'no-unreleased-lock',
  package: 'a',
  file: 'a.js',
  line,
  author,
  reader,
  reason,
});

const measured = (...reports: Report[]): Measurement => ({
  files: 1,
  lines: 10,
  outcomes: { 'no-unreleased-lock': { released: 2 } },
  reports,
});

const page = precisionPage(
  [
    { name: 'first', family: 'locks', corpus, today: measured(report(1), report(2)) },
    {
      name: 'second',
      family: 'locks',
      corpus,
      today: measured(report(3)),
      frozen: {
        commit: '0123456789',
        ...measured(report(3), report(4), report(5, { copyOf: 'b' }), report(6, { confidence: 'possible' })),
      },
    },
    {
      name: 'rules',
      family: 'rules',
      corpus,
      today: { ...measured(report(3, { rule: 'no-leaked-timer', kind: 'neverStopped' })), outcomes: {} },
    },
  ],
  [
    judgement(1, true, true, 'f() twice.'),
    judgement(2, true, false, 'g() cannot throw.'),
    judgement(3, true, true, 'h() twice.'),
    judgement(4, false, false, 'The caller | releases.'),
  ],
);

describe('the precision page', () => {
  it('gives the interval of a share', () => {
    const [low, high] = wilsonInterval(19, 20);
    expect(low).toBeCloseTo(76.4, 1);
    expect(high).toBeCloseTo(99.1, 1);
  });

  it('shows the draws apart, with the commit that a frozen one was measured at', () => {
    expect(page).toContain('| first | 2026-11-22 | 1 to 5 | 1 | 1 | 10 | as they are today');
    expect(page).toContain('| second | 2026-11-22 | 1 to 5 | 1 | 1 | 10 | frozen at commit `0123456` |');
  });

  it('counts a disputed report as false, and gives no share for a few reports', () => {
    expect(page).toContain('| `no-unreleased-lock` | certain | 2 | 0 | 2 | 1 | – |');
    expect(page).toContain('| a | a.js:2 | no-unreleased-lock | neverReleased | certain | false (disputed) | g() cannot throw. |');
    expect(page).toContain('The two readers differ on 1.');
  });

  it('counts no copies, and no report that nobody has judged', () => {
    expect(page).toContain('| `no-unreleased-lock` | certain | 2 | 1 | 2 | 1 | – |');
    expect(page).toContain('| `no-unreleased-lock` | possible | 1 | 0 | 0 | 0 | – |');
    expect(page).toContain('| a | a.js:5 | no-unreleased-lock | neverReleased | certain, today silent | copy of b |  |');
  });

  it('says which false reports are mended, and leaves the figures as they were', () => {
    expect(page).toContain('Of the 1 false reports that are `certain` or `likely`, 1 are mended since');
    expect(page).toContain('certain, today silent | false | The caller \\| releases. |');
  });

  it('keeps the judgements of one rule from another at the same place', () => {
    expect(page).toContain('| `no-leaked-timer` | certain | 1 | 0 | 0 | 0 | – |');
  });

  it('tells what was seen and not reported', () => {
    expect(page).toContain('| released | 2 |');
  });
});
