import fc from 'fast-check';
import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { expect, test } from 'vitest';
import {
  createHistogram,
  decodeHistogram,
  emptyHistogram,
  HIGHEST_MICROS,
  type Histogram,
} from './histogram.ts';

const samples = fc.array(fc.integer({ min: 0, max: HIGHEST_MICROS }), { minLength: 1, maxLength: 200 });

/** Runs with a histogram of the hot path, whose memory nobody else frees. */
function using<Result>(values: readonly number[], use: (histogram: Histogram) => Result): Result {
  const histogram = createHistogram();
  for (const value of values) histogram.record(value);
  const result = use(histogram);
  histogram.destroy();
  return result;
}

function figuresOf(histogram: Histogram) {
  const { count, min, max, mean } = histogram;
  return {
    count,
    min,
    max,
    mean,
    quantiles: [0, 0.5, 0.9, 0.99, 1].map((share) => histogram.quantile(share)),
  };
}

test('quantile() is within 0.1 % of the value at that rank of the sorted samples', () => {
  fc.assert(
    fc.property(samples, fc.double({ min: 0.001, max: 1, noNaN: true }), (values, share) => {
      const sorted = [...values].sort((one, other) => one - other);
      // hdr-histogram-js rounds ranks that are whole but for the last bit down.
      const rank = Math.max(1, Math.ceil(share * values.length - 1e-9));
      const exact = sorted[rank - 1]!;
      const found = using(values, (histogram) => histogram.quantile(share));
      expect(Math.abs(found - exact)).toBeLessThanOrEqual(exact * 0.001);
    }),
  );
});

test('Histogram tells the exact count, and smallest, greatest and mean value within 0.1 %', () => {
  fc.assert(
    fc.property(samples, (values) => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const figures = using(values, figuresOf);
      expect(figures.count).toBe(values.length);
      for (const [found, exact] of [
        [figures.min, Math.min(...values)],
        [figures.max, Math.max(...values)],
        [figures.mean, mean],
      ] as const) {
        expect(Math.abs(found - exact)).toBeLessThanOrEqual(exact * 0.001);
      }
    }),
  );
});

test('decodeHistogram() reads back what encode() wrote, bucket for bucket', () => {
  fc.assert(
    fc.property(samples, (values) => {
      using(values, (histogram) => {
        const read = decodeHistogram(histogram.encode());
        expect(figuresOf(read)).toEqual(figuresOf(histogram));
        expect(read.encode()).toBe(histogram.encode());
      });
    }),
  );
});

test('add() gives the same buckets as one histogram that recorded everything, whatever the kinds', () => {
  const parts = fc.array(samples, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(parts, fc.boolean(), (values, fromText) => {
      const whole = using(values.flat(), (histogram) => histogram.encode());
      const merged = emptyHistogram();
      const native = createHistogram();
      for (const part of values) {
        using(part, (histogram) => {
          const other = fromText ? decodeHistogram(histogram.encode()) : histogram;
          merged.add(other);
          native.add(other);
        });
      }
      expect(merged.encode()).toBe(whole);
      expect(native.encode()).toBe(whole);
      native.destroy();
    }),
  );
});

test('mean is the same whichever kind of histogram the times are in', () => {
  fc.assert(
    fc.property(samples, (values) => {
      using(values, (native) => {
        expect(decodeHistogram(native.encode()).mean).toBeCloseTo(native.mean, 3);
      });
    }),
  );
});

test('record() counts what is out of range at the edges', () => {
  const figures = using([-3, Number.NaN, HIGHEST_MICROS, HIGHEST_MICROS * 9, Infinity], (histogram) => {
    return { ...figuresOf(histogram), clamped: histogram.clamped };
  });
  expect(figures).toMatchObject({ count: 5, min: 0, clamped: 2 });
  expect(figures.max).toBe(HIGHEST_MICROS);
});

test('record() rounds to whole microseconds', () => {
  expect(using([1.4, 1.6], figuresOf)).toMatchObject({ min: 1, max: 2, mean: 1.5 });
});

test('reset() leaves an empty histogram that records again', () => {
  using([5, 500, HIGHEST_MICROS * 2], (histogram) => {
    histogram.reset();
    expect(figuresOf(histogram)).toEqual({ count: 0, min: 0, max: 0, mean: 0, quantiles: [0, 0, 0, 0, 0] });
    expect(histogram.clamped).toBe(0);
    histogram.record(7);
    expect(figuresOf(histogram)).toMatchObject({ count: 1, min: 7, max: 7 });
  });
});

test('encode() writes what hdr-histogram-js itself writes', () => {
  const plain = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST_MICROS,
    numberOfSignificantValueDigits: 3,
  });
  for (const value of [1, 20, 300, 4_000]) plain.recordValue(value);
  expect(using([1, 20, 300, 4_000], (histogram) => histogram.encode())).toBe(
    encodeIntoCompressedBase64(plain),
  );
});

test('destroy() gives memory back: 2,000 histograms in turn need no more than a few', () => {
  const turn = () => using([1_000], (histogram) => histogram.encode());
  for (let n = 0; n < 50; n += 1) turn();
  const before = process.memoryUsage.rss();
  for (let n = 0; n < 2_000; n += 1) turn();
  // Not destroyed, they would hold 2,000 × 74 KB = 148 MB.
  expect(process.memoryUsage.rss() - before).toBeLessThan(60_000_000);
});

test('destroy() makes a histogram unusable', () => {
  const histogram = createHistogram();
  histogram.destroy();
  expect(() => histogram.record(1)).toThrow();
});

test.each(['', 'nonsense', 'HISTFAAAAAA', '{}'])('decodeHistogram() refuses "%s" in a sentence', (text) => {
  expect(() => decodeHistogram(text)).toThrow(
    expect.objectContaining({
      code: 'RECORD_INVALID',
      message: expect.stringMatching(/^Cannot read histogram "/),
    }),
  );
});
