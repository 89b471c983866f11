/** WebSocket frames as a server needs them (RFC 6455): whole messages in, texts out. It trusts whom it speaks to. */

const TEXT = 1;
const FINAL = 0x80;
const LENGTH_BITS = 0x7f;
const OPCODE_BITS = 0x0f;
const MASK_BYTES = 4;

/** Longest payload whose length is in the second byte, and in two bytes after it. */
const SHORT = 125;
const MEDIUM = 65_535;
const MEDIUM_MARK = 126;
const LONG_MARK = 127;

/** Encodes one text, unmasked. */
export function encodeFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const { length } = payload;
  const start = length <= SHORT ? 2 : length <= MEDIUM ? 4 : 10;
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = FINAL | TEXT;
  frame[1] = length <= SHORT ? length : length <= MEDIUM ? MEDIUM_MARK : LONG_MARK;
  if (start === 4) frame.writeUInt16BE(length, 2);
  if (start === 10) frame.writeBigUInt64BE(BigInt(length), 2);
  payload.copy(frame, start);
  return frame;
}

/** What stands first in some bytes. */
export interface Frame {
  /** Bytes that it takes. */
  readonly length: number;
  /** Undefined for what is no text, as a pong. */
  readonly text: string | undefined;
}

/** Reads the masked frame that begins at a place; undefined when it is not whole. */
export function readFrame(bytes: Buffer, at: number): Frame | undefined {
  if (bytes.length < at + 2) return undefined;
  const short = (bytes[at + 1] ?? 0) & LENGTH_BITS;
  const maskAt = at + (short <= SHORT ? 2 : short === MEDIUM_MARK ? 4 : 10);
  const start = maskAt + MASK_BYTES;
  if (bytes.length < start) return undefined;
  const size =
    short <= SHORT
      ? short
      : short === MEDIUM_MARK
        ? bytes.readUInt16BE(at + 2)
        : Number(bytes.readBigUInt64BE(at + 2));
  const end = start + size;
  if (bytes.length < end) return undefined;
  const isText = ((bytes[at] ?? 0) & OPCODE_BITS) === TEXT;
  return { length: end - at, text: isText ? unmask(bytes, maskAt, end) : undefined };
}

/** In place: nobody reads these bytes again. */
function unmask(bytes: Buffer, maskAt: number, end: number): string {
  const start = maskAt + MASK_BYTES;
  for (let index = start; index < end; index += 1) {
    bytes[index] = (bytes[index] ?? 0) ^ (bytes[maskAt + ((index - start) & 3)] ?? 0);
  }
  return bytes.toString('utf8', start, end);
}
