import { expect, test } from 'vitest';
import { ChannelLog } from './channel-log.ts';

function scene() {
  const spreads: number[][] = [];
  const log = new ChannelLog(3, ({ first, median, last }) => void spreads.push([first, median, last]));
  return { log, spreads };
}

test('ChannelLog finds entries by index and by what they are, however it grows and drops', () => {
  const { log } = scene();
  for (let sequence = 0; sequence < 100; sequence += 1) {
    if (log.isFull) log.grow();
    expect(log.append(sequence % 3, sequence, sequence / 2, 1)).toBe(sequence);
  }
  log.dropUntil(40);
  for (let sequence = 100; sequence < 150; sequence += 1) {
    if (log.isFull) log.grow();
    log.append(sequence % 3, sequence, sequence / 2, 1);
  }
  expect([log.head, log.tail, log.capacity]).toEqual([40, 150, 128]);
  for (const sequence of [40, 99, 149]) {
    expect(log.is(sequence, sequence % 3, sequence)).toBe(true);
    expect([0, 45, 149].map((near) => log.indexOf(sequence % 3, sequence, near))).toEqual(
      Array(3).fill(sequence),
    );
    expect(log.intendedOf(sequence)).toBe(sequence / 2);
  }
  expect([log.is(39, 0, 39), log.is(150, 0, 150), log.is(41, 0, 41)]).toEqual([false, false, false]);
  expect(log.indexOf(0, 39, 60)).toBe(-1);
});

test.each([
  [1, [1, 1, 1]],
  [2, [1, 1, 2]],
  [3, [1, 2, 3]],
  [4, [1, 2, 4]],
  [5, [1, 3, 5]],
])('ChannelLog tells the spread over %i subscribers when the last one has it', (expected, times) => {
  const { log, spreads } = scene();
  log.append(0, 0, 10, expected);
  for (let delivery = 1; delivery <= expected; delivery += 1) {
    expect(spreads).toEqual([]);
    log.deliver(0, 10 + delivery);
  }
  log.deliver(0, 99);
  log.dropUntil(1);
  expect(spreads).toEqual([times]);
});

test('ChannelLog tells the spread of an entry that did not reach all when it drops it, and none of one that reached nobody', () => {
  const { log, spreads } = scene();
  log.append(0, 0, 10, 5);
  log.append(0, 1, 10, 5);
  for (const at of [11, 12]) log.deliver(0, at);
  log.dropUntil(2);
  expect(spreads).toEqual([[1, 2, 2]]);
});

test('ChannelLog.forgo() tells the spread over all that are still expected once they have it, and none of nobody', () => {
  const { log, spreads } = scene();
  for (const sequence of [0, 1, 2]) log.append(0, sequence, 10, 3);
  for (const at of [11, 12]) log.deliver(0, at);
  log.deliver(1, 11);
  for (const index of [0, 1, 2]) log.forgo(index);
  expect(spreads).toEqual([[1, 2, 2]]);
  log.deliver(1, 14);
  expect(spreads[1]).toEqual([1, 1, 4]);
  for (const index of [2, 2]) log.forgo(index);
  log.dropUntil(3);
  expect(spreads).toHaveLength(2);
});
