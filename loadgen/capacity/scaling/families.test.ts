import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitFamily, type LogPoint } from './families.ts';
import { rateOf, type ScalingLaw } from './law.ts';
import { createChance, measure, toLogs } from './testing.ts';

const sizes = [1, 1, 2, 2, 4, 4, 8, 8];
const laws = fc.record({
  lambda: fc.double({ min: 10, max: 1e6, noNaN: true }),
  sigma: fc.double({ min: 0.001, max: 0.9, noNaN: true }),
  kappa: fc.double({ min: 1e-4, max: 0.05, noNaN: true }),
});

test('fitFamily() finds the law that exact points were made of', () => {
  fc.assert(
    fc.property(laws, (law) => {
      const found = fitFamily(toLogs(measure(law, { sizes })), { family: 'universal' });
      expect(found.squares).toBeLessThan(1e-6);
      expect(found.law.lambda / law.lambda).toBeCloseTo(1, 4);
      expect(found.law.sigma).toBeCloseTo(law.sigma, 3);
      expect(found.law.kappa).toBeCloseTo(law.kappa, 4);
    }),
    { numRuns: 40 },
  );
});

test('fitFamily() finds each special case exactly, and on its border', () => {
  const amdahl = { lambda: 1_000, sigma: 0.07, kappa: 0 };
  const linear = { lambda: 1_000, sigma: 0, kappa: 0 };
  expect(fitFamily(toLogs(measure(amdahl, { sizes })), { family: 'amdahl' }).law.sigma).toBeCloseTo(0.07, 5);
  expect(fitFamily(toLogs(measure(linear, { sizes })), { family: 'linear' }).law.lambda).toBeCloseTo(
    1_000,
    6,
  );
  expect(fitFamily(toLogs(measure(linear, { sizes })), { family: 'amdahl' }).law.sigma).toBeCloseTo(0, 4);
});

test('fitFamily() leaves nothing that a law nearby would leave less of, inside and on the borders', () => {
  const { draw, normal } = createChance('nearby');
  for (let round = 0; round < 40; round += 1) {
    const law = {
      lambda: 1_000,
      sigma: draw() < 0.5 ? 0 : 0.2 * draw(),
      kappa: draw() < 0.5 ? 0 : 0.01 * draw(),
    };
    const points = toLogs(measure(law, { sizes, noise: () => 0.03 * normal() }));
    const found = fitFamily(points, { family: 'universal' });
    const { sigma, kappa } = found.law;
    expect(Math.min(sigma, kappa)).toBeGreaterThanOrEqual(0);
    for (const change of [-0.01, -1e-3, 0, 1e-3, 0.01]) {
      for (const other of [-0.01, -1e-3, 0, 1e-3, 0.01]) {
        const near = { sigma: Math.max(0, sigma + change), kappa: Math.max(0, kappa + other) };
        expect(squaresOf(points, near)).toBeGreaterThanOrEqual(found.squares - 1e-4);
      }
    }
  }
});

/** With the best lambda. */
function squaresOf(points: readonly LogPoint[], costs: Omit<ScalingLaw, 'lambda'>): number {
  const rests = points.map(({ workers, log }) => log - Math.log(rateOf({ lambda: 1, ...costs }, workers)));
  const mean = rests.reduce((sum, rest) => sum + rest, 0) / rests.length;
  return rests.reduce((sum, rest) => sum + ((rest - mean) / 0.03) ** 2, 0);
}

test('fitFamily() takes superlinear points for proportion: no cost is below zero', () => {
  const points = sizes.map((workers) => ({ workers, log: 1.2 * Math.log(workers), spread: 0.03 }));
  expect(fitFamily(points, { family: 'universal' }).law).toMatchObject({ sigma: 0, kappa: 0 });
});

test('fitFamily() listens to points by their spreads', () => {
  const exact = toLogs(measure({ lambda: 1_000, sigma: 0.05, kappa: 0.001 }, { sizes }));
  const points = exact.map((point, index) =>
    index === 3 ? { ...point, log: point.log + 0.5, spread: 3 } : point,
  );
  expect(fitFamily(points, { family: 'universal' }).law.sigma).toBeCloseTo(0.05, 2);
});

/**
 * Fits published with the squares of absolute errors: a Cisco benchmark of B. Schwartz, "Practical Scalability Analysis
 * with the Universal Scalability Law", as in the tests of usl4j; SPEC SDM91 on a SPARCcenter 2000, as in the manual of
 * the R package usl.
 */
const published: [name: string, sizes: number[], rates: number[], law: ScalingLaw, digits: number][] = [
  [
    'Cisco',
    Array.from({ length: 32 }, (_, index) => index + 1),
    [
      955.16, 1878.91, 2688.01, 3548.68, 4315.54, 5130.43, 5931.37, 6531.08, 7219.8, 7867.61, 8278.71, 8646.7,
      9047.84, 9426.55, 9645.37, 9897.24, 10097.6, 10240.5, 10532.39, 10798.52, 11151.43, 11518.63, 11806,
      12089.37, 12075.41, 12177.29, 12211.41, 12158.93, 12155.27, 12118.04, 12140.4, 12074.39,
    ],
    { lambda: 995.6486, sigma: 0.026_715_91, kappa: 7.690_945e-4 },
    4,
  ],
  [
    'SPEC SDM91',
    [1, 18, 36, 72, 108, 144, 216],
    [64.9, 995.9, 1652.4, 1853.2, 1828.9, 1775, 1702.2],
    { lambda: 90, sigma: 0.027_728_5, kappa: 1.044e-4 },
    3,
  ],
];

test.each(published)('fitFamily() agrees with the published fit of %s', (_, workers, rates, law, digits) => {
  // Errors divided by the rate of the last fit are errors of the logarithm: repeated, absolute squares are least.
  let found: ScalingLaw = law;
  for (let round = 0; round < 15; round += 1) {
    const points = rates.map((rate, index) => {
      const expected = rateOf(found, workers[index]!);
      return {
        workers: workers[index]!,
        log: Math.log(expected) + (rate - expected) / expected,
        spread: rates[0]! / expected,
      };
    });
    found = fitFamily(points, { family: 'universal' }).law;
  }
  expect(found.sigma / law.sigma).toBeCloseTo(1, digits);
  expect(found.kappa / law.kappa).toBeCloseTo(1, digits);
  expect(found.lambda / law.lambda).toBeCloseTo(1, digits);
});
