/**
 * MessagePack to values. What it reads came from a stranger: nothing is set aside on the word of a header, so
 * memory is bounded by the bytes that are there, and depth is that of JSON packets.
 */
import { MAX_DEPTH } from '../codec.ts';

/**
 * Reads the one value that the bytes hold. Bytes in it are copied into an ArrayBuffer of their own.
 *
 * @throws RangeError for bytes that end too soon and nesting deeper than 1,000 levels; TypeError for what the
 *   format has no use for: extensions, keys that are neither text nor number, bytes behind the value.
 */
export function read(bytes: Uint8Array): unknown {
  const reader = new Reader(bytes);
  const value = reader.next(0);
  reader.finish();
  return value;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Text up to here is cheaper read by hand, if it is ASCII: names of events and fields are. Bytes. */
const SHORT_TEXT = 16;

class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  finish(): void {
    if (this.#at !== this.#bytes.length) {
      throw new TypeError(`Cannot decode a message: ${this.#bytes.length - this.#at} bytes follow its value`);
    }
  }

  next(depth: number): unknown {
    if (depth > MAX_DEPTH) {
      throw new RangeError(`Cannot decode a message: it is deeper than ${MAX_DEPTH} levels`);
    }
    const head = this.#view.getUint8(this.#skip(1));
    if (head < 0x80) {
      return head;
    }
    if (head >= 0xe0) {
      return head - 0x100;
    }
    if (head >= 0xc0) {
      return this.#long(head, depth);
    }
    if (head >= 0xa0) {
      return this.#text(head & 0x1f);
    }
    return head < 0x90 ? this.#map(head & 0x0f, depth) : this.#array(head & 0x0f, depth);
  }

  /** What follows one of the 32 bytes that announce anything but short values. */
  #long(head: number, depth: number): unknown {
    switch (head) {
      case 0xc0:
        return null;
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xca:
        return this.#view.getFloat32(this.#skip(4));
      case 0xcb:
        return this.#view.getFloat64(this.#skip(8));
      case 0xd9:
      case 0xda:
      case 0xdb:
        return this.#text(this.#unsigned(head - 0xd9));
      case 0xdc:
      case 0xdd:
        return this.#array(this.#unsigned(head - 0xdb), depth);
      case 0xde:
      case 0xdf:
        return this.#map(this.#unsigned(head - 0xdd), depth);
      default:
        return this.#number(head);
    }
  }

  #number(head: number): unknown {
    if (head >= 0xc4 && head <= 0xc6) {
      return this.#blob(this.#unsigned(head - 0xc4));
    }
    if (head >= 0xcc && head <= 0xcf) {
      return this.#unsigned(head - 0xcc);
    }
    if (head >= 0xd0 && head <= 0xd3) {
      return this.#signed(head - 0xd0);
    }
    throw new TypeError(`Cannot decode a message: it holds the extension type 0x${head.toString(16)}`);
  }

  /** A number of 2 to the power of `size` bytes. */
  #unsigned(size: number): number {
    const at = this.#skip(2 ** size);
    switch (size) {
      case 0:
        return this.#view.getUint8(at);
      case 1:
        return this.#view.getUint16(at);
      case 2:
        return this.#view.getUint32(at);
      default:
        return Number(this.#view.getBigUint64(at));
    }
  }

  #signed(size: number): number {
    const at = this.#skip(2 ** size);
    switch (size) {
      case 0:
        return this.#view.getInt8(at);
      case 1:
        return this.#view.getInt16(at);
      case 2:
        return this.#view.getInt32(at);
      default:
        return Number(this.#view.getBigInt64(at));
    }
  }

  #array(length: number, depth: number): unknown[] {
    const items: unknown[] = [];
    for (let index = 0; index < length; index += 1) {
      items.push(this.next(depth + 1));
    }
    return items;
  }

  #map(length: number, depth: number): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    for (let index = 0; index < length; index += 1) {
      const key = keyOf(this.next(depth + 1));
      const value = this.next(depth + 1);
      if (key === '__proto__') {
        // Assigned it would become the prototype.
        Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true });
      } else {
        map[key] = value;
      }
    }
    return map;
  }

  #text(length: number): string {
    const start = this.#skip(length);
    if (length <= SHORT_TEXT) {
      let text = '';
      for (let at = start; at < this.#at; at += 1) {
        const unit = this.#view.getUint8(at);
        if (unit >= 0x80) {
          return decoder.decode(this.#bytes.subarray(start, this.#at));
        }
        text += String.fromCharCode(unit);
      }
      return text;
    }
    return decoder.decode(this.#bytes.subarray(start, this.#at));
  }

  #blob(length: number): ArrayBuffer {
    const start = this.#skip(length);
    return new Uint8Array(this.#bytes.subarray(start, this.#at)).buffer;
  }

  /** Moves on by so many bytes and returns where they begin. */
  #skip(length: number): number {
    const start = this.#at;
    if (length > this.#bytes.length - start) {
      throw new RangeError(`Cannot decode a message: ${this.#bytes.length} bytes are not all of it`);
    }
    this.#at += length;
    return start;
  }
}

function keyOf(key: unknown): string {
  if (typeof key === 'string' || typeof key === 'number') {
    return String(key);
  }
  throw new TypeError(`Cannot decode a message: a key is ${typeof key}, wanted is text`);
}
