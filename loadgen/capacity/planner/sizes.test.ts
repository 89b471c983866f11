import { expect, test } from 'vitest';
import { sizesFor } from './sizes.ts';

test('sizesFor() leaves half of the host to the load generator', () => {
  expect([1, 2, 4, 8, 64].map((cores) => sizesFor(cores).main)).toEqual([1, 1, 2, 4, 32]);
  expect([1, 2, 4, 8, 64].map((cores) => sizesFor(cores).loadProcesses)).toEqual([1, 1, 2, 4, 32]);
});

test('sizesFor() has enough points for a law, of workers that fit into their half', () => {
  for (const cores of [1, 2, 4, 8, 16, 64]) {
    const { points, share = 1 } = sizesFor(cores);
    expect(points.length).toBeGreaterThanOrEqual(6);
    expect(new Set(points).size).toBeGreaterThanOrEqual(4);
    expect(Math.max(...points) * share).toBeLessThanOrEqual(Math.max(1, cores / 2));
    expect(share).toBeGreaterThan(0);
  }
  expect(sizesFor(2).share).toBe(0.12);
  expect(sizesFor(16)).not.toHaveProperty('share');
  expect(sizesFor(2, { workers: 3, points: [1, 8] })).toEqual({
    main: 3,
    points: [1, 8],
    share: 0.06,
    loadProcesses: 1,
  });
});
