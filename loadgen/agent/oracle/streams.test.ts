import { expect, test } from 'vitest';
import { EPOCH, Streams } from './streams.ts';

function scene() {
  const breaks = new Map<number, number>();
  const streams = new Streams({ earliest: () => 3, breaksOf: (publisher) => breaks.get(publisher) ?? 0 });
  const ranges = (): string[] =>
    streams.gaps.map(({ from, to, after }) => `${from}-${to - 1} after ${after}`);
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
