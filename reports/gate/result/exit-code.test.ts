import { expect, test } from 'vitest';
import { exitCodeOf } from './exit-code.ts';

test('exitCodeOf() is green for a pass, and for a job that could not tell unless it is strict', () => {
  const statuses = ['pass', 'regression', 'inconclusive', 'invalid'] as const;
  expect(statuses.map((status) => exitCodeOf(status))).toEqual([0, 1, 0, 112]);
  expect(statuses.map((status) => exitCodeOf(status, { isStrict: true }))).toEqual([0, 1, 3, 112]);
});
