import { expect, test } from 'vitest';
import { PLANTED } from './jobs.ts';
import { runJob } from './run-job.ts';

test('runJob() tries the interval of a search on a cluster of a spread, the same one by the same seed', () => {
  const job = { spread: 0.04, seed: 7 } as const;
  const outcome = runJob(job);
  expect(outcome).toMatchObject({ row: '0.04', isKept: expect.any(Boolean) });
  expect(outcome.trials).toBeGreaterThan(5);
  expect(outcome.trials).toBeLessThanOrEqual(24);
  expect(outcome.width).toBeGreaterThan(0);
  expect(runJob(job)).toEqual(outcome);
});

test.each(PLANTED)('runJob() has searches raise their guard where %s is planted', (planted) => {
  const outcomes = Array.from({ length: 6 }, (_, seed) => runJob({ planted, seed: 100 + seed }));
  const seen = outcomes.filter(({ isKept }) => isKept !== null);
  expect(seen.length).toBeGreaterThanOrEqual(4);
  expect(seen.every(({ isKept, row }) => isKept === true && row === planted)).toBe(true);
});
