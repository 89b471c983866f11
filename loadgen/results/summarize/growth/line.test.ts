import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Point, slopeThrough } from './line.ts';

test('slopeThrough() finds the slope of any line, whatever of it is missing, and is sure of it', () => {
  const line = fc.record({
    slope: fc.double({ min: -500, max: 500, noNaN: true }),
    start: fc.integer({ min: 0, max: 1_000 }),
    at: fc.uniqueArray(fc.integer({ min: 0, max: 10_000 }), { minLength: 2, maxLength: 50 }),
  });
  fc.assert(
    fc.property(line, ({ slope, start, at }) => {
      const found = slopeThrough(at.map((x) => [x, start + slope * x]));
      expect(found?.value).toBeCloseTo(slope, 5);
      expect(found?.interval === null).toBe(at.length < 6);
      for (const end of [found?.interval?.low, found?.interval?.high]) {
        if (end !== undefined) expect(end).toBeCloseTo(slope, 5);
      }
    }),
  );
});

test('slopeThrough() is null where there is no line', () => {
  const same: Point[] = [
    [3, 100],
    [3, 200],
  ];
  expect([[], [same[0]!], same].map(slopeThrough)).toEqual([null, null, null]);
});

test('slopeThrough() is not turned by two points of twelve, wherever they are', () => {
  const wild = fc.uniqueArray(fc.nat(11), { minLength: 2, maxLength: 2 });
  const heights = fc.tuple(fc.integer({ min: -9_999, max: 9_999 }), fc.integer({ min: -9_999, max: 9_999 }));
  fc.assert(
    fc.property(wild, heights, (places, [one, other]) => {
      const points = Array.from({ length: 12 }, (_, x): Point => [x, 5 + 2 * x]);
      points[places[0]!] = [places[0]!, one];
      points[places[1]!] = [places[1]!, other];
      expect(slopeThrough(points)?.value).toBe(2);
    }),
  );
});

test('slopeThrough() has the true slope in its interval in 95 of 100 cases', () => {
  let state = 1;
  const draw = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const cases = 1_000;
  let held = 0;
  for (let n = 0; n < cases; n += 1) {
    const points = Array.from({ length: 12 }, (_, x): Point => [x, 3 * x + 4 * (draw() + draw() + draw())]);
    const { low, high } = slopeThrough(points)?.interval ?? expect.fail();
    if (low <= 3 && 3 <= high) held += 1;
  }
  expect(held / cases).toBeGreaterThan(0.93);
  expect(held / cases).toBeLessThan(0.99);
});
