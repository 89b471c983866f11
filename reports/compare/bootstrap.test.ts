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

test('changeInterval() holds no change in most pairs of equal runs, and a change of a tenth in most others', () => {
  const rounds = Array.from({ length: 60 }, (_, index) => 1_000 + index * 77);
  const holds = (level: number, change: number): number =>
    rounds.filter((seed) => {
      const interval = changeInterval(noise(seed, 100), noise(seed + 13, level), mean);
      return interval !== undefined && interval.low <= change && interval.high >= change;
    }).length;
  expect(holds(100, 0)).toBeGreaterThanOrEqual(51);
  expect(holds(110, 0.1)).toBeGreaterThanOrEqual(51);
  expect(holds(110, 0)).toBe(0);
});

test('changeInterval() is the same every time', () => {
  const [one, other] = [noise(5, 10), noise(6, 11)];
  expect(changeInterval(one, other, mean)).toEqual(changeInterval(one, other, mean));
});

test('changeInterval() says nothing of too few blocks or of a figure that is zero', () => {
  expect(changeInterval(noise(1, 10, LEAST_BLOCKS - 1), noise(2, 10), mean)).toBeUndefined();
  expect(changeInterval(noise(1, 0), noise(2, 10), mean)).toBeUndefined();
});
