import { expect, test } from 'vitest';
import { atLeast, atMost } from './finding.ts';

test('atMost() and atLeast() take the limit itself, and never what is no number', () => {
  expect(atMost('cores', 0.7, 0.7)).toEqual({ name: 'cores', value: 0.7, wanted: 'at most 0.7', ok: true });
  expect(atMost('cores', 0.71, 0.7).ok).toBe(false);
  expect(atLeast('share', 1.5, 1.5)).toMatchObject({ wanted: 'at least 1.5', ok: true });
  expect([atMost('x', Number.NaN, 1).ok, atLeast('x', Number.NaN, 1).ok]).toEqual([false, false]);
});
