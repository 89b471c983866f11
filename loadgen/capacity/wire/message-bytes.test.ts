import { expect, test } from 'vitest';
import { channelsOf } from '../profiles/testing.ts';
import { heartbeatBytes, messageBytes, payloadBytesOf } from './message-bytes.ts';

test('messageBytes() adds the headers of all layers to what is said', () => {
  const behaviour = { kind: 'ping-pong', payload: 1, every: 1 } as const;
  const sent = '{"event":"ping","data":1}'.length + 2 + 4 + 66;
  expect(messageBytes(behaviour)).toEqual({
    inbound: sent,
    delivery: '{"event":"pong","data":{"count":100000}}'.length + 2 + 66,
  });
});

test('messageBytes() makes a publication as long for those who get it, but for the mask', () => {
  const { inbound, delivery } = messageBytes(channelsOf({ payloadBytes: 100 }));
  expect(inbound - delivery).toBe(4);
  const longer = messageBytes(channelsOf({ payloadBytes: 1_100 }));
  expect(longer.inbound - inbound).toBe(1_000);
  // Of two packets each has headers, and a length above 65,535 takes six bytes more.
  expect(messageBytes(channelsOf({ payloadBytes: 2_100 })).inbound - inbound).toBe(2_000 + 66);
  const large = messageBytes(channelsOf({ payloadBytes: 100_100 })).inbound - inbound;
  expect(large).toBe(100_000 + 6 + 69 * 66);
});

test('messageBytes() takes an answer for as long as the call, and custom messages for calls', () => {
  const calls = messageBytes({ kind: 'calls', event: 'add', payload: 'f'.repeat(64) });
  const custom = messageBytes({ kind: 'custom' });
  expect(Math.abs(calls.inbound - custom.inbound)).toBeLessThan(5);
  expect(custom.delivery).toBeGreaterThan(64);
  expect(messageBytes({ kind: 'custom' }, 164).inbound - custom.inbound).toBe(102);
});

test('messageBytes() takes plain messages as they are, and their echo', () => {
  const { inbound, delivery } = messageBytes({ kind: 'messages', message: 'x'.repeat(200) });
  // Above 125 bytes the length of a frame takes two more.
  expect([inbound, delivery]).toEqual([200 + 4 + 4 + 66, 200 + 4 + 66]);
});

test('heartbeatBytes are those of an empty text', () => {
  expect(heartbeatBytes).toBe(2 + 4 + 66);
});

test('payloadBytesOf() tells the size of the data alone', () => {
  expect(payloadBytesOf(channelsOf())).toBe(64);
  expect(payloadBytesOf(channelsOf({ payloadBytes: 32 }))).toBe(32);
  expect(payloadBytesOf({ kind: 'calls', payload: { a: 1 } })).toBe(7);
  expect(payloadBytesOf({ kind: 'idle' })).toBe(0);
  expect(payloadBytesOf({ kind: 'custom' }, 10)).toBe(10);
});
