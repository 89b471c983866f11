import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  binomialAtLeast,
  normalQuantile,
  rateBound,
  studentBeyond,
  studentQuantile,
  unevenness,
} from './chance.ts';

test.each([
  [0.5, 0],
  [0.8, 0.841_621_233_572_914],
  [0.975, 1.959_963_984_540_054],
  [0.9975, 2.807_033_768_343_811],
  [0.001, -3.090_232_306_167_813],
])('normalQuantile(%f) is the value of the tables', (p, value) => {
  expect(normalQuantile(p)).toBeCloseTo(value, 12);
});

test.each([
  // Of one degree the law is Cauchy's, of two it has a closed form; the third is from printed tables.
  [1, 1, 0.5],
  [Math.SQRT2, 2, 1 - Math.SQRT2 / Math.sqrt(4)],
  [2.228_138_851_964_939, 10, 0.05],
  [0, 7, 1],
  [Number.POSITIVE_INFINITY, 3, 0],
])('studentBeyond(%f) with %i degrees of freedom is %f', (t, degrees, chance) => {
  expect(studentBeyond(t, degrees)).toBeCloseTo(chance, 10);
});

test.each([
  [0.5, 5, 0],
  [0.975, 10, 2.228_138_852],
  [0.995, 11, 3.105_806_516],
  [0.995, 1, 63.656_741_16],
])('studentQuantile(%f) with %i degrees of freedom is the value of the tables', (p, degrees, value) => {
  expect(studentQuantile(p, degrees)).toBeCloseTo(value, 7);
});

test('binomialAtLeast() agrees with counting every outcome', () => {
  const trials = fc.integer({ min: 0, max: 40 });
  const chance = fc.double({ min: 0.001, max: 0.999, noNaN: true });
  fc.assert(
    fc.property(trials, fc.nat(45), chance, (count, hits, p) => {
      let outcome = (1 - p) ** count;
      let below = 0;
      for (let k = 0; k < hits && k <= count; k += 1) {
        below += outcome;
        outcome *= ((count - k) / (k + 1)) * (p / (1 - p));
      }
      expect(binomialAtLeast(hits, { trials: count, p })).toBeCloseTo(1 - below, 9);
    }),
  );
});

test('unevenness() of a coin takes both sides into account', () => {
  expect(unevenness(5, 5)).toBe(1);
  expect(unevenness(10, 0)).toBeCloseTo(2 / 1_024, 12);
  expect(unevenness(0, 10)).toBe(unevenness(10, 0));
  expect(unevenness(0, 0)).toBe(1);
});

test.each([
  [20, 0.139],
  [60, 0.049],
  [100, 0.03],
  [300, 0.01],
])('rateBound() of no alarm in %i jobs is %f', (trials, bound) => {
  expect(rateBound(0, { trials, confidence: 0.95 })).toBeCloseTo(bound, 3);
});

test('rateBound() is the rate at which so few hits have the chance left over', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(200), (trials, hits) => {
      const bound = rateBound(hits, { trials, confidence: 0.95 });
      if (hits >= trials) expect(bound).toBe(1);
      else expect(binomialAtLeast(hits + 1, { trials, p: bound })).toBeCloseTo(0.95, 9);
    }),
  );
});
