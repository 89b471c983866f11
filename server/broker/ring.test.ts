import fc from 'fast-check';
import { expect, test } from 'vitest';
import { brokerOf } from './ring.ts';

const channels = Array.from({ length: 20_000 }, (_, index) => `room/${index}`);

test('brokerOf() keeps nine channels of ten in place when a tenth broker joins, and moves the rest to it', () => {
  const moved = channels.filter((channel) => brokerOf(channel, 9) !== brokerOf(channel, 10));
  expect(moved.length / channels.length).toBeGreaterThan(0.09);
  expect(moved.length / channels.length).toBeLessThan(0.11);
  expect(new Set(moved.map((channel) => brokerOf(channel, 10)))).toEqual(new Set([9]));
});

test.each([2, 3, 7])('brokerOf() gives each of %i brokers its share within 5 %%', (brokers) => {
  const shares = Array.from({ length: brokers }, () => 0);
  for (const channel of channels) {
    shares[brokerOf(channel, brokers)]! += 1;
  }
  const fair = channels.length / brokers;
  for (const share of shares) {
    expect(Math.abs(share - fair) / fair).toBeLessThan(0.05);
  }
});

test('brokerOf() is a broker that exists, the same each time, for any name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 100 }), (channel, brokers) => {
      const broker = brokerOf(channel, brokers);
      expect(Number.isInteger(broker) && broker >= 0 && broker < brokers).toBe(true);
      expect(brokerOf(channel, brokers)).toBe(broker);
    }),
  );
});

test('brokerOf() never changes its mind between versions: workers of both may run at once', () => {
  expect(['news', '__proto__', '', 'täglich'].map((channel) => brokerOf(channel, 10))).toEqual([0, 8, 3, 7]);
});
