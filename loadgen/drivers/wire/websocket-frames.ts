/**
 * WebSocket frames as a client needs them (RFC 6455): written with one fixed mask, so that a message can
 * be encoded once and sent by everyone; read where they lie in the receive buffer, without copies.
 */

/** Kinds of frames. */
export const opcodes = {
  continuation: 0x0,
  text: 0x1,
  binary: 0x2,
  close: 0x8,
  ping: 0x9,
  pong: 0xa,
} as const;

/** Fixed, but never zero: with a mask of zeros the server would be spared the work of unmasking. */
const mask = Uint8Array.of(0x5a, 0xc3, 0x96, 0x3c);

const MASKED = 0x80;
const FINAL = 0x80;
const RESERVED = 0x70;

const DIGIT_ZERO = 0x30;

/** Longest frame read, bytes. No target of ours sends more; a longer one is a sign of lost framing. */
export const MAX_FRAME_BYTES = 64 * 1024 * 1024;

/** The peer broke the rules of the WebSocket protocol. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** Encodes one whole masked frame. */
export function encodeFrame(opcode: number, payload: Uint8Array): Buffer {
  const length = payload.length;
  const start = (length < 126 ? 2 : length < 65_536 ? 4 : 10) + mask.length;
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = FINAL | opcode;
  if (length < 126) {
    frame[1] = MASKED | length;
  } else if (length < 65_536) {
    frame[1] = MASKED | 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = MASKED | 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.set(mask, start - mask.length);
  for (let index = 0; index < length; index += 1) {
    frame[start + index] = (payload[index] ?? 0) ^ (mask[index & 3] ?? 0);
  }
  return frame;
}

/** Encodes one text message. */
export function encodeText(text: string): Buffer {
  return encodeFrame(opcodes.text, Buffer.from(text));
}

/** Reads the texts of frames that `encodeText` wrote. */
export function textsOf(frames: Buffer): string[] {
  const texts: string[] = [];
  for (let offset = 0; offset < frames.length; ) {
    const frame = frames.subarray(offset);
    const start = startOf(frame);
    const length =
      start === 6 ? (frame[1] ?? 0) & 0x7f : start === 8 ? frame.readUInt16BE(2) : frame.readUInt32BE(6);
    const masked = frame.subarray(start, start + length);
    texts.push(Buffer.from(masked.map((byte, index) => byte ^ (mask[index & 3] ?? 0))).toString());
    offset += start + length;
  }
  return texts;
}

/**
 * Copies a frame that `encodeText` wrote, with other digits in the place that ends before the byte `end` of its
 * text. The value has as many digits as that place.
 */
export function withDigits(frame: Buffer, end: number, value: number): Buffer {
  const copy = Buffer.allocUnsafe(frame.length);
  copy.set(frame);
  writeDigits(copy, end, value);
  return copy;
}

/** Like `withDigits`, but in the frame itself. */
export function writeDigits(frame: Buffer, end: number, value: number): void {
  const start = startOf(frame);
  let rest = value;
  for (let index = end - 1; rest > 0; index -= 1) {
    frame[start + index] = (DIGIT_ZERO + (rest % 10)) ^ (mask[index & 3] ?? 0);
    rest = Math.floor(rest / 10);
  }
}

/** Most frames in one write; more become several writes. */
const MAX_BATCH = 64;
/** Longest write, unless a single frame is longer. */
const MAX_BATCH_BYTES = 256 * 1024;

/** Repeats a frame once, twice and so on, each to be sent in one write. */
export function batchesOf(frame: Buffer): Buffer[] {
  const most = Math.max(1, Math.min(MAX_BATCH, Math.floor(MAX_BATCH_BYTES / frame.length)));
  const whole = Buffer.concat(Array.from({ length: most }, () => frame));
  return Array.from({ length: most }, (_, index) => whole.subarray(0, (index + 1) * frame.length));
}

function startOf(frame: Uint8Array): number {
  const length = (frame[1] ?? 0) & 0x7f;
  return (length < 126 ? 2 : length === 126 ? 4 : 10) + mask.length;
}

/** Where one frame lies in the buffer it was read from. Reused from frame to frame. */
export interface Frame {
  opcode: number;
  /** True for the last or only fragment of a message. */
  final: boolean;
  /** First byte of the payload. */
  start: number;
  /** Byte after the payload, and start of the next frame. */
  end: number;
}

/**
 * Finds the frame that begins at `offset` and ends before `end`. Returns false, with `frame` undefined in
 * meaning, when part of it is still to come.
 *
 * @throws FrameError when the bytes cannot be a server's frame.
 */
export function readFrame(bytes: Buffer, offset: number, end: number, frame: Frame): boolean {
  if (end - offset < 2) return false;
  const first = bytes[offset] ?? 0;
  const second = bytes[offset + 1] ?? 0;
  let length = second & 0x7f;
  let start = offset + 2;
  checkHead(first, second);
  if (length === 126) {
    start += 2;
    if (start > end) return false;
    length = bytes.readUInt16BE(offset + 2);
  } else if (length === 127) {
    start += 8;
    if (start > end) return false;
    length = bytes.readUInt32BE(offset + 2) * 2 ** 32 + bytes.readUInt32BE(offset + 6);
  }
  if (length > MAX_FRAME_BYTES) {
    throw new FrameError(`Cannot read a frame of ${length} bytes: at most ${MAX_FRAME_BYTES} are taken`);
  }
  frame.opcode = first & 0x0f;
  frame.final = (first & FINAL) !== 0;
  frame.start = start;
  frame.end = start + length;
  return frame.end <= end;
}

function checkHead(first: number, second: number): void {
  const opcode = first & 0x0f;
  if ((first & RESERVED) !== 0)
    throw new FrameError('Cannot read a frame with reserved bits: none was agreed on');
  if ((second & MASKED) !== 0) throw new FrameError('Cannot read a masked frame: servers send none');
  if (opcode > opcodes.pong || (opcode > opcodes.binary && opcode < opcodes.close)) {
    throw new FrameError(`Cannot read a frame of kind ${opcode}: no such kind`);
  }
  if (opcode < opcodes.close) return;
  if ((first & FINAL) === 0)
    throw new FrameError('Cannot read a control frame in fragments: it must be whole');
  if ((second & 0x7f) > 125)
    throw new FrameError('Cannot read a control frame over 125 bytes: it must be short');
}
