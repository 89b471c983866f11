import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeFrame, readFrame } from './frames.ts';
import { clientFrame } from './testing.ts';

const length = fc.oneof(fc.constantFrom(0, 1, 125, 126, 65_535, 65_536), fc.nat(300));

test('readFrame() reads masked texts of any length, one behind the other', () => {
  fc.assert(
    fc.property(fc.array(length, { minLength: 1, maxLength: 5 }), (lengths) => {
      const texts = lengths.map((each) => 'ü'.repeat(each % 2) + 'x'.repeat(each));
      const bytes = Buffer.concat(texts.map((text) => clientFrame(text)));
      let at = 0;
      const found = texts.map(() => {
        const frame = readFrame(bytes, at);
        at += frame?.length ?? 0;
        return frame?.text;
      });
      expect(found).toEqual(texts);
      expect([at, readFrame(bytes, at)]).toEqual([bytes.length, undefined]);
    }),
    { numRuns: 40 },
  );
});

test('readFrame() waits for a frame that is not whole, wherever it is cut', () => {
  for (const text of ['x'.repeat(20), 'x'.repeat(200), 'x'.repeat(70_000)]) {
    const bytes = clientFrame(text);
    for (const end of [0, 1, 2, 5, 9, 13, bytes.length - 1]) {
      expect(readFrame(Buffer.from(bytes.subarray(0, end)), 0)).toBeUndefined();
    }
    expect(readFrame(bytes, 0)?.text).toBe(text);
  }
});

test('readFrame() takes what is no text for nothing said', () => {
  const pong = clientFrame('x', 0x0a);
  expect(readFrame(pong, 0)).toEqual({ length: pong.length, text: undefined });
});

test('encodeFrame() writes the length as RFC 6455 wants it', () => {
  const heads = [125, 126, 65_535, 65_536].map((each) => encodeFrame('x'.repeat(each)).subarray(0, 10));
  expect(heads.map((head) => head.subarray(0, 4).toString('hex'))).toEqual([
    '817d7878',
    '817e007e',
    '817effff',
    '817f0000',
  ]);
  expect(heads[3]?.toString('hex')).toBe('817f0000000000010000');
});
