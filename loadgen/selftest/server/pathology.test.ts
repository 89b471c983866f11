import { expect, test } from 'vitest';
import { exponential } from '../laws/index.ts';
import { createDelays, type Pathology } from './pathology.ts';

function delays(pathology: Pathology, count: number): number[] {
  const answerAt = createDelays(pathology, 1);
  return Array.from({ length: count }, () => answerAt(0, 0));
}

test('createDelays() gives one in twenty the longer time, to a thousandth', () => {
  const times = delays({ kind: 'two-point', delayMs: 2, share: 0.05, longerMs: 40 }, 1_000);
  expect(Math.abs(times.filter((time) => time === 40).length - 50)).toBeLessThanOrEqual(1);
});

test('createDelays() follows the exponential law closely from the first thousand on', () => {
  const times = delays({ kind: 'exponential', meanMs: 4 }, 1_000).toSorted((one, other) => one - other);
  for (const share of [0.5, 0.9, 0.99]) {
    expect(times[share * 1_000]).toBeCloseTo(exponential(4).quantile(share), 0);
  }
});

test('createDelays() draws anew with another seed', () => {
  const [one, other] = [1, 2].map((seed) => createDelays({ kind: 'exponential', meanMs: 4 }, seed)(0, 0));
  expect(one).not.toBe(other);
});

test('createDelays() answers at once, but in a stall at its end', () => {
  const stalls = createDelays({ kind: 'stalls', firstMs: 330, lengthMs: 200, periodMs: 1_000 }, 1);
  const answers = [-50, 0, 329, 330, 500, 529, 530, 1_329, 1_400].map((readAt) =>
    Math.round(stalls(readAt, 0)),
  );
  expect(answers).toEqual([-50, 0, 329, 530, 530, 530, 530, 1_329, 1_530]);
});

test('createDelays() slows one worker', () => {
  const answerAt = createDelays({ kind: 'slow-worker', workers: 4, slow: 2, delayMs: 2, longerMs: 52 }, 1);
  expect([0, 1, 2, 3].map((worker) => answerAt(10, worker))).toEqual([12, 12, 62, 12]);
});

test('createDelays() takes one question of a queue at a time', () => {
  const answerAt = createDelays({ kind: 'queue', serviceMs: 5 }, 1);
  expect([0, 1, 2, 100].map((readAt) => answerAt(readAt, 0))).toEqual([5, 10, 15, 105]);
});

test('createDelays() gives the same delay always when it is fixed', () => {
  expect(createDelays({ kind: 'fixed', delayMs: 5 }, 1)(7, 0)).toBe(12);
});
