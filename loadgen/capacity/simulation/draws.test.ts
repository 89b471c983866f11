import { expect, test } from 'vitest';
import { createDraws } from './draws.ts';

test('createDraws() gives the same numbers for the same seed and use, and others for another', () => {
  const take = (seed: number, use: number): number[] => {
    const { even, normal } = createDraws(seed, use);
    return [even(), normal(), even()];
  };
  expect(take(1, 2)).toEqual(take(1, 2));
  expect(take(1, 2)).not.toEqual(take(1, 3));
  expect(take(1, 2)).not.toEqual(take(2, 2));
});

test('createDraws() draws normal values of mean 0 and standard deviation 1', () => {
  const { normal } = createDraws(5, 0);
  const values = Array.from({ length: 20_000 }, normal);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
  expect(mean).toBeCloseTo(0, 1);
  expect(Math.abs(square - 1)).toBeLessThan(0.03);
  expect(values.filter((value) => value > 1.645).length / values.length).toBeCloseTo(0.05, 2);
});
