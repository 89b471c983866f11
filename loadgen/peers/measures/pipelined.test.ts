import { expect, test } from 'vitest';
import { createRow } from '../results.ts';
import { clientsOf, weakestRate } from './pipelined.ts';

const labels = { measure: 'pipelined', key: 'perSecond', title: '', unit: '1/s', better: 'more' } as const;

test('weakestRate() is the lowest median of those that were measured', () => {
  const row = createRow(labels, [[300, 500, 400], 'cannot', [50, 60, 70]]);
  expect(weakestRate([createRow({ ...labels, key: 'all' }, [[1]]), row])).toBe(60);
  expect(weakestRate([createRow(labels, ['cannot'])])).toBeNaN();
  expect(weakestRate([])).toBeNaN();
});

test('clientsOf() is fifty of as many sockets as there usually are, and never none', () => {
  expect([clientsOf(10_000), clientsOf(1)]).toEqual([50, 1]);
});
