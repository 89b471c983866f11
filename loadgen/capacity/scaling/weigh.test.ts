import { expect, test } from 'vitest';
import { createChance, measure, toLogs } from './testing.ts';
import { weigh } from './weigh.ts';

const sizes = [1, 1, 2, 2, 4, 4, 8, 8];

function weightsOf(law: { sigma: number; kappa: number }, noise = 0.01): Record<string, number> {
  const { normal } = createChance(`${law.sigma} ${law.kappa}`);
  const points = toLogs(
    measure({ lambda: 1_000, ...law }, { sizes, stated: noise, noise: () => noise * normal() }),
  );
  return Object.fromEntries(weigh(points).candidates.map(({ family, weight }) => [family, weight]));
}

test('weigh() believes in the case that the points were made of, or one that contains it', () => {
  expect(weightsOf({ sigma: 0.05, kappa: 0.02 })).toMatchObject({ universal: expect.closeTo(1, 2) });
  expect(weightsOf({ sigma: 0.1, kappa: 0 })['linear']).toBeLessThan(0.01);
  expect(weightsOf({ sigma: 0, kappa: 0 })['linear']).toBeGreaterThan(0.4);
});

test('weigh() gives weights that add up to 1, in the proportions of Akaike', () => {
  const { normal } = createChance('akaike');
  const law = { lambda: 1_000, sigma: 0.03, kappa: 0.0005 };
  const { candidates } = weigh(toLogs(measure(law, { sizes, noise: () => 0.03 * normal() })));
  expect(candidates.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
  const [universal, amdahl] = candidates;
  const difference = amdahl!.squares + 4 - (universal!.squares + 6);
  expect(universal!.weight / amdahl!.weight).toBeCloseTo(Math.exp(difference / 2), 9);
});

test('weigh() takes the size of the scatter from the points, whatever was stated', () => {
  const law = { lambda: 1_000, sigma: 0.05, kappa: 0.001 };
  const spreads = [0.015, 0.06].map((stated) => {
    const { normal } = createChance('scatter');
    return weigh(toLogs(measure(law, { sizes, stated, noise: () => 0.03 * normal() }))).points[0]!.spread;
  });
  expect(spreads[0]).toBeCloseTo(spreads[1]!, 6);
  expect(spreads[0]).toBeGreaterThan(0.01);
  expect(spreads[0]).toBeLessThan(0.06);
});

test('weigh() believes a tenth of the stated scatter of points that have none', () => {
  const { points, degrees } = weigh(toLogs(measure({ lambda: 1_000, sigma: 0.05, kappa: 0.001 }, { sizes })));
  expect(points[0]!.spread).toBeCloseTo(0.003, 9);
  expect(degrees).toBe(5);
});
