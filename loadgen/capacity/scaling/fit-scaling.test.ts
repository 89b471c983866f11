import { expect, test } from 'vitest';
import { estimateOf } from '../estimate/index.ts';
import { areEnough, fitScaling } from './fit-scaling.ts';
import { createChance, measure } from './testing.ts';

const law = { lambda: 1_000, sigma: 0.05, kappa: 0.005 };
const sizes = [1, 1, 2, 2, 4, 4, 8, 8];

test('areEnough() wants six points of four sizes', () => {
  const of = (...counts: number[]) =>
    counts.map((workers) => ({ workers, capacity: estimateOf(workers, 0.02) }));
  expect(areEnough(of(1, 1, 2, 2, 3, 4))).toBe(true);
  expect(areEnough(of(1, 2, 3, 4, 5))).toBe(false);
  expect(areEnough(of(1, 1, 2, 2, 3, 3))).toBe(false);
});

test('fitScaling() recovers a planted law from points with noise', () => {
  const { draw, normal } = createChance('planted');
  const points = measure(law, { sizes: [...sizes, ...sizes, ...sizes], noise: () => 0.005 * normal() });
  const { candidates, scatter } = fitScaling(points, { draw, replicates: 10 });
  const [universal] = candidates;
  expect(universal!.weight).toBeGreaterThan(0.99);
  expect(universal!.law.lambda).toBeCloseTo(1_000, -1);
  expect(universal!.law.sigma).toBeCloseTo(0.05, 2);
  expect(universal!.law.kappa).toBeCloseTo(0.005, 3);
  expect(scatter).toBeGreaterThan(0.003);
  expect(scatter).toBeLessThan(0.007);
});

test('fitScaling() gives the same fit of the same numbers', () => {
  const points = measure(law, { sizes });
  const [once, again] = [1, 2].map(() =>
    fitScaling(points, { draw: createChance('same').draw, replicates: 50 }),
  );
  expect(once).toEqual(again);
});

test('fitScaling() bootstraps 1,000 times in less than 3 s of processor time', () => {
  const { draw, normal } = createChance('speed');
  const points = measure(law, { sizes, noise: () => 0.03 * normal() });
  const before = process.cpuUsage();
  const { replicates } = fitScaling(points, { draw });
  const { user, system } = process.cpuUsage(before);
  expect(replicates).toHaveLength(1_000);
  expect((user + system) / 1e6).toBeLessThan(3);
});

test('fitScaling() does not let one capacity that is stated without doubt outweigh all others', () => {
  const points = measure(law, { sizes }).map((point, index) =>
    index === 0 ? { ...point, capacity: estimateOf(point.capacity.median, 0) } : point,
  );
  const { candidates } = fitScaling(points, { draw: createChance('doubtless').draw, replicates: 1 });
  expect(candidates[0]!.law.sigma).toBeCloseTo(0.05, 3);
});

test('fitScaling() names sizes above proportion, and fits the rest as it can', () => {
  const points = sizes.map((workers) => ({ workers, capacity: estimateOf(1_000 * workers ** 1.1, 0.02) }));
  const { superlinear, candidates } = fitScaling(points, {
    draw: createChance('super').draw,
    replicates: 10,
  });
  expect(superlinear.map(({ workers }) => workers)).toEqual([2, 4, 8]);
  expect(candidates.every(({ law: { sigma, kappa } }) => sigma === 0 && kappa === 0)).toBe(true);
});

test.each([
  ['of too few points', [1, 2, 3, 4, 5], 'there are 5 of 5 different numbers of workers'],
  ['at too few sizes', [1, 1, 2, 2, 4, 4, 4], 'there are 7 of 3 different numbers of workers'],
  ['of half a worker', [0.5, 1, 2, 3, 4, 5], 'current value of "workers" is 0.5'],
])('fitScaling() refuses in one sentence a fit %s', (_, workers, why) => {
  const points = workers.map((each) => ({ workers: each, capacity: estimateOf(1_000, 0.03) }));
  expect(() => fitScaling(points, { draw: Math.random })).toThrow(
    `Cannot fit a scaling law to measured capacities: ${why}, wanted`,
  );
});
