import { expect, test } from 'vitest';
import { exponential, fixed, stalls } from '../laws/index.ts';
import { createFigures, quantileNames } from './figures.ts';

const given = [5, 5, 5, 5, 5];

function okOf(law: ReturnType<typeof fixed>, p50: number): boolean | undefined {
  return createFigures({ worker: null, law, measured: { p50 }, given })[0]?.ok;
}

test('createFigures() allows a millisecond where 2 % are less', () => {
  expect([4, 6].map((measured) => okOf(fixed(5), measured))).toEqual([true, true]);
  expect([3.99, 6.01].map((measured) => okOf(fixed(5), measured))).toEqual([false, false]);
});

test('createFigures() allows 2 % where they are more than a millisecond', () => {
  expect([204, 204.1].map((measured) => okOf(fixed(200), measured))).toEqual([true, false]);
});

test('createFigures() leaves out what the law or the measurement does not know', () => {
  const measured = { p50: 1, p90: 1, p99: 1, p999: 1, max: 1 };
  const names = (law: ReturnType<typeof fixed>) =>
    createFigures({ worker: 0, law, measured, given }).map(({ quantile }) => quantile);
  expect(names(exponential(1))).toEqual(['p50', 'p90', 'p99', 'p999']);
  expect(names(stalls({ lengthMs: 1, periodMs: 2 }))).toEqual(quantileNames);
  expect(createFigures({ worker: 0, law: fixed(1), measured: {}, given })).toEqual([]);
});
