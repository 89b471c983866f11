import fc from 'fast-check';
import { expect, test } from 'vitest';
import { selectPlaces } from './select.ts';

test('selectPlaces() gives what sorting would, at any ascending places, ties included', () => {
  const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(values, fc.array(fc.nat(1_000), { minLength: 1, maxLength: 5 }), (list, wishes) => {
      const places = wishes.map((wish) => wish % list.length).sort((a, b) => a - b);
      const sorted = Float64Array.from(list).sort();
      expect(selectPlaces(Float64Array.from(list), places)).toEqual(places.map((place) => sorted[place]));
    }),
  );
});

test('selectPlaces() has no value beyond the end', () => {
  expect(selectPlaces(new Float64Array(0), [0])).toEqual([Number.NaN]);
});
