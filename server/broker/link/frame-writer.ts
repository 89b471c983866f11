import type { Socket } from 'node:net';
import { FIELDS_BYTES, FrameType, LENGTH_BYTES } from './frame.ts';
import type { Frame } from './frame-reader.ts';

const FIRST_BYTES = 4_096;

/** A larger buffer is given back after its batch: it served a burst. */
const KEPT_BYTES = 262_144;

/** An UTF-16 unit takes at most so many bytes of UTF-8. */
const MOST_BYTES_A_UNIT = 3;

const EMPTY: Buffer = Buffer.alloc(0);

/** Collects frames in one buffer, for one write. */
export class FrameWriter {
  #bytes: Buffer = EMPTY;
  #length = 0;

  /** Bytes collected so far. */
  get length(): number {
    return this.#length;
  }

  /** Adds a frame; the caller has made sure that it fits (`misfitOf`). The payload is copied. */
  write(type: FrameType, id: number, channel: string, payload: Uint8Array = EMPTY): void {
    const start = this.#length;
    const atChannel = start + LENGTH_BYTES + FIELDS_BYTES;
    this.#reserve(atChannel + channel.length * MOST_BYTES_A_UNIT + payload.length);
    const channelBytes = channel === '' ? 0 : this.#bytes.write(channel, atChannel);
    const end = atChannel + channelBytes + payload.length;
    this.#bytes.set(payload, end - payload.length);
    this.#bytes.writeUInt32BE(end - start - LENGTH_BYTES, start);
    this.#bytes[start + LENGTH_BYTES] = type;
    this.#bytes.writeUInt32BE(id, start + LENGTH_BYTES + 1);
    this.#bytes.writeUInt16BE(channelBytes, start + LENGTH_BYTES + 5);
    this.#length = end;
  }

  /** Adds a publication that was just read once more, as the message to a subscriber. */
  forward(publication: Frame): void {
    const start = this.#length;
    this.#reserve(start + publication.byteLength);
    this.#length = start + publication.copyTo(this.#bytes, start);
    this.#bytes[start + LENGTH_BYTES] = FrameType.message;
    this.#bytes.writeUInt32BE(0, start + LENGTH_BYTES + 1);
  }

  /** Gives what was collected to the socket, as one write. */
  flushTo(socket: Socket): void {
    if (this.#length === 0) {
      return;
    }
    socket.write(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    // With nothing left in the socket the kernel has taken all bytes, so the buffer can be written over.
    if (socket.writableLength > 0 || this.#bytes.length > KEPT_BYTES) {
      this.#bytes = EMPTY;
    }
  }

  /** Gives what was collected, as a copy, and is empty. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    if (this.#bytes.length > KEPT_BYTES) {
      this.#bytes = EMPTY;
    }
    return taken;
  }

  /** Forgets what was collected. */
  clear(): void {
    this.#length = 0;
  }

  #reserve(length: number): void {
    if (length <= this.#bytes.length) {
      return;
    }
    const grown = Buffer.allocUnsafeSlow(Math.max(FIRST_BYTES, this.#bytes.length * 2, length));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}
