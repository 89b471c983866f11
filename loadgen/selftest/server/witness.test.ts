import { expect, test } from 'vitest';
import { Witness } from './witness.ts';

test('Witness tells of what left within its span, of all workers and of each', () => {
  const witness = new Witness({ from: 1_000, until: 2_000 });
  witness.record(0, 999, 50);
  for (const delay of [1, 2, 3]) witness.record(0, 1_500, delay);
  witness.record(1, 1_999, 9);
  witness.record(1, 2_000, 80);
  expect(witness.tell([0.5, 1]).map(Math.round)).toEqual([2, 9]);
  expect(witness.tell([1], 0).map(Math.round)).toEqual([3]);
});

test('Witness has nothing to tell when nothing left', () => {
  expect(new Witness({ from: 0, until: 1 }).tell([0.5])).toEqual([]);
});
