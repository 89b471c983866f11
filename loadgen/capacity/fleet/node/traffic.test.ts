import { expect, test } from 'vitest';
import type { UserRates } from '../question.ts';
import { free, listeners } from '../testing.ts';
import { busyOf, trafficOf } from './traffic.ts';

const chat: UserRates = {
  load: 0.1,
  inbound: 0.1,
  publications: 0.1,
  deliveries: 2,
  pings: 0.05,
  connects: 0.001,
  fanOut: 20,
  bytes: { inbound: 300, delivery: 2_000, ping: 80 },
};

test('trafficOf() adds up what a user of a single host sends and gets', () => {
  expect(trafficOf(chat, 1)).toEqual({
    bytesIn: 0.1 * 300 + 0.05 * 80,
    bytesOut: 2 * 2_000 + 0.05 * 80,
    crossings: 0,
    crossingBytes: 0,
    packets: 0.1 * 2 + 2 * 4 + 2 * 0.05 * 2,
  });
});

test('trafficOf() sends a publication once to each other host with a subscriber', () => {
  expect(trafficOf(chat, 2).crossings).toBeCloseTo(0.1 * (1 - 0.5 ** 20), 12);
  expect(trafficOf({ ...chat, fanOut: 1 }, 4).crossings).toBeCloseTo(0.1 * 3 * 0.25, 12);
  expect(trafficOf({ ...chat, fanOut: 20 }, 1_000).crossings).toBeCloseTo(0.1 * 20, 1);
  expect(trafficOf({ ...chat, fanOut: 0 }, 4).crossings).toBe(0);
});

test('trafficOf() counts the way out to other hosts once, whatever their number', () => {
  expect(trafficOf(chat, 8).bytesOut - trafficOf(chat, 1).bytesOut).toBeCloseTo(30, 9);
  expect(trafficOf(chat, 8).crossingBytes).toBeCloseTo(trafficOf(chat, 8).crossings * 300, 9);
  expect(trafficOf({ ...chat, fanOut: 0 }, 8).crossingBytes).toBeCloseTo(30, 9);
});

test('busyOf() prices each thing a user does', () => {
  const costs = { inbound: 1, delivery: 10, ping: 100, connect: 1_000, byte: 0.001 };
  expect(busyOf(costs, chat, 0)).toBeCloseTo(0.1 + 20 + 5 + 1 + 0.001 * (30 + 4_000 + 8), 9);
  expect(busyOf(free, listeners, 3)).toBe(0);
});

test('busyOf() takes a publication from another host for one from a worker unless its price is known', () => {
  expect(busyOf({ ...free, inbound: 7 }, listeners, 3)).toBe(21);
  expect(busyOf({ ...free, inbound: 7, crossing: 2 }, listeners, 3)).toBe(6);
});
