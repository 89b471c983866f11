import { expect, test } from 'vitest';
import { backoff } from './backoff.ts';

test('backoff() doubles from 100 ms with each failure', () => {
  expect([1, 2, 3, 4].map(backoff)).toEqual([100, 200, 400, 800]);
});

test('backoff() never waits longer than 30 s, however many failures', () => {
  expect([9, 10, 100, 10_000].map(backoff)).toEqual([25_600, 30_000, 30_000, 30_000]);
});
