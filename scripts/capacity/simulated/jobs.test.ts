import { expect, test } from 'vitest';
import { jobsOf, PLANTED, SPREADS } from './jobs.ts';

const wish = { searches: 60, seed: 1 };

test('jobsOf() has as many searches of each spread, and a tenth with each thing planted', () => {
  const jobs = jobsOf({ ...wish, part: 0, parts: 1 });
  expect(jobs).toHaveLength(60 + 6 * PLANTED.length);
  for (const spread of SPREADS)
    expect(jobs.filter((job) => 'spread' in job && job.spread === spread)).toHaveLength(10);
  for (const planted of PLANTED)
    expect(jobs.filter((job) => 'planted' in job && job.planted === planted)).toHaveLength(6);
  expect(new Set(jobs.map(({ seed }) => seed)).size).toBe(jobs.length);
});

test('jobsOf() makes the same searches in any number of parts, and others by another seed', () => {
  const bySeed = (one: { seed: number }, other: { seed: number }): number => one.seed - other.seed;
  const whole = jobsOf({ ...wish, part: 0, parts: 1 }).toSorted(bySeed);
  const parts = [0, 1, 2].flatMap((part) => jobsOf({ ...wish, part, parts: 3 }));
  expect(parts.toSorted(bySeed)).toEqual(whole);
  const seeds = new Set(whole.map(({ seed }) => seed));
  const others = jobsOf({ ...wish, seed: 2, part: 0, parts: 1 });
  expect(others.some(({ seed }) => seeds.has(seed))).toBe(false);
});
