import { expect, test } from 'vitest';
import { decodeHistogram } from '../../results/index.ts';
import { Distribution } from './distribution.ts';

test('Distribution.cut() tells seconds as microseconds, once', () => {
  const distribution = new Distribution();
  distribution.record(0.25);
  distribution.record(0.25);
  const histogram = decodeHistogram(distribution.cut() ?? expect.fail());
  expect(histogram.count).toBe(2);
  expect(histogram.max).toBeCloseTo(250_000, -3);
  expect(distribution.cut()).toBeUndefined();
});
