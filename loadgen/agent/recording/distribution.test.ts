import { expect, test } from 'vitest';
import { decodeHistogram } from '../../results/index.ts';
import { Distribution } from './distribution.ts';

test('Distribution.encode() tells seconds as microseconds', () => {
  const distribution = new Distribution();
  distribution.record(0.25);
  distribution.record(0.25);
  expect(distribution.close()).toBe(true);
  const histogram = decodeHistogram(distribution.encode());
  expect(histogram.count).toBe(2);
  expect(histogram.max).toBeCloseTo(250_000, -3);
});

test('Distribution.close() has nothing to encode when nothing was recorded since', () => {
  const distribution = new Distribution();
  expect(distribution.close()).toBe(false);
  distribution.record(0.1);
  expect([distribution.close(), distribution.encode()]).toEqual([true, expect.any(String)]);
  expect(distribution.close()).toBe(false);
});

test('Distribution.close() keeps out what is recorded before it is encoded', () => {
  const distribution = new Distribution();
  const found = [3, 5, 7].map((count) => {
    for (let n = 0; n < count; n += 1) distribution.record(0.001);
    distribution.close();
    distribution.record(0.002); // Belongs to the next.
    return decodeHistogram(distribution.encode()).count;
  });
  expect(found).toEqual([3, 6, 8]);
});
