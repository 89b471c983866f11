import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Tally } from './tally.ts';

function tally(numbers: readonly number[]): ReturnType<Tally['tell']> {
  const all = new Tally();
  for (const [index, number] of numbers.entries()) all.note(number, index * 10);
  return all.tell();
}

test('Tally knows what is missing, what came twice and what came late', () => {
  expect(tally([1, 2, 3])).toMatchObject({ received: 3, last: 3, missing: 0, duplicated: 0, reordered: 0 });
  expect(tally([1, 4, 2])).toMatchObject({ received: 3, last: 4, missing: 1, duplicated: 0, reordered: 1 });
  expect(tally([1, 1, 2])).toMatchObject({ received: 3, last: 2, missing: 0, duplicated: 1, reordered: 0 });
});

test('Tally tells how long it was silent at the longest', () => {
  const all = new Tally();
  for (const at of [1_000, 1_010, 1_500, 1_510]) all.note(at, at);
  expect(all.tell().longestSilenceMs).toBe(490);
  expect(new Tally().tell().longestSilenceMs).toBe(0);
});

test('Tally accounts for every number, in whatever order they come', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 50 })), (numbers) => {
      const { last, missing, received, duplicated } = tally(numbers);
      const different = new Set(numbers).size;
      expect(last).toBe(Math.max(0, ...numbers));
      expect(missing).toBe(last - different);
      expect(duplicated).toBe(received - different);
    }),
  );
});
