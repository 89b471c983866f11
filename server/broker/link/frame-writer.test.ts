import type { Socket } from 'node:net';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { FrameType } from './frame.ts';
import { createFrameReader, type Frame } from './frame-reader.ts';
import { FrameWriter } from './frame-writer.ts';

/** A socket whose writes end at once or when a test says so; it keeps views, as a real one does. */
function fakeSocket({ isSlow }: { isSlow: boolean }) {
  const writes: Buffer[] = [];
  const socket = new Writable({
    decodeStrings: false,
    write(chunk: Buffer, _encoding, done) {
      writes.push(isSlow ? chunk : Buffer.from(chunk));
      if (!isSlow) done();
    },
  });
  return { writes, socket: socket as Socket };
}

function channelsIn(bytes: Buffer): string[] {
  const channels: string[] = [];
  createFrameReader((frame) => channels.push(frame.channel)).read(bytes);
  return channels;
}

test('FrameWriter makes one write of all frames', () => {
  const { writes, socket } = fakeSocket({ isSlow: false });
  const writer = new FrameWriter();
  const channels = Array.from({ length: 1_000 }, (_, index) => `room/${index}`);
  for (const channel of channels) writer.write(FrameType.subscribe, 0, channel);
  expect(writer.length).toBeGreaterThan(10_000);
  writer.flushTo(socket);
  writer.flushTo(socket);
  expect(writer.length).toBe(0);
  expect(writes.map(channelsIn)).toEqual([channels]);
});

test('FrameWriter leaves bytes alone that the socket still holds', () => {
  const { writes, socket } = fakeSocket({ isSlow: true });
  const writer = new FrameWriter();
  writer.write(FrameType.subscribe, 0, 'first');
  writer.flushTo(socket);
  writer.write(FrameType.subscribe, 0, 'other');
  expect(channelsIn(writes[0]!)).toEqual(['first']);
});

test('FrameWriter.forward() turns a publication into a message, byte for byte', () => {
  const { writes, socket } = fakeSocket({ isSlow: false });
  const writer = new FrameWriter();
  writer.write(FrameType.publish, 77, 'täglich', Buffer.from([1, 2, 3]));
  writer.flushTo(socket);
  createFrameReader((frame: Frame) => writer.forward(frame)).read(writes[0]!);
  writer.flushTo(socket);
  const read: unknown[] = [];
  createFrameReader(({ type, id, channel, payload }) =>
    read.push({ type, id, channel, payload: [...payload] }),
  ).read(writes[1]!);
  expect(read).toEqual([{ type: FrameType.message, id: 0, channel: 'täglich', payload: [1, 2, 3] }]);
});

test('FrameWriter.clear() forgets what was collected', () => {
  const { writes, socket } = fakeSocket({ isSlow: false });
  const writer = new FrameWriter();
  writer.write(FrameType.subscribe, 0, 'gone');
  writer.clear();
  writer.flushTo(socket);
  expect(writes).toEqual([]);
});

test('take() gives what was written as bytes of its own, and nothing twice', () => {
  const writer = new FrameWriter();
  writer.write(FrameType.publish, 1, 'one', Buffer.alloc(300_000));
  const first = writer.take();
  writer.write(FrameType.publish, 1, 'two');
  expect([channelsIn(first), channelsIn(writer.take()), writer.take().length]).toEqual([['one'], ['two'], 0]);
});
