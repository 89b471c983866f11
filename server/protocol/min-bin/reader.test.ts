import fc from 'fast-check';
import { expect, test } from 'vitest';
import { read } from './reader.ts';
import { write } from './writer.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

test('read() takes the forms that write() never chooses', () => {
  expect(read(bytes(0xca, 0x3f, 0xc0, 0, 0))).toBe(1.5);
  expect(read(bytes(0xcf, 0, 0, 0, 1, 0, 0, 0, 0))).toBe(2 ** 32);
  expect(read(bytes(0xd3, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe))).toBe(-2);
  expect(read(bytes(0x81, 0x07, 0x08))).toEqual({ 7: 8 });
  expect(read(bytes(0xde, 0, 1, 0xa1, 0x61, 0xdc, 0, 1, 1))).toEqual({ a: [1] });
});

test('read() never harms anybody, whatever it is given', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (message) => {
      try {
        read(message);
      } catch (error) {
        expect(error).toSatisfy((thrown) => thrown instanceof RangeError || thrown instanceof TypeError);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('read() sets nothing aside for what a header only claims', () => {
  for (const head of [0xdb, 0xc6, 0xdd, 0xdf]) {
    expect(() => read(bytes(head, 0xff, 0xff, 0xff, 0xff, 0xa1))).toThrow(RangeError);
  }
  const claims = Buffer.concat(Array(900).fill(bytes(0xdd, 0x01, 0xff, 0xff, 0xff)));
  expect(() => read(claims)).toThrow(RangeError);
});

test('read() takes a thousand levels and no more', () => {
  const nested = (levels: number): Uint8Array => new Uint8Array(levels + 1).fill(0x91, 0, levels);
  expect(write(read(nested(1_000)))).toEqual(nested(1_000));
  expect(() => read(nested(1_001))).toThrow('deeper than 1000 levels');
  expect(() => read(nested(200_000))).toThrow('deeper than 1000 levels');
});

test('read() takes __proto__ as a name like any other', () => {
  const read1 = read(write(JSON.parse('{"__proto__":{"a":1}}'))) as object;
  expect(Object.keys(read1)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(read1)).toBe(Object.prototype);
});

test('read() copies bytes, so that they outlive the message', () => {
  const message = write({ data: bytes(1, 2, 3) });
  const { data } = read(message) as { data: ArrayBuffer };
  message.fill(0);
  expect(new Uint8Array(data)).toEqual(bytes(1, 2, 3));
});

test.each([
  ['an extension', bytes(0xd4, 1, 2), 'extension type 0xd4'],
  ['a byte of no meaning', bytes(0xc1), 'extension type 0xc1'],
  ['a key that is an array', bytes(0x81, 0x90, 1), 'a key is object'],
  ['bytes behind the value', bytes(1, 2, 3), '2 bytes follow its value'],
  ['nothing', bytes(), '0 bytes are not all of it'],
])('read() refuses %s', (_name, message, reason) => {
  expect(() => read(message)).toThrow(reason);
});
