import { expect, test } from 'vitest';
import type { Setting } from './block.ts';
import type { Probed } from './calibration.ts';
import { shareFor, sizeInjection } from './sizing.ts';

const nothing = { setting: {} as Setting, probed: {} as Probed };

test('sizeInjection() leaves an honest build alone', async () => {
  expect(await sizeInjection(undefined, nothing)).toBeNull();
});

test('sizeInjection() keeps sizes as they are that are no share of what a message costs', async () => {
  expect(await sizeInjection({ kind: 'tail', size: 3 }, nothing)).toEqual({
    ...{ kind: 'tail', size: 3 },
    ...{ elements: 0, share: 0 },
  });
});

test('shareFor() has as many messages parsed as make up the slowdown', () => {
  expect(shareFor(0.1, { tried: 1, ratios: [1, 4] })).toBeCloseTo(0.1, 12);
  expect(shareFor(0.1, { tried: 1, ratios: [1.5, 1.5] })).toBeCloseTo(0.2, 12);
  expect(shareFor(3, { tried: 1, ratios: [2.5] })).toBeCloseTo(2, 12);
  expect(shareFor(0.1, { tried: 0.2, ratios: [1.25] })).toBeCloseTo(0.08, 12);
});

test('shareFor() takes no cost that is noise for one', () => {
  expect(shareFor(0.1, { tried: 0.2, ratios: [0.98, 1.01] })).toBe(1);
});
