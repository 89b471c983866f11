import { expect, test } from 'vitest';
import { addShapes, type Second } from '../../loadgen/results/index.ts';
import { healthyRun } from '../testing.ts';
import { condense } from './condense.ts';

const { timeline } = healthyRun();

function total(seconds: readonly Second[], of: (second: Second) => number): number {
  return seconds.reduce((sum, second) => sum + of(second) * (second.seconds ?? 1), 0);
}

test('condense() leaves a timeline alone that need not be shorter', () => {
  expect(condense(timeline, 1)).toEqual(timeline);
});

test('condense() loses not one message, and none of their times', () => {
  const short = condense(timeline, 7);
  expect(short.length).toBeLessThan(timeline.length / 5);
  for (const name of ['sent', 'answered'] as const) {
    expect(total(short, (second) => second[name])).toBeCloseTo(total(timeline, (second) => second[name]));
    expect(total(short, ({ workers }) => workers[0]?.[name] ?? 0)).toBeCloseTo(
      total(timeline, ({ workers }) => workers[0]?.[name] ?? 0),
    );
  }
  const response = (seconds: readonly Second[]) =>
    addShapes(seconds.map(({ shapes }) => shapes?.response ?? []));
  expect(response(short)).toEqual(response(timeline));
});

test('condense() loses no error that a behaviour threw, whichever second it was thrown in', () => {
  const seconds = structuredClone(timeline);
  for (const second of seconds.slice(8, 10)) second.thrown = { TypeError: 2, RangeError: 1 };
  const short = condense(seconds, 7);
  expect(total(short, ({ thrown }) => thrown?.['TypeError'] ?? 0)).toBeCloseTo(4);
  expect(total(short, ({ thrown }) => thrown?.['RangeError'] ?? 0)).toBeCloseTo(2);
});

test('condense() keeps the slowest answer, the phases apart, and the users at the end', () => {
  const short = condense(timeline, 7);
  const slowest = (seconds: readonly Second[]) =>
    Math.max(...seconds.map(({ response }) => response?.max ?? 0));
  expect(slowest(short)).toBe(slowest(timeline));
  for (const { second, seconds = 1, phase } of short) {
    expect(timeline.slice(second, second + seconds).every((each) => each.phase === phase)).toBe(true);
  }
  expect(short.at(-1)?.users.open).toBe(timeline.at(-1)?.users.open);
});

test('condense() means every figure of a load process over its stretch, not that of its last second', () => {
  const seconds = structuredClone(timeline.slice(0, 2));
  const loads = seconds.flatMap(({ generator }) => generator.processes.filter(({ id }) => id === 0));
  expect(loads).toHaveLength(2);
  Object.assign(loads[0] ?? {}, {
    cpuCores: 0.3,
    gcMsPerSecond: 4,
    waitMsPerSecond: 30,
    throttledMsPerSecond: 8,
  });
  Object.assign(loads[1] ?? {}, {
    cpuCores: 0.5,
    gcMsPerSecond: 2,
    waitMsPerSecond: 10,
    throttledMsPerSecond: 0,
  });
  const [short] = condense(seconds, 2);
  const mean = { cpuCores: 0.4, gcMsPerSecond: 3, waitMsPerSecond: 20, throttledMsPerSecond: 4 };
  expect(short?.generator.processes.find(({ id }) => id === 0)).toMatchObject(mean);
});
