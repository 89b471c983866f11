/** Frames that leave together. */
import type { Writable } from 'node:stream';

/** A longer frame is not copied: that would cost more than one more piece in the system call. Bytes. */
const MOST_COPIED = 1_024;

/**
 * Writes frames in their order with one system call; small ones that follow each other as one piece. Where others wait
 * already none is copied: no call is spared, and a copy would wait there for one peer that many peers could share.
 */
export function writeTogether(socket: Writable, frames: readonly Buffer[]): void {
  const pieces = frames.length === 1 || socket.writableLength > 0 ? frames : joinSmall(frames);
  const isOne = pieces.length === 1;
  if (!isOne) {
    socket.cork();
  }
  for (const piece of pieces) {
    socket.write(piece);
  }
  if (!isOne) {
    socket.uncork();
  }
}

function joinSmall(frames: readonly Buffer[]): Buffer[] {
  const pieces: Buffer[] = [];
  let small: Buffer[] = [];
  for (const frame of frames) {
    if (frame.length <= MOST_COPIED) {
      small.push(frame);
    } else {
      pieces.push(...joined(small), frame);
      small = [];
    }
  }
  pieces.push(...joined(small));
  return pieces;
}

function joined(frames: Buffer[]): Buffer[] {
  return frames.length > 1 ? [Buffer.concat(frames)] : frames;
}
