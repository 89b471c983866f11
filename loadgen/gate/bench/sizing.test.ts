import { expect, test, vi } from 'vitest';
import type { Setting } from './block.ts';
import type { Probed } from './calibration.ts';
import type { Measured } from './side.ts';
import { shareFor, sizeInjection, undisturbed } from './sizing.ts';

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

/** A side whose windows take so long, each with its share of waiting. */
function sideOf(...windows: [cpuMicros: number, waitingShare: number][]) {
  const measure = vi.fn(async () => {
    const [cpuMicros, waitingShare] = windows[measure.mock.calls.length - 1] ?? [0, 0];
    return { use: { cpuMicros, waitingShare } } as Measured;
  });
  return { measure };
}

test('undisturbed() measures again, on a calm host, what a neighbour disturbed', async () => {
  const calm = vi.fn(async () => undefined);
  const side = sideOf([900, 0.06], [700, 0.05]);
  expect(await undisturbed(side, 10, calm)).toBe(700);
  expect(side.measure).toHaveBeenLastCalledWith({ mode: 'fixed', messages: 10 });
  expect(calm).toHaveBeenCalledOnce();
});

test('undisturbed() takes the third window as it is', async () => {
  const side = sideOf([900, 1], [800, 1], [700, 1], [600, 0]);
  expect(await undisturbed(side, 10, async () => undefined)).toBe(700);
});
