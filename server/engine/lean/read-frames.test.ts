import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskedFrame } from '../line/testing.ts';
import { readFrames } from './read-frames.ts';

const rules = { maxBytes: 65_535, isAnyTextTaken: false };

/** What is read from a chunk, and where the rest begins. */
function read(
  chunk: Buffer,
  { start = 0, ...changed }: Partial<typeof rules & { start: number }> = {},
): {
  texts: string[];
  end: number;
} {
  const texts: string[] = [];
  const end = readFrames(chunk, start, { take: (text) => texts.push(text) }, { ...rules, ...changed });
  return { texts, end };
}

const mask = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));
const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string({ maxLength: 300 }));

test('readFrames() reads texts of any characters under any mask, in their order', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(text, mask), { maxLength: 8 }), fc.nat(20), (sent, start) => {
      const frames = sent.map(([each, eachMask]) => maskedFrame(each, { mask: eachMask }));
      const chunk = Buffer.concat([Buffer.alloc(start), ...frames]);
      expect(read(chunk, { start })).toEqual({
        texts: sent.map(([each]) => Buffer.from(each).toString()),
        end: chunk.length,
      });
    }),
  );
});

test('readFrames() reads texts of all lengths up to 65,535 bytes, and leaves longer ones', () => {
  for (const length of [0, 1, 3, 4, 5, 125, 126, 127, 65_535]) {
    expect(read(maskedFrame('x'.repeat(length))).texts).toEqual(['x'.repeat(length)]);
  }
  expect(read(maskedFrame('x'.repeat(65_536)))).toEqual({ texts: [], end: 0 });
});

test('readFrames() stops at the first frame that is cut, wherever it is', () => {
  const first = maskedFrame('first');
  for (const second of [maskedFrame(''), maskedFrame('ü'), maskedFrame('x'.repeat(126))]) {
    for (let length = 0; length < second.length; length += 1) {
      const cut = second.subarray(0, length);
      const chunk = Buffer.concat([first, cut]);
      expect(read(chunk)).toEqual({ texts: ['first'], end: first.length });
      expect(chunk.subarray(first.length)).toEqual(cut);
    }
  }
});

test('readFrames() stops at what is no whole text under a mask, and leaves it as it is', () => {
  const first = maskedFrame('first');
  const others = [
    ...[0x01, 0x80, 0x82, 0x88, 0x89, 0x8a, 0xc1, 0xa1, 0x91, 0x83].map((byte) =>
      maskedFrame('x', { first: byte }),
    ),
    maskedFrame('x', { lengthBits: 64 }),
    maskedFrame(Buffer.from([0x61, 0xff, 0x62])),
    Buffer.from([0x81, 4, 1, 2, 3, 4, 5, 6]),
    Buffer.from([0x81, 0, 1, 2, 3, 4, 5, 6]),
    Buffer.concat([Buffer.from([0x81, 126, 0, 126]), Buffer.alloc(200)]),
  ];
  for (const other of others) {
    const chunk = Buffer.concat([first, other, maskedFrame('last')]);
    expect(read(chunk)).toEqual({ texts: ['first'], end: first.length });
    expect(chunk.subarray(first.length)).toEqual(Buffer.concat([other, maskedFrame('last')]));
  }
});

test('readFrames() leaves messages of more bytes than the rules allow', () => {
  const chunk = Buffer.concat([maskedFrame('1234'), maskedFrame('12345')]);
  expect(read(chunk, { maxBytes: 4 })).toEqual({ texts: ['1234'], end: 10 });
});

test('readFrames() takes what is no UTF-8 when the rules say so', () => {
  const chunk = maskedFrame(Buffer.from([0x61, 0xff, 0x62]));
  expect(read(chunk, { isAnyTextTaken: true })).toEqual({ texts: ['a\ufffdb'], end: chunk.length });
});
