import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as ws from 'ws';
import { frameOfBytes, frameOfText, isBinaryFrame, payloadOf } from './frame.ts';

interface Receiver {
  on(event: 'message', listener: (data: Buffer) => void): void;
  write(bytes: Buffer): void;
}
/** Exported by `ws`, unknown to its type declarations. */
const { Receiver } = ws as unknown as { Receiver: new (options: object) => Receiver };

/** What `ws` reads out of bytes. */
function read(frame: Buffer): string[] {
  const messages: string[] = [];
  const receiver = new Receiver({ isServer: false, skipUTF8Validation: false });
  receiver.on('message', (data: Buffer) => messages.push(data.toString()));
  receiver.write(frame);
  return messages;
}

test('frameOfText() builds what ws reads back, at every length class', () => {
  for (const length of [0, 1, 125, 126, 65_535, 65_536]) {
    const text = 'x'.repeat(length);
    expect(read(frameOfText(text))).toEqual([text]);
  }
});

test('frameOfText() counts bytes, not characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      expect(read(frameOfText(text))).toEqual([Buffer.from(text).toString()]);
    }),
  );
});

test('frameOfBytes() equals frameOfText() of the same text', () => {
  const text = '{"event":"#publish","data":{"channel":"ü"}}';
  expect(frameOfBytes(Buffer.from(text))).toEqual(frameOfText(text));
});

test('frameOfBytes() makes a binary message when told so, which isBinaryFrame() tells from text', () => {
  const bytes = Uint8Array.of(0xff, 0x00);
  const frame = frameOfBytes(bytes, { isBinary: true });
  expect([...frame]).toEqual([0x82, 2, 0xff, 0x00]);
  expect(isBinaryFrame(frame)).toBe(true);
  expect(isBinaryFrame(frameOfText('x'))).toBe(false);
});

test('payloadOf() finds the message inside each kind of frame', () => {
  for (const length of [5, 200, 70_000]) {
    const text = 'y'.repeat(length);
    expect(payloadOf(frameOfText(text)).toString()).toBe(text);
  }
});
