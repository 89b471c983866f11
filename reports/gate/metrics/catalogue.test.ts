import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromScale, metricNames, metrics, toScale } from './catalogue.ts';

test('toScale() and fromScale() undo each other, and keep shares as they are', () => {
  expect(toScale('cpu', 0.02)).toBeCloseTo(Math.log(1.02), 15);
  expect(toScale('stalls', 0.02)).toBe(0.02);
  fc.assert(
    fc.property(
      fc.constantFrom(...metricNames),
      fc.double({ min: -0.5, max: 2, noNaN: true }),
      (name, amount) => {
        expect(fromScale(name, toScale(name, amount))).toBeCloseTo(amount, 12);
      },
    ),
  );
});

test('metrics have margins wider than what matters, or nothing could ever be unchanged', () => {
  for (const { materiality, margin } of Object.values(metrics)) expect(margin).toBeGreaterThan(materiality);
});
