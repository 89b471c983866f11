import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStream } from '../schedule/index.ts';
import { bootstrapInterval } from './bootstrap.ts';
import { estimateEffect } from './compare.ts';
import { mean, quantile } from './spread.ts';

const draw = () => createStream('5eed', 'bootstrap');

/** The spread of a sample as a population of its own. */
function plainVariance(values: readonly number[]): number {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
}

test('bootstrapInterval() finds the published interval of the spatial test', () => {
  // Efron and Tibshirani, An Introduction to the Bootstrap, tables 14.1 and 14.2: 115.8 to 259.6, of 2,000 resamples.
  const children = [
    48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41,
  ];
  expect(plainVariance(children)).toBeCloseTo(171.5, 1);
  const found = bootstrapInterval(children, { estimate: plainVariance, confidence: 0.9, draw: draw() });
  expect(Math.abs(found.lower - 115.8)).toBeLessThan(3);
  expect(Math.abs(found.upper - 259.6)).toBeLessThan(6);
});

/** Every resample once, instead of a draw of them; of the mean the acceleration is a sixth of the skew of it. */
function exactInterval(values: readonly number[], confidence: number): [number, number] {
  const length = values.length;
  const means = Array.from({ length: length ** length }, (_, place) => {
    let sum = 0;
    for (let digit = 0, rest = place; digit < length; digit += 1, rest = Math.floor(rest / length))
      sum += values[rest % length]!;
    return sum / length;
  });
  const centre = mean(values);
  const third = mean(values.map((value) => (value - centre) ** 3));
  const skew = third / plainVariance(values) ** 1.5;
  const acceleration = skew / (6 * Math.sqrt(length));
  const below = means.filter((each) => each < centre - 1e-12).length;
  const equal = means.filter((each) => Math.abs(each - centre) <= 1e-12).length;
  const bias = normalInverse((below + equal / 2) / means.length);
  const end = (share: number) => {
    const shifted = bias + normalInverse(share);
    return quantile(means, normalShare(bias + shifted / (1 - acceleration * shifted)));
  };
  return [end((1 - confidence) / 2), end((1 + confidence) / 2)];
}

/** Simpson's rule over the bell curve. */
function normalShare(value: number): number {
  const steps = 2_000;
  const width = (value + 9) / steps;
  const bell = (at: number) => Math.exp((-at * at) / 2) / Math.sqrt(2 * Math.PI);
  let sum = bell(-9) + bell(value);
  for (let step = 1; step < steps; step += 1) sum += bell(-9 + step * width) * (step % 2 === 1 ? 4 : 2);
  return (sum * width) / 3;
}

/** Newton's steps from the middle. */
function normalInverse(share: number): number {
  let value = 0;
  for (let step = 0; step < 50; step += 1) {
    const slope = Math.exp((-value * value) / 2) / Math.sqrt(2 * Math.PI);
    value -= (normalShare(value) - share) / slope;
  }
  return value;
}

test.each([
  ['skewed', [0.3, 0.9, 1.1, 2.2, 3.7, 9.4]],
  ['even', [-2.1, -1.2, -0.3, 0.4, 1.3, 1.9]],
])('bootstrapInterval() finds what all resamples of %s values together say', (_, values) => {
  const [lower, upper] = exactInterval(values, 0.9);
  const found = bootstrapInterval(values, { estimate: mean, confidence: 0.9, draw: draw() });
  const width = upper - lower;
  expect(Math.abs(found.lower - lower)).toBeLessThan(0.04 * width);
  expect(Math.abs(found.upper - upper)).toBeLessThan(0.04 * width);
});

test('bootstrapInterval() gives the same interval for the same draws, and a point for equal values', () => {
  const values = [0.01, 0.03, -0.02, 0.05, 0.02];
  const find = (sample: readonly number[]) =>
    bootstrapInterval(sample, {
      estimate: (each) => estimateEffect(each, 'signed-rank'),
      confidence: 0.95,
      draw: draw(),
    });
  expect(find(values)).toEqual(find(values));
  expect(find([0.5, 0.5, 0.5])).toEqual({ lower: 0.5, upper: 0.5 });
});

test('bootstrapInterval() stays within the values, its ends in order', () => {
  const property = fc.property(
    fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 8 }),
    (values) => {
      const { lower, upper } = bootstrapInterval(values, { estimate: mean, confidence: 0.95, draw: draw() });
      expect(lower).toBeLessThanOrEqual(upper);
      expect(lower).toBeGreaterThanOrEqual(Math.min(...values) - 1e-12);
      expect(upper).toBeLessThanOrEqual(Math.max(...values) + 1e-12);
    },
  );
  fc.assert(property, { numRuns: 15 });
});

test('bootstrapInterval() refuses a single value', () => {
  expect(() => bootstrapInterval([1], { estimate: mean, confidence: 0.95, draw: draw() })).toThrow(
    'there are 1, wanted 2 or more',
  );
});
