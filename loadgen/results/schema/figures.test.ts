import { expect, test } from 'vitest';
import { added, causes, count, figure, told } from './figures.ts';

test('added() may be missing and told() may be null, and no other figure may be either', () => {
  const taken = [figure('a'), added('a'), told('a')].map((schema) =>
    [1, undefined, null].map((value) => schema.safeParse(value).success),
  );
  expect(taken).toEqual([
    [true, false, false],
    [true, true, false],
    [true, false, true],
  ]);
});

test('count() is never below 0, and causes() has one figure for each name', () => {
  expect([-1, 0, 3].map((value) => count('a').safeParse(value).success)).toEqual([false, true, true]);
  expect(causes('a').parse({ refused: 2, timeout: 1 })).toEqual({ refused: 2, timeout: 1 });
  expect(causes('a').safeParse({ refused: 'often' }).success).toBe(false);
});
