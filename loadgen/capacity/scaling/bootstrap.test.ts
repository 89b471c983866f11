import { expect, test } from 'vitest';
import { mean, variance } from '../../../reports/gate/statistics/index.ts';
import { replicate } from './bootstrap.ts';
import { createChance, measure, toLogs } from './testing.ts';
import { type Weighed, weigh } from './weigh.ts';

const law = { lambda: 1_000, sigma: 0.05, kappa: 0.001 };
const sizes = [1, 1, 2, 2, 4, 4, 8, 8];

function weighed(): Weighed {
  const { normal } = createChance('weighed');
  return weigh(toLogs(measure(law, { sizes, noise: () => 0.03 * normal() })));
}

test('replicate() gives the same replicates of the same numbers', () => {
  const [once, again] = [1, 2].map(() =>
    replicate(weighed(), { count: 20, draw: createChance('same').draw }),
  );
  expect(once).toEqual(again);
});

test('replicate() has each case as often as its weight says', () => {
  const { candidates, ...rest } = weighed();
  const [universal, amdahl, linear] = candidates;
  const only = [
    { ...universal!, weight: 0 },
    { ...amdahl!, weight: 0.3 },
    { ...linear!, weight: 0.7 },
  ];
  const laws = replicate({ ...rest, candidates: only }, { count: 400, draw: createChance('share').draw });
  expect(laws.every((each) => each.law.kappa === 0)).toBe(true);
  const share = laws.filter((each) => each.law.sigma > 0).length / laws.length;
  expect(share).toBeGreaterThan(0.23);
  expect(share).toBeLessThan(0.37);
});

test('replicate() scatters around the fit as measuring again would', () => {
  const { candidates, points, degrees } = weighed();
  const linear = { ...candidates[2]!, weight: 1 };
  const replicates = replicate(
    { candidates: [linear], points, degrees },
    { count: 2_000, draw: createChance('scatter').draw },
  );
  const logs = replicates.map((each) => Math.log(each.law.lambda / linear.law.lambda));
  const { spread } = points[0]!;
  // The variance of Student's law of 5 degrees of freedom is 5/3 of the normal one.
  expect(mean(logs)).toBeCloseTo(0, 2);
  expect(variance(logs) / (spread ** 2 / points.length)).toBeGreaterThan(1.3);
  expect(variance(logs) / (spread ** 2 / points.length)).toBeLessThan(2.1);
  expect(variance(replicates.map(({ noise }) => noise)) / spread ** 2).toBeGreaterThan(1.3);
});
