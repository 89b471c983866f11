import { expect, test } from 'vitest';
import { createCases } from './case.ts';
import { measureCase } from './measure.ts';

/**
 * Whatever else the machine does: an answer cannot come before the server gave it, so no quantile may lie below what
 * the server recorded, but for the rounding of histograms. How far above it lies is the machine's affair here.
 */
test('measureCase() measures no less than the server gave, and names the slow worker', async () => {
  const slow = createCases({ seconds: 2 }).find(({ name }) => name === 'slow-worker');
  if (slow === undefined) throw new TypeError('Cannot measure the slow worker: there is no such case');
  const { signal } = new AbortController();
  const outcome = await measureCase({ case: slow, seconds: 2, seed: 1, signal });

  expect(outcome.unconserved).toEqual([]);
  expect(outcome.answered).toBeGreaterThan(1_000);
  expect(outcome.planHash).toMatch(/^[0-9a-f]{12}$/);
  const medians = outcome.figures.filter(({ quantile }) => quantile === 'p50');
  expect(medians.map(({ worker }) => worker)).toEqual([null, 0, 1, 2, 3]);
  for (const { measured, given } of medians) expect(measured).toBeGreaterThan(given * 0.995 - 0.05);
  const [slowest] = medians.toSorted((one, other) => other.measured - one.measured);
  expect(slowest?.worker).toBe(2);
});
