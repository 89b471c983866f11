import { expect, test } from 'vitest';
import type { Packed } from './model.ts';
import { unpack } from './unpack.ts';

const numbers: Packed = { count: 3, list: [1, 2, 3] };

test.each<[string, Packed, unknown[]]>([
  ['as they were', numbers, [1, 2, 3]],
  ['alike', { count: 2, all: 'steady' }, ['steady', 'steady']],
  ['with some missing', { count: 5, at: [0, 2, 3], some: numbers }, [1, undefined, 2, 3, undefined]],
  ['by name', { count: 3, names: [['sent', numbers]] }, [{ sent: 1 }, { sent: 2 }, { sent: 3 }]],
  [
    'by place',
    { count: 3, items: [numbers, { count: 3, all: 0 }] },
    [
      [1, 0],
      [2, 0],
      [3, 0],
    ],
  ],
])('unpack() makes rows of columns that were packed %s', (_how, packed, rows) => {
  expect(unpack(packed)).toStrictEqual(rows);
});

test('unpack() leaves a name away from the rows that did not have it', () => {
  const errors: Packed = { count: 2, at: [1], some: { count: 1, all: 7 } };
  expect(unpack({ count: 2, names: [['errors', errors]] })).toStrictEqual([{}, { errors: 7 }]);
});
