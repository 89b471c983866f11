/** Values to MessagePack. Takes what JSON takes, in the same way, and bytes besides. */
import { MAX_DEPTH } from '../codec.ts';

/** Room for a packet as most are, bytes. */
const FIRST_ROOM = 256;
const UTF8_BYTES_PER_UNIT = 3;
const LONGEST_HEADER = 5;

/** Deeper than what is read, so that whatever a client sent can be answered inside something else. */
const DEEPEST = MAX_DEPTH + 200;

/**
 * Writes one value. Undefined is nil, or nothing as a field of an object; `toJSON` is heeded.
 *
 * @throws TypeError for a BigInt, a circle and nesting deeper than 1,200 levels.
 */
export function write(value: unknown): Uint8Array {
  const writer = new Writer();
  writer.add(value, 0);
  return writer.take();
}

const encoder = new TextEncoder();

/** Numbers after the first byte of arrays, maps and texts: which byte announces how many bytes of length. */
const HEADERS = {
  text: { fixed: 0xa0, below: 32, one: 0xd9, two: 0xda, four: 0xdb },
  bytes: { fixed: 0, below: 0, one: 0xc4, two: 0xc5, four: 0xc6 },
  array: { fixed: 0x90, below: 16, one: undefined, two: 0xdc, four: 0xdd },
  map: { fixed: 0x80, below: 16, one: undefined, two: 0xde, four: 0xdf },
} as const;

class Writer {
  #bytes = new Uint8Array(FIRST_ROOM);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  take(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  add(value: unknown, depth: number): void {
    switch (typeof value) {
      case 'string':
        return this.#addText(value);
      case 'number':
        return this.#addNumber(value);
      case 'boolean':
        return this.#addByte(value ? 0xc3 : 0xc2);
      case 'object':
        return value === null ? this.#addByte(0xc0) : this.#addObject(value, depth);
      case 'bigint':
        throw new TypeError(
          `Cannot encode a packet: it holds the BigInt ${value}, wanted is a number or text`,
        );
      default:
        return this.#addByte(0xc0);
    }
  }

  #addObject(value: object, depth: number): void {
    if (depth >= DEEPEST) {
      throw new TypeError(`Cannot encode a packet: it is a circle or deeper than ${DEEPEST} levels`);
    }
    if ('toJSON' in value && typeof value.toJSON === 'function' && !ArrayBuffer.isView(value)) {
      this.add(value.toJSON(), depth + 1);
    } else if (value instanceof ArrayBuffer) {
      this.#addBytes(new Uint8Array(value));
    } else if (ArrayBuffer.isView(value)) {
      this.#addBytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    } else if (Array.isArray(value)) {
      this.#addHeader('array', value.length);
      for (const item of value) {
        this.add(item, depth + 1);
      }
    } else {
      this.#addFields(value, depth);
    }
  }

  #addFields(value: object, depth: number): void {
    const fields = Object.entries(value).filter(([, field]) => isData(field));
    this.#addHeader('map', fields.length);
    for (const [name, field] of fields) {
      this.#addText(name);
      this.add(field, depth + 1);
    }
  }

  #addNumber(value: number): void {
    if (!Number.isInteger(value) || value > 0xffff_ffff || value < -0x8000_0000) {
      this.#addFloat(value);
    } else if (value < 0) {
      this.#addNegative(value);
    } else if (value < 0x80) {
      this.#addByte(value);
    } else {
      this.#addLength(value, 0xcc, 0xcd, 0xce);
    }
  }

  #addNegative(value: number): void {
    if (value >= -0x20) {
      this.#addByte(value);
    } else if (value >= -0x80) {
      this.#addLength(value & 0xff, 0xd0, 0xd1, 0xd2);
    } else {
      const isShort = value >= -0x8000;
      this.#addByte(isShort ? 0xd1 : 0xd2);
      this.#reserve(4);
      this.#view.setInt32(this.#length, isShort ? value << 16 : value);
      this.#length += isShort ? 2 : 4;
    }
  }

  #addFloat(value: number): void {
    this.#addByte(0xcb);
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value);
    this.#length += 8;
  }

  /** The length in bytes is known only once the text is written: it is written where its header most likely ends. */
  #addText(text: string): void {
    this.#reserve(LONGEST_HEADER + text.length * UTF8_BYTES_PER_UNIT);
    const start = this.#length;
    this.#addHeader('text', text.length);
    const guessed = this.#length;
    const { written } = encoder.encodeInto(text, this.#bytes.subarray(guessed));
    this.#length = start;
    this.#addHeader('text', written);
    if (this.#length !== guessed) {
      // A longer header has written over the text's first bytes.
      encoder.encodeInto(text, this.#bytes.subarray(this.#length));
    }
    this.#length += written;
  }

  #addBytes(bytes: Uint8Array): void {
    this.#addHeader('bytes', bytes.length);
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #addHeader(kind: keyof typeof HEADERS, length: number): void {
    const { fixed, below, one, two, four } = HEADERS[kind];
    if (length < below) {
      this.#addByte(fixed | length);
    } else {
      this.#addLength(length, one, two, four);
    }
  }

  /** Writes a number behind the byte that announces its size. */
  #addLength(length: number, one: number | undefined, two: number, four: number): void {
    this.#reserve(LONGEST_HEADER);
    if (one !== undefined && length <= 0xff) {
      this.#bytes.set([one, length], this.#length);
      this.#length += 2;
      return;
    }
    // Not a byte more than the number takes: a text may stand behind it already.
    if (length <= 0xffff) {
      this.#bytes[this.#length] = two;
      this.#view.setUint16(this.#length + 1, length);
      this.#length += 3;
    } else {
      this.#bytes[this.#length] = four;
      this.#view.setUint32(this.#length + 1, length);
      this.#length += 5;
    }
  }

  #addByte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) {
      return;
    }
    const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

/** Tells whether a field of an object is written at all. */
function isData(field: unknown): boolean {
  return field !== undefined && typeof field !== 'function' && typeof field !== 'symbol';
}
