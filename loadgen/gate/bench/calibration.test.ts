import { expect, test } from 'vitest';
import { sizeInjection } from './calibration.ts';

test('sizeInjection() leaves an honest build alone', () => {
  expect(sizeInjection(undefined, 20)).toBeNull();
});

test('sizeInjection() keeps sizes as they are, and makes parsing follow the cost of a message', () => {
  expect(sizeInjection({ kind: 'tail', size: 3 }, 20)).toEqual({ kind: 'tail', size: 3, elements: 0 });
  const little = sizeInjection({ kind: 'parse', size: 5 }, 20)?.elements ?? 0;
  const much = sizeInjection({ kind: 'parse', size: 50 }, 200)?.elements ?? 0;
  expect(little).toBeGreaterThan(0);
  expect(much).toBeGreaterThan(20 * little);
});
