import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyHistogram } from './histogram.ts';
import { addShapes, quantileOf, slotOf } from './shape.ts';

const times = fc.array(fc.integer({ min: 1, max: 60_000_000 }), { minLength: 1, maxLength: 200 });

function shapeOf(micros: readonly number[]): readonly number[] {
  const histogram = emptyHistogram();
  for (const value of micros) histogram.record(value);
  return histogram.shape();
}

test('slotOf() puts times of less than a microsecond apart and doubles every sixteen slots', () => {
  expect([0, 0.9, 1, 2, 4, 1_000_000].map(slotOf)).toEqual([0, 0, 1, 17, 33, 319]);
});

test('addShapes() makes of parts what one histogram of all values would have made', () => {
  fc.assert(
    fc.property(times, times, (one, other) => {
      expect(addShapes([shapeOf(one), shapeOf(other)])).toEqual(shapeOf([...one, ...other]));
    }),
    { numRuns: 50 },
  );
});

test('quantileOf() is within five per cent of the value itself', () => {
  fc.assert(
    fc.property(times, fc.constantFrom(0.01, 0.5, 0.9, 0.99, 1), (micros, share) => {
      const sorted = micros.toSorted((one, other) => one - other);
      const exact = (sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0) / 1_000;
      expect((quantileOf(shapeOf(micros), share) ?? 0) / exact).toBeGreaterThan(0.95);
      expect((quantileOf(shapeOf(micros), share) ?? 0) / exact).toBeLessThan(1.05);
    }),
    { numRuns: 100 },
  );
});

test('quantileOf() knows nothing of a shape without values', () => {
  expect(quantileOf([], 0.5)).toBeUndefined();
});
