import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Line } from '../line/testing.ts';
import { writeTogether } from './write-together.ts';

/** A line that counts the pieces of what leaves together. */
class Counting extends Line {
  pieces = 0;

  override _write(bytes: Buffer, encoding: string, done: () => void): void {
    this.pieces += 1;
    super._write(bytes, encoding, done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.pieces += chunks.length;
    super._writev(chunks, done);
  }
}

const frame = (length: number): Buffer => Buffer.alloc(length, length % 251);

test.each([
  ['one', [10], 1],
  ['a large one', [100_000], 1],
  ['small ones', [10, 20, 1_024], 1],
  ['large ones', [1_025, 5_000], 2],
  ['small ones around a large one', [10, 20, 5_000, 30, 40], 3],
])('writeTogether() writes %s at once: %j in %i pieces', (_kind, lengths, pieces) => {
  const line = new Counting();
  const frames = lengths.map(frame);
  writeTogether(line, frames);
  expect(line.writes).toHaveLength(1);
  expect(line.writes[0]?.equals(Buffer.concat(frames))).toBe(true);
  expect(line.pieces).toBe(pieces);
});

test('writeTogether() keeps all bytes in their order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.nat(50), fc.integer({ min: 1_000, max: 1_050 })), { minLength: 1 }),
      (lengths) => {
        const line = new Line();
        writeTogether(line, lengths.map(frame));
        expect(Buffer.concat(line.writes).equals(Buffer.concat(lengths.map(frame)))).toBe(true);
      },
    ),
  );
});

test('writeTogether() hands one frame on as it is, as many receivers may share it', () => {
  const line = new Line();
  const shared = frame(100);
  writeTogether(line, [shared]);
  expect(line.writes[0]).toBe(shared);
});

test('writeTogether() copies nothing where others wait already', () => {
  const line = new Counting();
  line.isStalled = true;
  line.write(frame(5));
  writeTogether(line, [10, 20, 30].map(frame));
  line.drain();
  expect(line.writes).toEqual([frame(5), Buffer.concat([10, 20, 30].map(frame))]);
  expect(line.pieces).toBe(4);
});
