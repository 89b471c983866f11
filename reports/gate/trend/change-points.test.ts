import { expect, test } from 'vitest';
import { createStream } from '../schedule/index.ts';
import { findChanges } from './change-points.ts';

/** Nearly normal noise of standard deviation 1. */
function noise(seed: string): () => number {
  const draw = createStream(seed, 'trend');
  return () => Array.from({ length: 12 }, draw).reduce((sum, value) => sum + value, -6);
}

function series(seed: string, levels: readonly [points: number, level: number][], spread = 0.02): number[] {
  const next = noise(seed);
  return levels.flatMap(([points, level]) => Array.from({ length: points }, () => level + spread * next()));
}

test('findChanges() finds a step within a point or two, and its size', () => {
  const values = series('step', [
    [30, 0],
    [30, 0.1],
  ]);
  const { changes } = findChanges(values, 3);
  expect(changes).toHaveLength(1);
  expect(Math.abs(changes[0]!.at - 30)).toBeLessThanOrEqual(1);
  expect(changes[0]!.after - changes[0]!.before).toBeCloseTo(0.1, 1);
  expect(changes[0]!.p).toBeLessThanOrEqual(0.001);
});

test('findChanges() finds a change and its revert, and says the same every time', () => {
  const values = series('revert', [
    [40, 0],
    [10, 0.15],
    [40, 0],
  ]);
  const { changes } = findChanges(values, 3);
  expect(changes.map(({ at }) => at)).toEqual([40, 50]);
  expect(findChanges(values, 3)).toEqual({ changes, undecided: [] });
});

test('findChanges() finds a late change in a long series as in a short one', () => {
  const values = series('long', [
    [180, 0],
    [12, 0.1],
  ]);
  expect(findChanges(values, 3).changes.map(({ at }) => at)).toEqual([180]);
});

test('findChanges() leaves out what is certain and does not matter', () => {
  const values = series(
    'small',
    [
      [30, 0],
      [30, 0.015],
    ],
    0.002,
  );
  expect(findChanges(values, 3).changes).toEqual([]);
});

test('findChanges() says that too few points differ, rather than that nothing changed', () => {
  const values = [0, 0.001, 0.002, 0.001, 0, 0.3, 0.301, 0.302];
  expect(findChanges(values, 3)).toEqual({ changes: [], undecided: [5] });
});

test('findChanges() has nothing to say of short and of constant series', () => {
  for (const values of [[], [1], [1, 2, 3, 4, 5], new Array<number>(60).fill(2)])
    expect(findChanges(values, 3)).toEqual({ changes: [], undecided: [] });
});

test('findChanges() raises hardly a false change, with normal noise and with outliers', () => {
  let points = 0;
  let found = 0;
  for (let index = 0; index < 30; index += 1) {
    const next = noise(`quiet ${index}`);
    const values = Array.from({ length: 100 }, () => 0.03 * next() * (next() > 1.28 && index % 2 ? 5 : 1));
    points += values.length;
    found += findChanges(values, 5).changes.length;
  }
  // 0.03 to 0.05 for a hundred points are expected: two of these three thousand, or a few more.
  expect((found / points) * 100).toBeLessThanOrEqual(0.2);
});

test.each([
  [0.1, 5, 0.8],
  [0.05, 10, 0.75],
])('findChanges() finds a step of %f after %i points in most series', (step, after, least) => {
  const seeds = Array.from({ length: 40 }, (_, index) => `${step} ${index}`);
  const hits = seeds.filter((seed) => {
    const { changes } = findChanges(
      series(seed, [
        [40, 0],
        [after, step],
      ]),
      3,
    );
    return changes.some(({ at }) => Math.abs(at - 40) <= 2);
  });
  expect(hits.length / seeds.length).toBeGreaterThanOrEqual(least);
});
