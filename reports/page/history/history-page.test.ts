import { expect, test } from 'vitest';
import { healthySummary } from '../../testing.ts';
import { buildHistoryPage } from './history-page.ts';

test('buildHistoryPage() leads to each report, the last run first, and follows every scenario of two runs', () => {
  const runs = ['2026-03-01', '2026-03-02'].map((day) => ({
    folder: `${day} & more`,
    summary: { ...healthySummary(), startedAt: `${day}T00:00:00.000Z` },
  }));
  const page = buildHistoryPage({
    scenarios: [
      { name: 'rooms', runs },
      { name: 'echo', runs: runs.slice(0, 1) },
    ],
    unreadable: ['cut-off'],
  });
  expect(page).toContain('3 runs of 2 scenarios');
  expect([...page.matchAll(/href="([^"]*report.html)"/g)].map(([, link]) => link)).toEqual([
    '2026-03-02%20%26%20more/report.html',
    '2026-03-01%20%26%20more/report.html',
    '2026-03-01%20%26%20more/report.html',
  ]);
  expect(page.match(/<polyline/g)).toHaveLength(3);
  expect(page).toMatch(/Not readable<.*cut-off/s);
});
