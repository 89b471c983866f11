import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chainRatios, readTrend } from './trend.ts';

/** A wobble of about 1 % that never repeats within fifty points. */
const wobble = (index: number) => 0.01 * Math.sin(index * 2.399);
const series = (level: (index: number) => number, points = 60) =>
  Array.from({ length: points }, (_, index) => level(index) + wobble(index));

test('readTrend() tells the size of a change that stays', () => {
  const { changes } = readTrend(
    series((index) => (index < 30 ? 0 : Math.log(1.1))),
    { blocks: 600 },
  );
  expect(changes).toMatchObject([{ at: 30, kind: 'lasting' }]);
  expect(changes[0]!.effect).toBeCloseTo(0.1, 2);
});

test('readTrend() marks a level that is left again after three points', () => {
  const { changes } = readTrend(
    series((index) => (index >= 30 && index < 33 ? 0.3 : 0)),
    { blocks: 600 },
  );
  expect(changes.map(({ at, kind }) => [at, kind])).toEqual([
    [30, 'passing'],
    [33, 'passing'],
  ]);
});

test('readTrend() wants five points of a level while few blocks stand behind the series', () => {
  const values = series((index) => (index >= 57 ? 0.3 : 0));
  // Without one of the three the rest could prove nothing, which is no reason to doubt what the three did.
  expect(readTrend(values, { blocks: 600 }).changes).toMatchObject([{ at: 57, kind: 'lasting' }]);
  expect(readTrend(values, { blocks: 120 }).changes.map(({ at }) => at)).not.toContain(57);
});

test('readTrend() reports no spike as a lasting change', () => {
  const { changes } = readTrend(
    series((index) => (index === 40 ? 0.5 : 0)),
    { blocks: 600 },
  );
  expect(changes.filter(({ kind }) => kind === 'lasting')).toEqual([]);
});

test('readTrend() marks a change that hangs on one point', () => {
  // The new level is a little too near to count, but for one of its points.
  const values = Array.from({ length: 60 }, (_, index) => (index < 36 ? 0 : 0.0185) + wobble(index) / 5);
  values[45] = 0.08;
  const { changes } = readTrend(values, { blocks: 600 });
  expect(changes).toMatchObject([{ at: 36, kind: 'single-point' }]);
});

test('chainRatios() is undone by differences of neighbours', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -100, max: 100 })), (ratios) => {
      const levels = chainRatios(ratios);
      expect(levels.map((level, index) => level - (levels[index - 1] ?? 0))).toEqual(
        ratios.map((ratio) => ratio + 0),
      );
    }),
  );
});
