import { expect, test } from 'vitest';
import { planSeries, type Series } from './jobs.ts';

const series: Series = {
  ...{ commit: 'a1', scenario: 'ping-pong' },
  ...{ equal: 2, injected: [3, 20], verified: [20] },
};

test('planSeries() has equal builds first, then slowdowns, then how large they are', () => {
  const jobs = planSeries(series);
  expect(jobs.map(({ name, words }) => [name, ...words].join(' '))).toEqual([
    'equal-1 --time 11m',
    'equal-2 --time 11m',
    'parse-3 --inject parse:3 --time 11m',
    'parse-20 --inject parse:20 --time 11m',
    'verify-20 --inject parse:20 --verify --time 30m',
  ]);
});

test('planSeries() gives every job a seed of its own, the same each time', () => {
  const seeds = (changes: Partial<Series> = {}) =>
    planSeries({ ...series, ...changes }).map(({ seed }) => seed);
  expect(new Set(seeds()).size).toBe(5);
  expect(seeds()).toEqual(seeds());
  expect(seeds({ equal: 1 })[0]).toBe(seeds()[0]);
  expect(seeds({ commit: 'b2' })).not.toContain(seeds()[0]);
});
