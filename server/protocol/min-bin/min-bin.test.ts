import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CodecEngine } from '../codec-engine.ts';
import { minBinCodec } from './min-bin.ts';

const published = createRequire(import.meta.url)('sc-codec-min-bin') as CodecEngine;

const hex = (message: unknown): string => Buffer.from(message as Uint8Array).toString('hex');

/** What both formats can hold. */
const anyData = fc.jsonValue();
const anyCid = fc.oneof(fc.nat(), fc.string());
const anyPacket = fc.oneof(
  fc.record({ event: fc.string(), data: anyData }),
  fc.record({ event: fc.string(), data: anyData, cid: anyCid }),
  fc.record({
    event: fc.constant('#publish'),
    data: fc.record({ channel: fc.string(), data: anyData }),
    cid: anyCid,
  }),
  fc.record({ rid: anyCid, error: fc.constant(null), data: anyData }),
  fc.record({ rid: anyCid, error: fc.record({ message: fc.string() }), data: fc.constant(null) }),
);

/** A negative zero is the number zero here, as in JSON; `__proto__` is lost by the published codec. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll('__proto__', 'proto'));

test('minBinCodec reads what the published codec writes, and the other way round', () => {
  fc.assert(
    fc.property(fc.oneof(anyPacket, fc.array(anyPacket)), (packets) => {
      const given = plain(packets);
      expect(minBinCodec.decode(published.encode(structuredClone(given)))).toEqual(given);
      expect(published.decode(minBinCodec.encode(given))).toEqual(given);
    }),
  );
});

test.each([
  ['an event', { event: 'a', data: { n: 1 }, cid: 3 }, '81a16593a16181a16e0103'],
  ['a publication', { event: '#publish', data: { channel: 'c', data: { n: 1 } } }, '81a17092a16381a16e01'],
  ['a response', { rid: 3, error: undefined, data: { a: 1 } }, '81a1729303c081a16101'],
  ['a ping', '#1', 'a22331'],
])('minBinCodec writes %s byte for byte as the published codec does', (_name, packet, bytes) => {
  expect(hex(minBinCodec.encode(packet))).toBe(bytes);
  expect(hex(published.encode(packet))).toBe(bytes);
});

test('minBinCodec leaves absent data absent, where the published codec makes it null', () => {
  for (const packet of [{ event: 'a' }, { rid: 3 }, { event: '#publish', data: { channel: 'c' } }]) {
    expect(minBinCodec.decode(minBinCodec.encode(packet))).toEqual(packet);
  }
  expect(published.decode(minBinCodec.encode({ event: 'a' }))).toEqual({ event: 'a', data: undefined });
});

test('minBinCodec carries bytes of any kind, and the published codec reads them', () => {
  const bytes = Uint8Array.of(1, 2, 3);
  for (const data of [bytes, Buffer.from(bytes), bytes.buffer, new DataView(bytes.buffer)]) {
    for (const codec of [minBinCodec, published]) {
      expect(codec.decode(minBinCodec.encode({ event: 'a', data }))).toEqual({
        event: 'a',
        data: bytes.buffer,
      });
    }
  }
});

test('minBinCodec leaves what is no packet of its own alone', () => {
  for (const value of [5, 'text', null, { e: 'a' }, { p: 1 }, { a: 1 }, [1, [2]], {}]) {
    expect(minBinCodec.decode(minBinCodec.encode(value))).toEqual(value);
  }
});

test('minBinCodec refuses text', () => {
  expect(() => minBinCodec.decode('#1')).toThrow('Cannot decode a message: it is string, wanted are bytes');
});
