import { expect, test } from 'vitest';
import { healthyRun } from '../testing.ts';
import { figure, series, seriesUnlessZero } from './figure.ts';
import { line } from './lines.ts';

test('figure() leaves out lines without a value, and itself without a line that is no band', () => {
  const full = line('p50', {
    look: 0,
    points: [
      [0, 2],
      [1, 4],
    ],
  });
  const empty = line('p99', { look: 1, points: [[0, null]] });
  expect(figure({ title: 'Latency', id: 'a', lines: [full, empty] })[0]?.model.lines).toEqual([full]);
  expect(figure({ title: 'Latency', id: 'a', lines: [empty] })).toEqual([]);
  expect(figure({ title: 'Latency', id: 'a', lines: [{ ...full, filled: true }] })).toEqual([]);
});

test('figure() tells in words what the chart shows', () => {
  const [made] = figure({
    title: 'Latency',
    id: 'a',
    unit: 'ms',
    lines: [
      line('p50', {
        look: 0,
        points: [
          [0, 2],
          [1, 4],
          [2, 3],
        ],
      }),
    ],
  });
  expect(made?.description).toBe('Latency over time. p50: from 2.00 to 4.00 ms, last 3.00 ms.');
});

test('series() leaves a gap where a second has no value', () => {
  const { timeline } = healthyRun();
  const drain = series(timeline, ({ response }) => response?.p50).at(-1);
  expect(drain).toEqual([timeline.length - 1, null]);
});

test('seriesUnlessZero() is empty for what never happened', () => {
  const { timeline } = healthyRun();
  expect(seriesUnlessZero(timeline, ({ lost }) => lost)).toEqual([]);
  expect(seriesUnlessZero(timeline, ({ sent }) => sent)).toHaveLength(timeline.length);
});
