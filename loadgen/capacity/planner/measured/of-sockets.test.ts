import { expect, test } from 'vitest';
import { estimateOf } from '../../estimate/index.ts';
import { aRecord } from '../testing.ts';
import { ofSockets } from './of-sockets.ts';

test('ofSockets() takes what was looked at', () => {
  const { connects, memory } = ofSockets({
    memory: { perSocket: estimateOf(8_000, 0.05), base: 70e6 },
    connectMicros: 100,
    mostSockets: 4_000,
    othersBytes: 90e6,
    churn: aRecord(),
    remarks: [],
  });
  expect(memory).toMatchObject({ perSocket: { median: 8_000 }, perWorker: 70e6 });
  expect(memory.host).toBeGreaterThan(90e6);
  expect(connects.median).toBe(10_000);
});

test('ofSockets() is careful about sockets that nobody looked at', () => {
  const { memory } = ofSockets(undefined);
  expect(memory.perSocket.median).toBeGreaterThan(8_000);
  expect(memory.perSocket.spread).toBeGreaterThan(0.1);
});
