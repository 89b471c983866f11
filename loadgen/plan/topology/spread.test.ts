import fc from 'fast-check';
import { expect, test } from 'vitest';
import { upTo } from '../testing.ts';
import { countOfShare, Spread, strides } from './spread.ts';

const ratio = fc.constantFrom(...Object.values(strides));

test('Spread gives every number a position of its own, 0 the first', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3_000 }), ratio, (count, stride) => {
      const spread = new Spread(count, stride);
      const positions = upTo(count).map((number) => spread.positionOf(number));
      expect(positions[0]).toBe(0);
      expect(positions.toSorted((one, other) => one - other)).toEqual(upTo(count));
    }),
  );
});

test.each([2, 3, 4, 6, 8, 10])(
  'Spread is as dense among the numbers of each of %i processes',
  (processes) => {
    for (const stride of Object.values(strides)) {
      const spread = new Spread(12_000, stride);
      const shares = new Array<number>(processes).fill(0);
      for (const number of upTo(12_000))
        if (spread.positionOf(number) < 1_200) shares[number % processes]! += 1;
      for (const share of shares) expect(Math.abs(share - 1_200 / processes)).toBeLessThanOrEqual(6);
    }
  },
);

test('Spread is as dense among early numbers as among late ones', () => {
  const spread = new Spread(12_000, strides.publishers);
  const chosen = upTo(12_000).filter((number) => spread.positionOf(number) < 1_200);
  for (const [rank, number] of chosen.entries()) expect(Math.abs(number - rank * 10)).toBeLessThan(40);
});

test('Spread with another stride is independent', () => {
  const [one, other] = [new Spread(10_000, strides.publishers), new Spread(10_000, strides.subscribers)];
  const both = upTo(10_000).filter(
    (number) => one.positionOf(number) < 1_000 && other.positionOf(number) < 5_000,
  );
  expect(Math.abs(both.length - 500)).toBeLessThan(30);
});

test('countOfShare() rounds, but leaves no share above 0 without anybody', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (count, share) => {
        const wanted = share === 0 ? 0 : Math.max(1, Math.round(count * share));
        expect(countOfShare(count, share)).toBe(wanted);
      },
    ),
  );
  expect(countOfShare(0, 1)).toBe(0);
});
