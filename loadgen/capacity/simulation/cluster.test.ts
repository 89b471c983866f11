import { expect, test } from 'vitest';
import { lateShare, quietCluster, servedBy, trueCapacity } from './cluster.ts';

const point = { share: 0.99, withinMs: 50 };

test('servedBy() follows the universal scalability law', () => {
  expect(servedBy({ ...quietCluster, workers: 1 })).toBe(15_000);
  expect(servedBy({ ...quietCluster, sigma: 0, kappa: 0 })).toBe(60_000);
  expect(servedBy(quietCluster)).toBeCloseTo(60_000 / 1.336, 6);
});

test('trueCapacity() is all that is served, unless pauses outlast the limit', () => {
  expect(trueCapacity(quietCluster, point)).toBe(servedBy(quietCluster));
  const pausing = { ...quietCluster, pause: { ms: 60, everySeconds: 10 } };
  expect(trueCapacity(pausing, point) / servedBy(pausing)).toBeCloseTo(0.9, 12);
  expect(trueCapacity(pausing, { share: 0.99, withinMs: 10 }) / servedBy(pausing)).toBeCloseTo(0.5, 12);
  expect(trueCapacity(pausing, { share: 0.999, withinMs: 10 })).toBe(0);
  expect(trueCapacity({ ...quietCluster, growthAbove: 9_000 }, point)).toBe(9_000);
  expect(trueCapacity({ ...quietCluster, lossAbove: 8_000 }, point)).toBe(8_000);
});

test('lateShare() at the capacity is the share that the objective allows', () => {
  const pausing = { ...quietCluster, pause: { ms: 60, everySeconds: 10 } };
  expect(lateShare(pausing, { utilisation: 0.9, withinMs: 50 })).toBeCloseTo(0.01, 12);
  expect(lateShare(pausing, { utilisation: 0.5, withinMs: 10 })).toBeCloseTo(0.01, 12);
  expect(lateShare(pausing, { utilisation: 0.999, withinMs: 60 })).toBe(0);
});
