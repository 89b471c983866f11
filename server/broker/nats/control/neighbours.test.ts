import { expect, test } from 'vitest';
import { Neighbours } from './neighbours.ts';

test('Neighbours forgets whom it has not heard for a time, and tells who is new', () => {
  let now = 0;
  const neighbours = new Neighbours(100, () => now);
  expect([neighbours.hear('a'), neighbours.hear('b'), neighbours.hear('a')]).toEqual([true, true, false]);
  now = 90;
  neighbours.hear('a');
  expect(neighbours.sweep()).toEqual([]);
  now = 150;
  expect(neighbours.sweep()).toEqual(['b']);
  expect([neighbours.ids, neighbours.size]).toEqual([['a'], 1]);
  neighbours.forget('a');
  expect([neighbours.size, neighbours.hear('a')]).toEqual([0, true]);
});
