import { expect, test } from 'vitest';
import { windowOf } from '../testing.ts';
import { tally } from './tally.ts';

const terms = { limitsMs: [10, 50], connectWithinMs: 1_000 };

test('tally() adds load processes up, and counts answers and deliveries within each limit', () => {
  const windows = [
    windowOf(0, 3, { sent: 3, response: [5, 20], push: [5], published: 1 }),
    windowOf(1, 3, { sent: 2, response: [70], timedOut: 1, unsent: 4, push: [40, 90] }),
  ];
  expect(tally(windows, terms)).toMatchObject([
    { second: 3, sent: 5, published: 1, unsent: 4, answered: 3, givenUp: 1, pushed: 3, inTime: [2, 4] },
  ]);
});

test('tally() counts a lost delivery in the second in which it was intended, or in which it is told when nobody knows', () => {
  const windows = [
    windowOf(0, 1, { push: [1] }),
    windowOf(0, 4, { pushLost: 5, pushLostOf: { 1: 3, 2: 1 } }),
  ];
  expect(tally(windows, terms).map(({ second, pushLost }) => [second, pushLost])).toEqual([
    [1, 3],
    [2, 1],
    [4, 1],
  ]);
});

test('tally() tells errors, what came in disorder, and connections that were made in time', () => {
  const made = {
    errors: 2,
    dropped: { reset: 1 },
    thrown: { TypeError: 1 },
    duplicated: 1,
    pushReordered: 2,
    connect: [5, 5, 3_000],
  };
  expect(tally([windowOf(0, 0, made)], terms)).toMatchObject([
    { errors: 4, disordered: 3, connects: 3, connectsInTime: 2 },
  ]);
});

test('tally() tells the mean times of answers since they were sent and of deliveries', () => {
  const [second] = tally([windowOf(0, 0, { response: [90], service: [4, 8], push: [10, 30] })], terms);
  expect(second?.serviceMeanMs).toBeCloseTo(6, 1);
  expect(second?.pushMeanMs).toBeCloseTo(20, 1);
});

test('tally() orders seconds, whoever told first', () => {
  const windows = [7, 2, 5].map((second) => windowOf(0, second, {}));
  expect(tally(windows, terms).map(({ second }) => second)).toEqual([2, 5, 7]);
});
