import { expect, test } from 'vitest';
import type { Absences } from './absences.ts';
import { Channel } from './channel.ts';
import { Subscriptions } from './subscriptions.ts';

/** A channel with two confirmed subscriptions. */
function scene() {
  const told: string[] = [];
  const subscriptions = new Subscriptions(2, () => [0]);
  subscriptions.confirmedAt.fill(0);
  const channel = new Channel(0, {
    subscriptions,
    absences: new Map<number, Absences>(),
    underWay: 10,
    earliest: () => 0,
    planned: () => [],
    breaksOf: () => 0,
    duplicated: (user) => void told.push(`${user} twice`),
    reordered: (user) => void told.push(`${user} late`),
    spread: () => void told.push('spread'),
  });
  for (const subscription of [0, 1]) {
    channel.request(subscription);
    channel.confirm(subscription);
  }
  const deliver = (subscription: number, ...sequences: number[]): void => {
    for (const sequence of sequences) {
      const publication = { channel: 0, publisher: 5, sequence, intended: sequence };
      channel.deliver(subscription, publication, sequence + 1);
    }
  };
  const lost = (): number[] => [...channel.lostAtLast()].map(([, { length }]) => length);
  return { told, channel, deliver, lost };
}

test('Channel takes one order for all for granted, and tells spreads', () => {
  const { told, deliver, lost } = scene();
  for (const subscription of [0, 1]) deliver(subscription, 0, 1, 2);
  expect([told, lost()]).toEqual([
    ['spread', 'spread', 'spread'],
    [0, 0],
  ]);
});

test('Channel owes what one subscription had and the other had not, until it comes', () => {
  const { told, deliver, lost } = scene();
  deliver(0, 0, 1, 2, 3);
  deliver(1, 0, 2);
  expect(lost()).toEqual([0, 2]);
  deliver(1, 1);
  expect([told, lost()]).toEqual([
    ['spread', 'spread', '1 late', 'spread'],
    [0, 1],
  ]);
});

test('Channel.lostAtEnd() leaves out what may be under way', () => {
  const { channel, deliver } = scene();
  deliver(0, 0, 1, 2, 3);
  deliver(1, 0, 2);
  expect(channel.lostAtEnd(1, 4)).toHaveLength(1);
});

test('Channel.lostAtEnd() owes one that heard nothing any more what was intended too long ago to be under way', () => {
  const { channel, deliver } = scene();
  for (const intended of [0, 1, 2, 3, 4, 5, 6]) channel.streams.make(5, intended);
  for (const subscription of [0, 1]) deliver(subscription, 0);
  // 1 is known from the log, 2 by the gap before 3, and 6 from whoever made it.
  deliver(0, 1, 3, 4, 5);
  expect([10, 11, 11.5, 12.5, 15, 16.5].map((at) => channel.lostAtEnd(1, at))).toEqual([
    [],
    [],
    [1],
    [1, 2],
    [1, 3, 4, 2],
    [1, 3, 4, 5, 2, 6],
  ]);
  expect(channel.lostAtEnd(0, 16)).toEqual([2]);
});

test('Channel.lostAtEnd() owes what was overtaken, also when another one had it meanwhile', () => {
  const { channel, deliver } = scene();
  for (const subscription of [0, 1]) deliver(subscription, 0, 2);
  expect(channel.lostAtEnd(1, 3)).toEqual([1]);
  deliver(0, 1);
  expect(channel.lostAtEnd(1, 3)).toEqual([1]);
});

test('Channel owes what it is told at last that another process published, and nobody here had', () => {
  const { channel, deliver, lost } = scene();
  for (const subscription of [0, 1]) deliver(subscription, 0, 1);
  deliver(0, 2);
  channel.streams.end({ publisher: 5, next: 5, intended: 4 });
  channel.streams.end({ publisher: 6, next: 1, intended: 9 });
  expect([...channel.lostAtLast()].map(([, times]) => times)).toEqual([
    [3, 4, 9],
    [2, 3, 4, 9],
  ]);
  deliver(0, 4);
  expect(lost()).toEqual([2, 4]);
});

test('Channel owes what nobody had to all who were there', () => {
  const { deliver, lost } = scene();
  for (const subscription of [0, 1]) deliver(subscription, 0, 3);
  expect(lost()).toEqual([2, 2]);
  deliver(1, 1);
  expect(lost()).toEqual([2, 1]);
});

test('Channel tells for when the lost were meant, those nobody had as if evenly spread', () => {
  const { channel, deliver } = scene();
  deliver(0, 0, 1, 2, 8);
  deliver(1, 0, 2, 8);
  expect([...channel.lostAtLast()].map(([, lost]) => lost)).toEqual([
    [3, 4, 5, 6, 7],
    [1, 3, 4, 5, 6, 7],
  ]);
});

test('Channel knows for when the lost were meant that were made here', () => {
  const { channel, deliver } = scene();
  const times = [0, 1, 5, 40, 41];
  for (const intended of times) channel.streams.make(5, intended);
  for (const subscription of [0, 1]) {
    deliver(subscription, 0);
    deliver(subscription, 3);
  }
  for (const [, lost] of channel.lostAtLast()) expect(lost).toEqual([1, 5, 41]);
});

test('Channel tells a repetition from what it never had, also long after it left the log', () => {
  const { told, deliver } = scene();
  const many = Array.from({ length: 500 }, (_, sequence) => sequence);
  for (const sequence of many) for (const subscription of [0, 1]) deliver(subscription, sequence);
  deliver(1, 3, 499);
  expect(told.filter((text) => text !== 'spread')).toEqual(['1 twice', '1 twice']);
});
