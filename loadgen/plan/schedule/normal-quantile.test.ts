import { expect, test } from 'vitest';
import { normalQuantile } from './normal-quantile.ts';

test.each([
  [0.5, 0],
  [0.841344746068543, 1],
  [0.977249868051821, 2],
  [0.99865010196837, 3],
  [0.0249978951482204, -1.96],
  [0.99, 2.3263478740408408],
  [1e-9, -5.9978070150076865],
])('normalQuantile() puts a share of %s at %s deviations', (share, deviations) => {
  expect(normalQuantile(share)).toBeCloseTo(deviations, 5);
});

test('normalQuantile() is symmetric and grows, from the least share that is drawn to the greatest', () => {
  const least = 2 ** -33;
  let before = normalQuantile(least);
  expect(before).toBeLessThan(-6);
  for (let share = 0.0005; share < 1; share += 0.0005) {
    const deviations = normalQuantile(share);
    expect(deviations).toBeGreaterThan(before);
    expect(normalQuantile(1 - share)).toBeCloseTo(-deviations, 6);
    before = deviations;
  }
  expect(normalQuantile(1 - least)).toBeGreaterThan(6);
});
