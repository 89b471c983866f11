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
