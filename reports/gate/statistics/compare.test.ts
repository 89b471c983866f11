import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareBlocks } from './compare.ts';

const levels = { lower: 0.01, upper: 0.01 };
const sizes = fc.double({ min: -0.5, max: 0.5, noNaN: true });
const blocks = fc.array(sizes, { minLength: 1, maxLength: 32 });
const distinctBlocks = fc.uniqueArray(
  fc.integer({ min: 1, max: 10_000 }).chain((size) => fc.constantFrom(size, -size)),
  { minLength: 7, maxLength: 32, selector: Math.abs },
);

test('compareBlocks() takes the median of all pairs for the effect', () => {
  expect(compareBlocks([0.01, 0.02, 0.03, 0.9], { levels }).effect).toBeCloseTo(0.027_5, 12);
});

test('compareBlocks() has a lower bound above zero exactly when the test rejects', () => {
  fc.assert(
    fc.property(distinctBlocks, fc.double({ min: 0.000_1, max: 0.4, noNaN: true }), (differences, level) => {
      const { lower, pWorse } = compareBlocks(differences, { levels: { lower: level, upper: level } });
      expect(lower > 0).toBe(pWorse < level);
    }),
  );
});

test('compareBlocks() mirrors: worse one way is better the other way', () => {
  fc.assert(
    fc.property(blocks, (differences) => {
      const one = compareBlocks(differences, { levels });
      const other = compareBlocks(
        differences.map((value) => -value),
        { levels },
      );
      expect(other.lower).toBeCloseTo(-one.upper, 12);
      expect(other.effect).toBeCloseTo(-one.effect, 12);
    }),
  );
});

test('compareBlocks() keeps the effect between its bounds and moves all three with the values', () => {
  fc.assert(
    fc.property(blocks, sizes, (differences, shift) => {
      const one = compareBlocks(differences, { levels });
      expect(one.lower).toBeLessThanOrEqual(one.effect);
      expect(one.upper).toBeGreaterThanOrEqual(one.effect);
      const moved = differences.map((value) => value + shift);
      fc.pre(one.method === 'signed-rank' && moved.every((value) => value !== 0));
      const { effect, lower } = compareBlocks(moved, { levels });
      expect(effect).toBeCloseTo(one.effect + shift, 9);
      if (Number.isFinite(lower)) expect(lower).toBeCloseTo(one.lower + shift, 9);
    }),
  );
});

test('compareBlocks() leaves the effect unbounded where so few blocks cannot reject', () => {
  const { lower, upper } = compareBlocks([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], { levels });
  expect([lower, upper]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
});

test('compareBlocks() uses signs alone once more than a fifth of the blocks is zero', () => {
  const differences = [0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  expect(compareBlocks(differences, { levels })).toMatchObject({ method: 'sign', pWorse: 1 / 512 });
  expect(compareBlocks(differences.slice(1), { levels }).method).toBe('signed-rank');
});

test('compareBlocks() with signs alone takes its bounds from the sorted differences', () => {
  const differences = Array.from({ length: 12 }, (_, index) => index + 1);
  // At most two of twelve coins: 79 of 4,096; at most three: 299.
  const wide = { lower: 0.05, upper: 0.01 };
  expect(compareBlocks(differences, { levels: wide, signsOnly: true })).toEqual({
    method: 'sign',
    effect: 6.5,
    lower: 3,
    upper: 11,
    pWorse: 1 / 4_096,
  });
});

test('compareBlocks() refuses to compare nothing', () => {
  expect(() => compareBlocks([], { levels })).toThrow('there is no block');
});
