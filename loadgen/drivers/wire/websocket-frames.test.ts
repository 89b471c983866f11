import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as ws from 'ws';
import {
  encodeFrame,
  encodeText,
  type Frame,
  FrameError,
  MAX_FRAME_BYTES,
  opcodes,
  readFrame,
} from './websocket-frames.ts';

/** The framing of `ws`, which its types do not name. */
const { Receiver, Sender } = ws as unknown as {
  Receiver: new (options: { isServer: boolean }) => NodeJS.WritableStream;
  Sender: { frame(data: Buffer, options: Record<string, unknown>): Buffer[] };
};

const anyFrame = (): Frame => ({ opcode: -1, final: false, start: -1, end: -1 });
const payloads = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc
    .constantFrom(125, 126, 127, 65_535, 65_536, 70_000)
    .map((length) => new Uint8Array(length).fill(length % 251)),
);

function frameOfServer(payload: Uint8Array, opcode: number, fin = true): Buffer {
  const options = { fin, opcode, mask: false, readOnly: true, rsv1: false };
  return Buffer.concat(Sender.frame(Buffer.from(payload), options));
}

test('encodeFrame() is understood by the receiver of ws, whatever the length', () => {
  fc.assert(
    fc.property(payloads, (payload) => {
      const received: Buffer[] = [];
      const receiver = new Receiver({ isServer: true });
      receiver.on('message', (data: Buffer) => received.push(data));
      receiver.write(encodeFrame(opcodes.binary, payload));
      expect(received.map((data) => data.equals(payload))).toEqual([true]);
    }),
  );
});

test('encodeFrame() masks with no byte of zero, so that servers have to unmask', () => {
  const zeros = encodeFrame(opcodes.text, new Uint8Array(4));
  expect(zeros[1]).toBe(0x80 | 4);
  expect([...zeros.subarray(2, 6)].every((byte) => byte !== 0)).toBe(true);
  expect(zeros.subarray(6)).toEqual(zeros.subarray(2, 6));
});

test('encodeText() encodes an empty text as a frame of its own', () => {
  expect(encodeText('').length).toBe(6);
});

test('readFrame() finds what the sender of ws wrote, anywhere in a buffer', () => {
  fc.assert(
    fc.property(payloads, fc.nat(300), fc.nat(20), fc.boolean(), (payload, before, after, fin) => {
      const written = frameOfServer(payload, opcodes.text, fin);
      const bytes = Buffer.concat([Buffer.alloc(before, 0xff), written, Buffer.alloc(after, 0xff)]);
      const frame = anyFrame();
      expect(readFrame(bytes, before, bytes.length, frame)).toBe(true);
      expect(frame).toMatchObject({ opcode: opcodes.text, final: fin, end: before + written.length });
      expect(bytes.subarray(frame.start, frame.end).equals(payload)).toBe(true);
    }),
  );
});

test('readFrame() wants more as long as a byte is missing', () => {
  fc.assert(
    fc.property(payloads, fc.double({ min: 0, max: 0.999, noNaN: true }), (payload, share) => {
      const written = frameOfServer(payload, opcodes.binary);
      expect(readFrame(written, 0, Math.floor(written.length * share), anyFrame())).toBe(false);
    }),
  );
});

test('readFrame() throws nothing but FrameError at garbage', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 24 }), (garbage) => {
      try {
        readFrame(Buffer.from(garbage), 0, garbage.length, anyFrame());
      } catch (error) {
        expect(error).toBeInstanceOf(FrameError);
      }
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['reserved bits', [0xc1, 0]],
  ['a mask', [0x81, 0x80]],
  ['an unknown kind', [0x83, 0]],
  ['an unknown control kind', [0x8b, 0]],
  ['a control frame in fragments', [0x09, 0]],
  ['a long control frame', [0x88, 126, 0, 200]],
  ['a length past the limit', [0x82, 127, 0, 0, 1, 0, 0, 0, 0, 0]],
])('readFrame() refuses %s', (_what, bytes) => {
  expect(() => readFrame(Buffer.from(bytes), 0, bytes.length, anyFrame())).toThrow(FrameError);
});

test('readFrame() takes the longest frame allowed', () => {
  const head = Buffer.alloc(10);
  head[0] = 0x82;
  head[1] = 127;
  head.writeBigUInt64BE(BigInt(MAX_FRAME_BYTES), 2);
  expect(readFrame(head, 0, head.length, anyFrame())).toBe(false);
});
