import fc from 'fast-check';
import { expect, test } from 'vitest';
import { peakOf, rateOf } from './law.ts';

const laws = fc.record({
  lambda: fc.double({ min: 1, max: 1e6, noNaN: true }),
  sigma: fc.double({ min: 0, max: 0.9, noNaN: true }),
  kappa: fc.double({ min: 1e-4, max: 0.1, noNaN: true }),
});

test('rateOf() gives lambda for one worker whatever it costs to have more', () => {
  fc.assert(fc.property(laws, (law) => rateOf(law, 1) === law.lambda));
});

test('rateOf() is in proportion without contention and coherency, and at most lambda / sigma without coherency', () => {
  expect(rateOf({ lambda: 1_000, sigma: 0, kappa: 0 }, 12)).toBe(12_000);
  expect(rateOf({ lambda: 1_000, sigma: 0.05, kappa: 0 }, 1e9)).toBeCloseTo(20_000, 3);
});

test('rateOf() is nowhere higher than at the peak', () => {
  fc.assert(
    fc.property(laws, fc.double({ min: 0.2, max: 5, noNaN: true }), (law, factor) => {
      const peak = peakOf(law);
      expect(rateOf(law, peak * factor)).toBeLessThanOrEqual(rateOf(law, peak) * (1 + 1e-12));
    }),
  );
});

test('peakOf() is sqrt((1 - sigma) / kappa), and infinite without coherency', () => {
  // B. Schwartz, "Practical Scalability Analysis with the Universal Scalability Law": 35 of a Cisco benchmark.
  const cisco = { lambda: 995.6486, sigma: 0.026_715_91, kappa: 7.690_945e-4 };
  expect(peakOf(cisco)).toBeCloseTo(35.57, 2);
  expect(rateOf(cisco, 35)).toBeCloseTo(12_341.745, 2);
  expect(peakOf({ lambda: 1, sigma: 0.1, kappa: 0 })).toBe(Number.POSITIVE_INFINITY);
});
