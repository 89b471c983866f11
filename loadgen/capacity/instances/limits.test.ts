import { expect, test } from 'vitest';
import { limits, networkOf, trackedConnectionsOf, warnOfIdle } from './limits.ts';

test('limits say where each was read', () => {
  for (const { source, unit } of Object.values(limits)) expect(`${source}${unit}`).not.toBe('');
  expect(limits.trackedConnections.value).toBe(76_957);
});

test('networkOf() plans on what is there all the time, and not on more than goes to the internet', () => {
  expect(networkOf({ vcpus: 2, network: 781e6 })).toBe(781e6);
  expect(networkOf({ vcpus: 2, network: 6_250e6 })).toBe(5e9);
  expect(networkOf({ vcpus: 2, network: 6_250e6 }, 'region')).toBe(6_250e6);
});

test('networkOf() lets half of a large type out to the internet, or 5 Gbit/s where that is more', () => {
  expect(networkOf({ vcpus: 32, network: 15_000e6 })).toBe(7_500e6);
  expect(networkOf({ vcpus: 32, network: 8_000e6 })).toBe(5e9);
  expect(networkOf({ vcpus: 32, network: 4_000e6 })).toBe(4_000e6);
});

test('networkOf() says nothing where nobody knows', () => {
  expect(networkOf({ vcpus: 8 })).toBeUndefined();
});

test('trackedConnectionsOf() is sure of the published type alone', () => {
  expect(trackedConnectionsOf({ type: 'm7i-flex.large', vcpus: 2 })).toEqual({ median: 76_957, spread: 0 });
  expect(trackedConnectionsOf({ type: 'c7g.xlarge', vcpus: 4 })).toEqual({ median: 153_914, spread: 0.3 });
});

test('warnOfIdle() warns of pings that come after a connection was forgotten', () => {
  expect(warnOfIdle(20)).toBeUndefined();
  expect(warnOfIdle(349)).toBeUndefined();
  expect(warnOfIdle(350)).toContain('Users ping each 350 s');
});
