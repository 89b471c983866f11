import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textsOf } from '../wire/index.ts';
import {
  createCallEncoder,
  encodeEvent,
  encodeHandshake,
  encodeResponse,
  encodeSubscribe,
  FIRST_CALL,
} from './packets.ts';

const textOf = (frame: Buffer): string => textsOf(frame)[0] ?? '';

test('createCallEncoder() writes each number into a frame of its own', () => {
  const sizes = fc.constantFrom(0, 60, 130, 70_000);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 8_999_999_999 }), sizes, (call, size) => {
      const data = { text: 'ä'.repeat(size) };
      const encode = createCallEncoder('call', data);
      const [before, text] = [encode(7), textOf(encode(call))];
      expect(JSON.parse(text)).toEqual({ event: 'call', data, cid: FIRST_CALL + call });
      expect(JSON.parse(textOf(before))).toMatchObject({ cid: FIRST_CALL + 7 });
    }),
    { numRuns: 30 },
  );
});

test('the encoders write the packets every SocketCluster server knows', () => {
  expect(textOf(encodeHandshake(null))).toBe('{"event":"#handshake","data":{"authToken":null},"cid":1}');
  expect(textOf(encodeHandshake('a.b.c'))).toContain('{"authToken":"a.b.c"}');
  expect(textOf(encodeEvent('ping', { a: 1 }))).toBe('{"event":"ping","data":{"a":1}}');
  expect(textOf(encodeEvent('ping', undefined))).toBe('{"event":"ping"}');
  expect(textOf(encodeResponse(9))).toBe('{"rid":9}');
  expect(textOf(encodeSubscribe(0))).toBe('{"event":"#subscribe","data":{"channel":"bench/0"},"cid":3}');
});
