import { expect, test } from 'vitest';
import { createHistogram } from '../../../loadgen/results/index.ts';
import type { Entry } from '../measurements/index.ts';
import { aBlock } from '../measurements/testing.ts';
import { planBlocks } from '../schedule/index.ts';
import { differenceOf, valuesOf } from './values.ts';

const [plan] = planBlocks('5eed', { blocks: 1 });
const slower = aBlock(plan!, ({ arm }) => ({ factor: arm === 'candidate' ? 1.1 : 1 }));
const kept = { ...slower, stallLimitMs: 15 };

test('valuesOf() takes each metric of each build in its unit', () => {
  const values = valuesOf(kept);
  expect(values.cpu!.base).toBeCloseTo(20, 9);
  expect(values.cpu!.candidate).toBeCloseTo(22, 9);
  expect(values.instructions!.base).toBeCloseTo(80_000, 6);
  // The lower quartile of 2.7, 3.0, 3.3 and 3.6, over the sixteen slices of four windows.
  expect(values.tail!.base).toBeCloseTo(2.925, 1);
  expect(values.stalls).toEqual({ base: 0, candidate: 0 });
  expect(values.memory).toEqual({ base: 8_000, candidate: 8_000 });
});

test('differenceOf() is the same for every metric that grew by a tenth', () => {
  const values = valuesOf(kept);
  for (const metric of ['cpu', 'instructions', 'allocation', 'gc', 'p50', 'tail'] as const) {
    expect(differenceOf(metric, values[metric]!)).toBeCloseTo(Math.log(1.1), 9);
  }
  expect(differenceOf('stalls', { base: 0.1, candidate: 0.3 })).toBeCloseTo(0.2, 12);
});

test('differenceOf() does not feel drift that is the same for both builds and straight over the windows', () => {
  const drifting = aBlock(plan!, ({ position }) => ({ factor: Math.exp(0.05 * position) }));
  expect(differenceOf('cpu', valuesOf({ ...drifting, stallLimitMs: 15 }).cpu!)).toBeCloseTo(0, 12);
});

test('valuesOf() has no figure where one window of a build did not measure it, or measured nothing', () => {
  const blind = change(0, ({ window }) => delete window.server.instructions);
  expect(valuesOf({ ...kept, entries: blind }).instructions).toBeUndefined();
  const zero = change(0, ({ window }) => (window.server.gcMicros = 0));
  expect(valuesOf({ ...kept, entries: zero }).gc).toBeUndefined();
  expect(valuesOf({ ...kept, memory: undefined }).memory).toBeUndefined();
});

test('valuesOf() takes the p99 of all windows together, not the mean of theirs', () => {
  const times = [...new Array<number>(990).fill(1_000), ...new Array<number>(10).fill(9_000)];
  const halves = [times.slice(0, 500), times.slice(500)].map((part) => {
    const histogram = createHistogram();
    for (const time of part) histogram.record(time);
    const encoded = histogram.encode();
    histogram.destroy();
    return encoded;
  });
  const entries = slower.entries.map((entry) => {
    return entry.mode === 'open'
      ? { ...entry, window: { ...entry.window, response: halves[entry.position < 4 ? 0 : 1]! } }
      : entry;
  });
  const { p99 } = valuesOf({
    ...kept,
    entries: entries.filter(({ position }) => position < 2 || position > 5),
  });
  expect(p99!.base).toBeCloseTo(1, 2);
});

function change(position: number, by: (entry: Entry) => unknown): Entry[] {
  const entries = structuredClone(slower.entries);
  for (const entry of entries) if (entry.position === position) by(entry);
  return entries;
}
