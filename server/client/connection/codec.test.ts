import { expect, test } from 'vitest';
import { asError, fieldOf, jsonCodec, readRefusal, readStatus } from './codec.ts';

/** The codec gives text. */
const encode = (packet: unknown): string => jsonCodec.encode(packet) as string;

test('jsonCodec sends bytes as base64 at any depth, Buffers too', () => {
  const data = {
    bytes: new Uint8Array([104, 105]),
    buffer: Buffer.from('hi'),
    raw: new Uint8Array([104, 105]).buffer,
  };
  const base64 = { base64: true, data: 'aGk=' };
  expect(JSON.parse(encode({ event: 'x', data }))).toEqual({
    event: 'x',
    data: { bytes: base64, buffer: base64, raw: base64 },
  });
});

test('jsonCodec leaves undefined data out, keeps null, and joins an array', () => {
  expect(
    jsonCodec.encode([
      { event: 'x', data: undefined },
      { event: 'y', data: null },
    ]),
  ).toBe('[{"event":"x"},{"event":"y","data":null}]');
});

test('jsonCodec gives back what is no JSON', () => {
  const bytes = new ArrayBuffer(2);
  expect(jsonCodec.decode('{"event":"x"}')).toEqual({ event: 'x' });
  expect(jsonCodec.decode('#3')).toBe('#3');
  expect(jsonCodec.decode(bytes)).toBe(bytes);
});

test('asError() wraps what is no Error', () => {
  expect(asError('plain')).toMatchObject({ message: 'plain', cause: 'plain' });
  const error = new TypeError('kept');
  expect(asError(error)).toBe(error);
});

test('readRefusal() finds the code where either generation of servers puts it', () => {
  expect(readRefusal({ message: 'x' }, { code: 4600 })).toBe(4600);
  expect(readRefusal({ message: 'x', statusCode: 4601 }, undefined)).toBe(4601);
  expect(readRefusal('x', undefined)).toBe(4003);
});

test('readStatus() takes a missing time-out for endless and hydrates authError', () => {
  expect(readStatus({ id: 'a', isAuthenticated: 'true' })).toEqual({
    id: 'a',
    pingTimeout: Number.POSITIVE_INFINITY,
    isAuthenticated: false,
  });
  const { authError } = readStatus({
    id: 'a',
    pingTimeout: 1,
    authError: { message: 'bad', name: 'AuthTokenError' },
  });
  expect(authError).toBeInstanceOf(Error);
});

test('fieldOf() reads a field of anything', () => {
  expect(fieldOf({ a: 1 }, 'a')).toBe(1);
  expect([fieldOf(null, 'a'), fieldOf('text', 'length'), fieldOf(undefined, 'a')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
