import { describe, expect, it } from 'vitest';

import { precisionPage, wilsonInterval } from './page.js';

describe('the precision page', () => {
  it('gives the interval of a share', () => {
    const [low, high] = wilsonInterval(19, 20);
    expect(low).toBeCloseTo(76.4, 1);
    expect(high).toBeCloseTo(99.1, 1);
  });

  it('counts a disputed report as false, and gives no share for a few reports', () => {
    const page = precisionPage(
      { drawn: '2026-11-22', procedure: ['Take all.'], packages: [{}] },
      {
        files: 1,
        lines: 10,
        outcomes: new Map([['released', 2]]),
        reports: [
          { package: 'a', file: 'a.js', line: 1, kind: 'neverReleased', confidence: 'certain' },
          { package: 'a', file: 'a.js', line: 2, kind: 'neverReleased', confidence: 'certain' },
        ],
      },
      [
        { package: 'a', file: 'a.js', line: 1, author: true, reader: true, reason: 'f() twice.' },
        { package: 'a', file: 'a.js', line: 2, author: true, reader: false, reason: 'g() cannot throw.' },
      ],
    );
    expect(page).toContain('| certain | 2 | 1 | – |');
    expect(page).toContain('| a | a.js:2 | neverReleased | certain | false (disputed) | g() cannot throw. |');
    expect(page).toContain('| released | 2 |');
  });
});
