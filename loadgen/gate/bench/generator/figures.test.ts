import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeHistogram } from '../../../results/index.ts';
import { quantile, Times } from './figures.ts';

function times(...pairs: [intended: number, response: number][]): Times {
  const kept = new Times(pairs.length);
  for (const [intended, response] of pairs) kept.add(intended, response);
  return kept;
}

test('Times.slices() puts each response where it was intended, and the rest of a window into the last slice', () => {
  const kept = times([10, 0.001], [10.2, 0.003], [10.25, 0.002], [10.6, 0.004]);
  expect(kept.slices({ from: 10, seconds: 0.6, sliceMs: 250 })).toEqual([
    { messages: 2, p50Ms: 1, p99Ms: 3 },
    { messages: 2, p50Ms: 2, p99Ms: 4 },
  ]);
});

test('Times.slices() gives each slice of a constant rate its messages, wherever the clock stands', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (from) => {
      const kept = times(
        ...Array.from({ length: 100 }, (_, n): [number, number] => [from + n / 1_000, 0.001]),
      );
      const slices = kept.slices({ from, seconds: 0.1, sliceMs: 50 });
      expect(slices.map(({ messages }) => messages)).toEqual([50, 50]);
    }),
  );
});

test('Times.slices() leaves out slices without an answer, and has one at least', () => {
  expect(times().slices({ from: 0, seconds: 1, sliceMs: 250 })).toEqual([]);
  expect(times([0.1, 0.001]).slices({ from: 0, seconds: 1, sliceMs: 5_000 })).toHaveLength(1);
});

test('Times.encode() keeps all response times, in microseconds', () => {
  expect(times().encode()).toBeUndefined();
  const histogram = decodeHistogram(times([0, 0.001], [0, 0.002], [0, 0.003]).encode()!);
  expect([histogram.count, histogram.quantile(0.5)]).toEqual([3, 2_000]);
});

test('quantile() gives the value that a share is not above', () => {
  const values = Float64Array.from({ length: 200 }, (_, index) => index + 1);
  expect([quantile(values, 0), quantile(values, 0.5), quantile(values, 0.99), quantile(values, 1)]).toEqual([
    1, 100, 198, 200,
  ]);
  expect(quantile(new Float64Array(0), 0.5)).toBe(0);
});
