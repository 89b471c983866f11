import { expect, test } from 'vitest';
import { estimateOf } from '../../estimate/index.ts';
import { fitScaling } from '../../scaling/index.ts';
import { scalingOf } from './scaling-of.ts';

const main = { workers: 1, capacity: estimateOf(30_000, 0.02) };

/** Numbers that repeat themselves and fill the unit evenly. */
function aDraw(): () => number {
  let last = 0.5;
  return () => {
    last = (last + 0.618_033_988_7) % 1;
    return last;
  };
}

/** Small workers of 1,000 messages a second each that lose a tenth to each other. */
const small = [1, 1, 2, 2, 3, 4].map((workers) => {
  return { workers, capacity: estimateOf((1_000 * workers) / (1 + 0.1 * (workers - 1)), 0.02) };
});

test('scalingOf() puts the law of small workers in the place of large ones', () => {
  const scaling = scalingOf(main, fitScaling(small, { draw: aDraw(), replicates: 100 }));
  expect(scaling(1)).toMatchObject({ median: 30_000, grade: 'interpolation' });
  const four = scaling(4);
  expect(four.median / (120_000 / 1.3)).toBeCloseTo(1, 1);
  expect(four.grade).toBe('interpolation');
  expect(four.spread).toBeGreaterThan(main.capacity.spread);
  expect([6, 8, 9].map((workers) => scaling(workers).grade)).toEqual([
    'interpolation',
    'extrapolation',
    'beyond',
  ]);
});

test('scalingOf() assumes proportion without a law, and knows it the worse the further it goes', () => {
  const scaling = scalingOf({ ...main, workers: 2 });
  expect(scaling(4)).toMatchObject({ median: 60_000, grade: 'extrapolation' });
  expect(scaling(3).grade).toBe('interpolation');
  expect(scaling(16).grade).toBe('beyond');
  expect(scaling(16).spread).toBeGreaterThan(scaling(4).spread);
  expect(scaling(1).spread).toBeCloseTo(scaling(4).spread, 12);
});
