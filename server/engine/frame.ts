/** Frames of whole messages as a server sends them: final, unmasked (RFC 6455, 5.2). */

const FINAL_TEXT = 0x81;
const FINAL_BINARY = 0x82;
const LENGTH_16 = 126;
const LENGTH_64 = 127;
const MAX_LENGTH_7 = 125;
const MAX_LENGTH_16 = 0xffff;

/** Builds the frame of a text message. */
export function frameOfText(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const start = headerBytes(length);
  const frame = Buffer.allocUnsafe(start + length);
  writeHeader(frame, length);
  frame.write(text, start);
  return frame;
}

/** Builds the frame of a binary message, or of a text whose UTF-8 bytes are there already. The bytes are copied. */
export function frameOfBytes(bytes: Uint8Array, { isBinary = false }: { isBinary?: boolean } = {}): Buffer {
  const start = headerBytes(bytes.length);
  const frame = Buffer.allocUnsafe(start + bytes.length);
  writeHeader(frame, bytes.length);
  if (isBinary) {
    frame[0] = FINAL_BINARY;
  }
  frame.set(bytes, start);
  return frame;
}

/** The message inside a frame built here, as a view. */
export function payloadOf(frame: Buffer): Buffer {
  const length = frame[1];
  return frame.subarray(length === LENGTH_64 ? 10 : length === LENGTH_16 ? 4 : 2);
}

/** Whether the message inside a frame built here is binary. */
export function isBinaryFrame(frame: Buffer): boolean {
  return frame[0] === FINAL_BINARY;
}

function headerBytes(length: number): number {
  if (length <= MAX_LENGTH_7) {
    return 2;
  }
  return length <= MAX_LENGTH_16 ? 4 : 10;
}

function writeHeader(frame: Buffer, length: number): void {
  frame[0] = FINAL_TEXT;
  if (length <= MAX_LENGTH_7) {
    frame[1] = length;
    return;
  }
  if (length <= MAX_LENGTH_16) {
    frame[1] = LENGTH_16;
    frame.writeUInt16BE(length, 2);
    return;
  }
  frame[1] = LENGTH_64;
  frame.writeUInt32BE(Math.floor(length / 2 ** 32), 2);
  frame.writeUInt32BE(length >>> 0, 6);
}
