/**
 * The frames that nearly all clients send, read where they lie: a whole message of text in one masked frame of at most
 * 65,535 bytes, all of it in the chunk that has come (RFC 6455, 5.2 and 5.3). Whatever else comes is left to `ws`.
 */
import { isUtf8 } from 'node:buffer';

/** Whom the texts are for. */
export interface Taker {
  /** Takes the text of one frame. Must not throw. */
  take(text: string): void;
}

export interface ReadingRules {
  /** Most bytes a message may have to be read here. */
  readonly maxBytes: number;
  /** Whether text that is no UTF-8 is taken, as the option `skipUTF8Validation` of `ws` has it. */
  readonly isAnyTextTaken: boolean;
}

/** First byte of a frame that is a whole message of text, without any reserved bit. */
const FINAL_TEXT = 0x81;
/** Added to the length in the second byte where the payload is masked. */
const MASKED = 0x80;
/** Lengths that say where the length is: in the next two bytes, in the next eight. */
const LENGTH_16 = 126;
const LENGTH_64 = 127;
/** Two bytes and the mask. */
const SHORTEST_HEADER = 6;
/** The bit that no character of ASCII has. */
const BEYOND_ASCII = 0x80;

/**
 * Reads frames from `start` of a chunk on, where one begins, and hands their texts over. Their payloads are unmasked
 * in place. Returns where what is left begins: at the end of the chunk, or at the first frame that is another one; from
 * there on the chunk is as it was.
 */
export function readFrames(chunk: Buffer, start: number, taker: Taker, rules: ReadingRules): number {
  const { length } = chunk;
  let at = start;
  while (at + SHORTEST_HEADER <= length && chunk[at] === FINAL_TEXT) {
    let size = (chunk[at + 1] as number) - MASKED; // below 0 without a mask
    let payload = at + SHORTEST_HEADER;
    if (size === LENGTH_16) {
      size = ((chunk[at + 2] as number) << 8) | (chunk[at + 3] as number);
      payload += 2;
    } else if (size === LENGTH_64) {
      return at;
    }
    const end = payload + size;
    if (size < 0 || size > rules.maxBytes || end > length) {
      return at;
    }
    const text = readText(chunk, payload, end, rules);
    if (text === undefined) {
      return at;
    }
    taker.take(text);
    at = end;
  }
  return at;
}

/** Unmasks a payload and gives its text; undefined, and masked as before, when it is no UTF-8. */
function readText(chunk: Buffer, start: number, end: number, rules: ReadingRules): string | undefined {
  if (unmask(chunk, start, end) < BEYOND_ASCII) {
    return chunk.toString('latin1', start, end); // the same for ASCII, and cheaper than UTF-8
  }
  if (!rules.isAnyTextTaken && !isUtf8(chunk.subarray(start, end))) {
    unmask(chunk, start, end);
    return undefined;
  }
  return chunk.toString('utf8', start, end);
}

/**
 * Takes the mask, which lies right before `start`, off a payload, or puts it on again. Returns all bytes of the result
 * or-ed: below 0x80 when every one is ASCII.
 */
function unmask(chunk: Buffer, start: number, end: number): number {
  const mask0 = chunk[start - 4] as number;
  const mask1 = chunk[start - 3] as number;
  const mask2 = chunk[start - 2] as number;
  const mask3 = chunk[start - 1] as number;
  let bits = 0;
  let at = start;
  // Four at a time: the mask stays in registers, and V8 checks bounds and loop less often.
  for (; at + 3 < end; at += 4) {
    const byte0 = (chunk[at] as number) ^ mask0;
    const byte1 = (chunk[at + 1] as number) ^ mask1;
    const byte2 = (chunk[at + 2] as number) ^ mask2;
    const byte3 = (chunk[at + 3] as number) ^ mask3;
    chunk[at] = byte0;
    chunk[at + 1] = byte1;
    chunk[at + 2] = byte2;
    chunk[at + 3] = byte3;
    bits |= byte0 | byte1 | byte2 | byte3;
  }
  for (let mask = start - 4; at < end; at += 1, mask += 1) {
    const byte = (chunk[at] as number) ^ (chunk[mask] as number);
    chunk[at] = byte;
    bits |= byte;
  }
  return bits;
}
