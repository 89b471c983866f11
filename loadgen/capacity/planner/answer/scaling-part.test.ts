import { expect, test } from 'vitest';
import { estimateOf } from '../../estimate/index.ts';
import { fitScaling } from '../../scaling/index.ts';
import { aSize } from '../testing.ts';
import { lawOf, pointsOf, scalingPart } from './scaling-part.ts';

/** Numbers that repeat themselves and fill the unit evenly. */
function aDraw(): () => number {
  let last = 0.5;
  return () => {
    last = (last + 0.618_033_988_7) % 1;
    return last;
  };
}

test('pointsOf() takes estimates that are no lower bounds', () => {
  // Points have no soak, so none of them is ever confirmed.
  const { result } = aSize(3);
  const limited = aSize(3, { result: { ...result, verdict: 'unconfirmed', atLeast: 'generator-limited' } });
  const { estimate: _, ...nothing } = aSize(4).result;
  const found = [aSize(1), aSize(2), limited, aSize(4, { result: nothing })];
  expect(pointsOf(found).map(({ workers }) => workers)).toEqual([1, 2]);
});

test('lawOf() fits no law to points that are too few, or too much alike', () => {
  const point = (workers: number) => ({ workers, capacity: estimateOf(1_000 * workers, 0.02) });
  expect(lawOf([1, 2, 3, 4].map(point), aDraw())).toBeUndefined();
  expect(lawOf([1, 1, 1, 2, 2, 3].map(point), aDraw())).toBeUndefined();
  expect(lawOf([1, 1, 2, 2, 3, 4].map(point), aDraw())?.points).toHaveLength(6);
});

test('scalingPart() draws the law to four times what was measured, and grades it', () => {
  const points = [1, 1, 2, 2, 3, 4].map((workers) => {
    return { workers, capacity: estimateOf((1_000 * workers) / (1 + 0.1 * (workers - 1)), 0.02) };
  });
  const part = scalingPart(fitScaling(points, { draw: aDraw(), replicates: 100 }));
  expect(part.points).toEqual(points);
  expect(part.band).toHaveLength(16);
  expect(part.band.map(({ grade }) => grade)).toEqual([
    ...Array<string>(6).fill('interpolation'),
    ...Array<string>(2).fill('extrapolation'),
    ...Array<string>(8).fill('beyond'),
  ]);
  expect(part.laws.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
  for (const { lower, median, upper } of part.band) expect(lower <= median && median <= upper).toBe(true);
});
