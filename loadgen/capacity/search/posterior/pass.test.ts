import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalBelow } from '../../slo/index.ts';
import { LAPSE, passChance } from './pass.ts';

test('passChance() is a half at the capacity, and but for lapses certain far from it', () => {
  expect(passChance(0)).toBeCloseTo(0.5, 7);
  expect(passChance(9)).toBe(1 - LAPSE);
  expect(passChance(-9)).toBe(LAPSE);
});

test('passChance() is the normal law between its lapses, and never falls', () => {
  const deviations = fc.double({ min: -7, max: 7, noNaN: true });
  fc.assert(
    fc.property(deviations, deviations, (one, other) => {
      const wanted = LAPSE + (1 - 2 * LAPSE) * normalBelow(one);
      expect(Math.abs(passChance(one) - wanted)).toBeLessThan(1e-5);
      expect(passChance(Math.max(one, other))).toBeGreaterThanOrEqual(passChance(Math.min(one, other)));
    }),
  );
});
