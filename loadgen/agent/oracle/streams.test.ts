import { expect, test } from 'vitest';
import { EPOCH, Streams } from './streams.ts';

function scene() {
  const breaks = new Map<number, number>();
  const streams = new Streams({ earliest: () => 3, breaksOf: (publisher) => breaks.get(publisher) ?? 0 });
  const ranges = (): string[] =>
    streams.unseen(0).map(({ from, to, after }) => `${from}-${to - 1} after ${after}`);
  return { streams, breaks, ranges };
}

test('Streams makes gaps of the numbers that were jumped over, and fills them one by one', () => {
  const { streams, ranges } = scene();
  streams.see(7, 2, 12, 0);
  streams.see(7, 3, 13, 1);
  streams.see(7, 6, 16, 2);
  expect(ranges()).toEqual(['0-1 after 3', '4-5 after 13']);
  const gap = streams.gapOf(7, 1)!;
  expect(gap.overtakers).toEqual([{ index: 0, sequence: 2 }]);
  streams.fill(gap, 1, 3);
  expect([streams.gapOf(7, 1), streams.gapOf(8, 4)]).toEqual([undefined, undefined]);
  expect(ranges()).toEqual(['0-0 after 3', '4-5 after 13']);
  expect(streams.gapOf(7, 0)?.overtakers).toEqual([
    { index: 0, sequence: 2 },
    { index: 3, sequence: 1 },
  ]);
  streams.keepGaps(({ before }) => before > 15);
  expect(ranges()).toEqual(['4-5 after 13']);
});

test('Streams.isNew() tells what lies behind all that was seen of a publisher', () => {
  const { streams } = scene();
  expect(streams.isNew(7, 0)).toBe(true);
  streams.see(7, 4, 1, 0);
  expect([3, 4, 5].map((sequence) => streams.isNew(7, sequence))).toEqual([false, false, true]);
});

test('Streams takes the jump after a broken connection for no gap, but what is missing after it for one', () => {
  const { streams, ranges } = scene();
  streams.see(7, 0, 10, 0);
  streams.see(7, EPOCH, 20, 1);
  expect(ranges()).toEqual([]);
  streams.see(7, 2 * EPOCH + 1, 30, 2);
  expect(ranges()).toEqual([`${2 * EPOCH}-${2 * EPOCH} after 20`]);
});

test('Streams.make() counts from 0, and from the next epoch after a break', () => {
  const { streams, breaks } = scene();
  expect([streams.make(7, 1), streams.make(7, 2)]).toEqual([0, 1]);
  breaks.set(7, 1);
  expect([streams.make(7, 3), streams.make(7, 4)]).toEqual([EPOCH, EPOCH + 1]);
});

test('Streams.tails() tells what was made last and seen by nobody, unless the connection broke', () => {
  const { streams, breaks } = scene();
  for (const intended of [1, 2, 3]) streams.make(7, intended);
  streams.see(7, 0, 1, 0);
  streams.make(8, 9);
  expect(streams.tails()).toMatchObject([
    { publisher: 7, from: 1, to: 3, after: 1 },
    // The time of a single one is known.
    { publisher: 8, from: 0, to: 1, after: 9 },
  ]);
  breaks.set(7, 1);
  breaks.set(8, 1);
  expect(streams.tails()).toEqual([]);
});

test('Streams.tails() leaves out those of which nothing was made before a time, and forgets nothing else', () => {
  const { streams } = scene();
  for (const intended of [4, 5, 6]) streams.make(7, intended);
  streams.see(7, 0, 4, 0);
  expect([5, 5.5].map((before) => streams.tails(before).length)).toEqual([0, 1]);
  // Of these nobody remembers when the first ones were made.
  for (let n = 0; n < 100; n += 1) streams.make(8, 50 + n);
  expect(streams.tails(51).map(({ publisher }) => publisher)).toEqual([7, 8]);
  for (const [sequence, intended] of [5, 6].entries()) streams.see(7, sequence + 1, intended, sequence + 1);
  expect(streams.tails().map(({ publisher }) => publisher)).toEqual([8]);
});

test('Streams.ends() tells where the publishers of this process stand, and Streams.end() takes it in another', () => {
  const [{ streams, breaks }, other] = [scene(), scene()];
  for (const intended of [4, 5, 6]) streams.make(7, intended);
  streams.make(8, 9);
  streams.see(9, 3, 7, 0);
  const takeAll = (): void => {
    for (const end of streams.ends()) other.streams.end(end);
  };
  other.streams.see(7, 0, 4, 0);
  takeAll();
  const tails = [
    { publisher: 7, from: 1, to: 3, after: 4, before: 6, times: new Map([[2, 6]]) },
    { publisher: 8, from: 0, to: 1, times: new Map([[0, 9]]) },
  ];
  expect(other.streams.tails()).toMatchObject(tails);
  // What was told is no more of the process it was told.
  expect([...other.streams.ends()]).toEqual([]);
  // What was sent over a connection that broke since is not missed.
  breaks.set(7, 1);
  takeAll();
  expect(other.streams.tails()).toMatchObject(tails.slice(1));
  other.streams.see(8, 0, 9, 1);
  takeAll();
  expect(other.streams.tails()).toEqual([]);
  // After the break it published twice.
  streams.make(7, 10);
  streams.make(7, 11);
  takeAll();
  expect(other.streams.tails()).toMatchObject([{ publisher: 7, from: EPOCH, to: EPOCH + 2, after: 4 }]);
});
