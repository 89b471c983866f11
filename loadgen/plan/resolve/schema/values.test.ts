import { expect, test } from 'vitest';
import { constantOrPair, gap, number, whole } from './values.ts';

const messageOf = (result: { error?: { issues: { message: string }[] } | undefined }) =>
  result.error?.issues[0]?.message;

test('whole() takes whole numbers within its bounds and says which', () => {
  const schema = whole({ least: 2, most: 9 });
  expect([2, 9].every((value) => schema.safeParse(value).success)).toBe(true);
  for (const wrong of [1, 10, 2.5, Number.NaN, Infinity, '2', null])
    expect(messageOf(schema.safeParse(wrong))).toBe('a whole number from 2 to 9');
});

test('number() takes numbers above or from its bound', () => {
  expect(number('x', { above: 0, most: 1 }).safeParse(0).success).toBe(false);
  expect(number('x', { least: 0, most: 1 }).safeParse(0).success).toBe(true);
  expect(messageOf(number('so and so', { least: 0, most: 1 }).safeParse(2))).toBe('so and so');
});

test('constantOrPair() takes one number or two', () => {
  const schema = constantOrPair('a pace', number('a pace', { least: 0, most: 9 }));
  expect([3, [1, 2]].every((value) => schema.safeParse(value).success)).toBe(true);
  for (const wrong of [[1], [1, 2, 3], [1, -1], '1']) expect(schema.safeParse(wrong).success).toBe(false);
});

test('gap takes a mean, or a mean with a shape and the spread that it may have', () => {
  const right = [6, { mean: 6 }, { mean: 6, spread: 1 }, { mean: 6, shape: 'lognormal', spread: 2 }];
  for (const value of right) expect(gap.safeParse(value).success).toBe(true);
  const wrong = [
    0,
    -1,
    '6',
    {},
    { mean: 6, spread: 2 },
    { mean: 6, shape: 'exponential', spread: 0.5 },
    { mean: 6, a: 1 },
  ];
  for (const value of wrong) expect(gap.safeParse(value).success).toBe(false);
});
