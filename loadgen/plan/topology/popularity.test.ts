import fc from 'fast-check';
import { expect, test } from 'vitest';
import { uniform } from '../random.ts';
import { upTo } from '../testing.ts';
import { Popularity } from './popularity.ts';

const drawsOf = (user: number) => (n: number) => uniform(5, user, n);

test('Popularity.sample() draws as many different channels as asked, whatever the exponent', () => {
  const sizes = fc
    .integer({ min: 1, max: 60 })
    .chain((channels) => fc.tuple(fc.constant(channels), fc.nat(channels)));
  fc.assert(
    fc.property(
      sizes,
      fc.double({ min: 0.01, max: 10, noNaN: true }),
      fc.nat(999),
      ([channels, count], exponent, user) => {
        const drawn = new Popularity(channels, exponent).sample(count, drawsOf(user));
        expect(new Set(drawn).size).toBe(count);
        expect(drawn).toHaveLength(count);
        expect(drawn.every((channel) => channel >= 0 && channel < channels)).toBe(true);
      },
    ),
  );
});

test.each([0.8, 1, 2])('Popularity draws the n-th channel as 1 / n^%d has it', (exponent) => {
  const popularity = new Popularity(20, exponent);
  const weights = upTo(20).map((n) => (n + 1) ** -exponent);
  const sum = weights.reduce((whole, weight) => whole + weight, 0);
  const counts = new Array<number>(20).fill(0);
  for (const user of upTo(40_000)) counts[popularity.channelOf(uniform(1, user, 0))]! += 1;
  for (const [channel, count] of counts.entries()) {
    const share = weights[channel]! / sum;
    expect(popularity.shareOf(channel)).toBeCloseTo(share, 12);
    expect(Math.abs(count - 40_000 * share)).toBeLessThan(4.5 * Math.sqrt(40_000 * share));
  }
});

test('Popularity.sample() draws the second channel among those that are left', () => {
  const popularity = new Popularity(3, 1);
  // Shares 6/11, 3/11, 2/11: the second is channel 0 in 3/11 × 6/8 + 2/11 × 6/9 of all cases, and so on.
  const expected = [
    ((3 / 11) * 6) / 8 + ((2 / 11) * 6) / 9,
    ((6 / 11) * 3) / 5 + ((2 / 11) * 3) / 9,
    ((6 / 11) * 2) / 5 + ((3 / 11) * 2) / 8,
  ];
  const counts = [0, 0, 0];
  for (const user of upTo(30_000)) counts[popularity.sample(2, drawsOf(user))[1]!]! += 1;
  for (const [channel, count] of counts.entries())
    expect(Math.abs(count / 30_000 - expected[channel]!)).toBeLessThan(0.012);
});

test('Popularity.channelOf() covers the first draw and the last', () => {
  const popularity = new Popularity(7, 1);
  expect(popularity.channelOf(0)).toBe(0);
  expect(popularity.channelOf(1 - 2 ** -32)).toBe(6);
});
