import fc from 'fast-check';
import { expect, test } from 'vitest';
import { falseFinds, holmLevels } from './family.ts';

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 });

test('holmLevels() gives the next metric a larger share for each one rejected', () => {
  const levels = holmLevels([0.02, 0.000_1, 0.001_5, 0.9], { level: 0.005, hypotheses: 4, rejected: 0 });
  // 0.0001 is held against a quarter and rejected, 0.0015 against a third and rejected, the rest against a half.
  expect(levels).toEqual([0.0025, 0.001_25, 0.005 / 3, 0.0025]);
});

test('holmLevels() stops growing at the first metric that is not rejected', () => {
  expect(holmLevels([0.002, 0.002_4], { level: 0.005, hypotheses: 4, rejected: 0 })).toEqual([
    0.001_25, 0.001_25,
  ]);
});

test('holmLevels() counts metrics rejected at an earlier look, not those settled as unchanged', () => {
  expect(holmLevels([0.5], { level: 0.005, hypotheses: 4, rejected: 0 })).toEqual([0.005 / 4]);
  expect(holmLevels([0.5], { level: 0.005, hypotheses: 4, rejected: 2 })).toEqual([0.0025]);
});

test('holmLevels() rejects whatever an equal share would, and nothing above the whole level', () => {
  fc.assert(
    fc.property(pValues, fc.double({ min: 0.001, max: 0.2, noNaN: true }), (values, level) => {
      const levels = holmLevels(values, { level, hypotheses: values.length, rejected: 0 });
      for (const held of levels) {
        expect(held).toBeGreaterThanOrEqual(level / values.length);
        expect(held).toBeLessThanOrEqual(level);
      }
    }),
  );
});

test('falseFinds() reads as the example of Benjamini and Hochberg', () => {
  const found = falseFinds([0.01, 0.04, 0.03, 0.005]);
  expect(found.map((q) => Number(q.toFixed(6)))).toEqual([0.02, 0.04, 0.04, 0.02]);
});

test('falseFinds() keeps the order of the p values and is never surer than they are', () => {
  fc.assert(
    fc.property(pValues, (values) => {
      const found = falseFinds(values);
      values.forEach((p, index) => {
        expect(found[index]).toBeGreaterThanOrEqual(p * (1 - 1e-12));
        expect(found[index]).toBeLessThanOrEqual(1);
        values.forEach((other, at) => {
          if (other <= p) expect(found[at]).toBeLessThanOrEqual(found[index]!);
        });
      });
    }),
  );
});
