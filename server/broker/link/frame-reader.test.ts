import type { Socket } from 'node:net';
import { Writable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameError, FrameType, MAX_FRAME_BYTES } from './frame.ts';
import { createFrameReader, type Frame } from './frame-reader.ts';
import { FrameWriter } from './frame-writer.ts';

interface Plain {
  type: FrameType;
  id: number;
  channel: string;
  payload: number[];
}

const plain = ({ type, id, channel, payload }: Frame): Plain => ({
  type,
  id,
  channel,
  payload: [...payload],
});

const frames = fc.array(
  fc.record({
    type: fc.constantFrom(...Object.values(FrameType)),
    id: fc.nat(0xffff_ffff),
    channel: fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom('__proto__', '')),
    payload: fc.array(fc.nat(255), { maxLength: 300 }),
  }),
  { maxLength: 20 },
);

/** The bytes of frames, as one buffer. */
function encode(list: Plain[]): Buffer {
  const chunks: Buffer[] = [];
  const socket = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  const writer = new FrameWriter();
  for (const { type, id, channel, payload } of list) {
    writer.write(type, id, channel, Uint8Array.from(payload));
  }
  writer.flushTo(socket as Socket);
  return Buffer.concat(chunks);
}

/** Reads bytes cut at the given places; every chunk is spoilt after its call, as a shared buffer would be. */
function decode(bytes: Buffer, cuts: number[]): Plain[] {
  const read: Plain[] = [];
  const reader = createFrameReader((frame) => read.push(plain(frame)));
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (const [index, start] of places.slice(0, -1).entries()) {
    const chunk = Buffer.from(bytes.subarray(start, places[index + 1]));
    reader.read(chunk);
    chunk.fill(0xee);
  }
  return read;
}

test('createFrameReader() reads what FrameWriter wrote, however it is cut', () => {
  fc.assert(
    fc.property(frames, fc.array(fc.nat()), (list, cuts) => {
      expect(decode(encode(list), cuts)).toEqual(list);
    }),
  );
});

test('createFrameReader() reads what FrameWriter wrote byte by byte', () => {
  const list: Plain[] = [
    { type: FrameType.publish, id: 7, channel: 'täglich', payload: [1, 2, 3] },
    { type: FrameType.acknowledged, id: 7, channel: '', payload: [] },
  ];
  const bytes = encode(list);
  expect(decode(bytes, [...bytes.keys()])).toEqual(list);
});

test('createFrameReader() reads a frame larger than many chunks', () => {
  const payload = Array.from({ length: 300_000 }, (_, index) => index % 256);
  const list: Plain[] = [{ type: FrameType.message, id: 0, channel: 'big', payload }];
  expect(decode(encode(list), [10, 65_536, 131_072, 200_000])).toEqual(list);
});

test('createFrameReader() does not copy a frame that lies whole in a chunk', () => {
  const bytes = encode([{ type: FrameType.message, id: 0, channel: 'a', payload: [1, 2, 3] }]);
  let buffer: ArrayBufferLike | undefined;
  createFrameReader((frame) => {
    buffer = frame.payload.buffer;
  }).read(bytes);
  expect(buffer).toBe(bytes.buffer);
});

test('createFrameReader() reads only so many bytes of a chunk as it is told', () => {
  const bytes = encode([{ type: FrameType.message, id: 0, channel: 'a', payload: [] }]);
  const read: Plain[] = [];
  const reader = createFrameReader((frame) => read.push(plain(frame)));
  reader.read(Buffer.concat([bytes, Buffer.from('rest of an earlier read')]), bytes.length);
  reader.read(bytes);
  expect(read).toHaveLength(2);
});

test('createFrameReader() meets garbage with frames or FrameError, never with anything else', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 64 })), (chunks) => {
      const reader = createFrameReader((frame) => plain(frame));
      try {
        for (const chunk of chunks) reader.read(Buffer.from(chunk));
      } catch (error) {
        expect(error).toBeInstanceOf(FrameError);
      }
    }),
  );
});

test('createFrameReader() meets valid frames with one byte changed with frames or FrameError', () => {
  fc.assert(
    fc.property(frames, fc.nat(), fc.nat(255), fc.array(fc.nat()), (list, place, value, cuts) => {
      const bytes = encode(list);
      fc.pre(bytes.length > 0);
      bytes[place % bytes.length] = value;
      try {
        decode(bytes, cuts);
      } catch (error) {
        expect(error).toBeInstanceOf(FrameError);
      }
    }),
  );
});

const frameOf = (length: number, type: number, channelBytes: number) => {
  const bytes = Buffer.alloc(11);
  bytes.writeUInt32BE(length);
  bytes[4] = type;
  bytes.writeUInt16BE(channelBytes, 9);
  return bytes;
};

test.each([
  ['an unknown type', frameOf(7, 12, 0), 'Cannot read a frame of type 12: wanted 1 to 11'],
  ['a length below the fields', frameOf(6, 1, 0), 'Cannot read a frame of 6 bytes: wanted 7 to'],
  ['a length above the limit', frameOf(MAX_FRAME_BYTES + 1, 1, 0), 'Cannot read a frame of 16842759 bytes'],
  ['a channel longer than the frame', frameOf(7, 1, 1), 'Cannot read a frame of 11 bytes: its channel has 1'],
])('createFrameReader() refuses %s', (_what, bytes, message) => {
  const reader = createFrameReader(() => {});
  expect(() => reader.read(bytes)).toThrow(message);
});

test('createFrameReader() refuses a frame over its own limit before the frame has come', () => {
  const reader = createFrameReader(() => {}, { maxFrameBytes: 100 });
  expect(() => reader.read(frameOf(101, 1, 0).subarray(0, 4))).toThrow('wanted 7 to 100');
});
