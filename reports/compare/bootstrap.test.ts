import { expect, test } from 'vitest';
import { changeInterval, LEAST_BLOCKS } from './bootstrap.ts';

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Roughly normal noise around a level, the same for the same seed. */
function noise(seed: number, level: number, length = 30): number[] {
  let state = seed;
  const next = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return Array.from({ length }, () => level * (1 + 0.05 * (next() + next() + next() + next() - 2)));
}

const seeds = Array.from({ length: 100 }, (_, index) => 1_000 + index * 77);

/** In how many of a hundred pairs of runs the interval holds a change, when the second runs have a level of their own. */
function holds(change: number, { level, length }: { level: number; length: number }): number {
  return seeds.filter((seed) => {
    const interval = changeInterval(noise(seed, 100, length), noise(seed + 13, level, length), mean);
    return interval !== undefined && interval.low <= change && interval.high >= change;
  }).length;
}

test.each([5, 6, 12, 30])(
  'changeInterval() of %i blocks holds the truth in nine pairs of ten at least',
  (length) => {
    expect(holds(0, { level: 100, length })).toBeGreaterThanOrEqual(90);
    expect(holds(0.2, { level: 120, length })).toBeGreaterThanOrEqual(90);
  },
);

test('changeInterval() leaves no room for chance where a figure grew by a fifth', () => {
  for (const length of [6, 30]) expect(holds(0, { level: 120, length })).toBe(0);
});

test('changeInterval() is the same every time', () => {
  const [one, other] = [noise(5, 10), noise(6, 11)];
  expect(changeInterval(one, other, mean)).toEqual(changeInterval(one, other, mean));
});

test('changeInterval() says nothing of too few blocks or of a figure that is zero', () => {
  expect(changeInterval(noise(1, 10, LEAST_BLOCKS - 1), noise(2, 10), mean)).toBeUndefined();
  expect(changeInterval(noise(1, 0), noise(2, 10), mean)).toBeUndefined();
});
