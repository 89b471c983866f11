import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rankSumLaw, signedRank } from './signed-rank.ts';

const difference = fc.integer({ min: -5, max: 5 });

test.each([
  [12, 77, 0.000_488_28],
  [20, 186, 0.000_716_21],
  [32, 422, 0.001_195_35],
])('rankSumLaw() of %i ranks gives a sum of at least %i the chance %f', (count, sum, chance) => {
  const most = (count * (count + 1)) / 2;
  expect(rankSumLaw(count)[most - sum]).toBeCloseTo(chance, 8);
});

test('rankSumLaw() ends at exactly one, and is symmetric to the last bit up to 48 ranks', () => {
  for (const count of [1, 2, 12, 20, 32, 48]) {
    const law = rankSumLaw(count);
    const most = law.length - 1;
    expect(law[most]).toBe(1);
    for (let sum = 0; sum < most; sum += 1) expect(law[sum]! + law[most - sum - 1]!).toBe(1);
  }
});

test('signedRank() agrees with trying every sign, with ties and zeros', () => {
  fc.assert(
    fc.property(fc.array(difference, { minLength: 1, maxLength: 9 }), (differences) => {
      const kept = differences.filter((value) => value !== 0);
      const sums = signsOf(kept.length).map((signs) =>
        sumOfPositive(kept.map((d, i) => Math.abs(d) * signs[i]!)),
      );
      const own = sumOfPositive(kept);
      const { positive, pGreater, count } = signedRank(differences);
      expect(positive).toBe(own);
      expect(count).toBe(kept.length);
      expect(pGreater).toBeCloseTo(sums.filter((sum) => sum >= own).length / sums.length, 12);
    }),
  );
});

test('signedRank() cares for order of size alone', () => {
  const distinct = fc.uniqueArray(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(distinct, fc.infiniteStream(fc.boolean()), (sizes, coins) => {
      const signed = sizes.map((size) => (coins.next().value ? size : -size));
      expect(signedRank(signed.map((value) => value ** 3))).toEqual(signedRank(signed));
    }),
  );
});

test('signedRank() of nothing but zeros has nothing to say', () => {
  expect(signedRank([0, 0, 0])).toEqual({ positive: 0, count: 0, pGreater: 1 });
});

/** Written apart from the source: rank = 1 + how many are smaller + half of how many others are as large. */
function sumOfPositive(values: readonly number[]): number {
  const sizes = values.map(Math.abs);
  return values.reduce((sum, value) => {
    if (value <= 0) return sum;
    const smaller = sizes.filter((size) => size < value).length;
    const equal = sizes.filter((size) => size === value).length;
    return sum + smaller + (equal + 1) / 2;
  }, 0);
}

function signsOf(count: number): number[][] {
  return Array.from({ length: 2 ** count }, (_, bits) =>
    Array.from({ length: count }, (__, index) => ((bits >> index) & 1 ? 1 : -1)),
  );
}
