import fc from 'fast-check';
import { expect, test } from 'vitest';
import { read } from './reader.ts';
import { write } from './writer.ts';

const hex = (value: unknown): string => Buffer.from(write(value)).toString('hex');

test('write() and read() carry whatever JSON can', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      // A negative zero is the number zero, as in JSON.
      expect(read(write(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('write() and read() carry every number', () => {
  fc.assert(
    fc.property(fc.oneof(fc.double(), fc.integer(), fc.maxSafeInteger()), (value) => {
      expect(read(write(value))).toBe(Object.is(value, -0) ? 0 : value);
    }),
  );
});

test('write() and read() carry texts of any length, characters of any width', () => {
  for (const character of ['a', 'é', '€', '😀']) {
    for (const length of [0, 1, 10, 11, 16, 31, 32, 85, 128, 255, 256, 21_846, 65_535, 65_536]) {
      const text = character.repeat(length);
      expect(read(write([text, 1]))).toEqual([text, 1]);
    }
  }
  expect(read(write('\u{feff}mark'))).toBe('\u{feff}mark');
});

test.each([
  [[0, 127, 128, 255, 256, 65_535, 65_536, 4_294_967_295], '98007fcc80ccffcd0100cdffffce00010000ceffffffff'],
  [
    [-1, -32, -33, -128, -129, -32_768, -32_769, -2_147_483_648],
    '98ffe0d0dfd080d1ff7fd18000d2ffff7fffd280000000',
  ],
  [[null, true, false, 1.5, 2 ** 32], '95c0c3c2cb3ff8000000000000cb41f0000000000000'],
  [Uint8Array.of(1), 'c40101'],
])('write() chooses the shortest form: %j', (value, bytes) => {
  expect(hex(value)).toBe(bytes);
});

test('write() takes values as JSON does: toJSON, absent fields, functions', () => {
  const value = { date: new Date(0), none: undefined, call: () => 1, list: [undefined, Symbol('x')] };
  expect(read(write(value))).toEqual({ date: '1970-01-01T00:00:00.000Z', list: [null, null] });
});

test('write() refuses what has no end or no form', () => {
  const circle: unknown[] = [];
  circle.push(circle);
  expect(() => write(circle)).toThrow('Cannot encode a packet: it is a circle or deeper than 1200 levels');
  const returning = { toJSON: () => returning };
  expect(() => write(returning)).toThrow(TypeError);
  expect(() => write({ big: 1n })).toThrow('Cannot encode a packet: it holds the BigInt 1');
});
