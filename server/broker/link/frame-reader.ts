import { FIELDS_BYTES, FrameError, FrameType, LENGTH_BYTES, MAX_FRAME_BYTES } from './frame.ts';

const FIRST_PARTIAL_BYTES = 4_096;

/** A larger buffer for partial frames is given back after its frame: that was an exception. */
const KEPT_PARTIAL_BYTES = 65_536;

const MIN_TYPE: number = FrameType.hello;
const MAX_TYPE: number = FrameType.barrier;
const EMPTY: Buffer = Buffer.alloc(0);

/**
 * A frame where it lies in the received bytes. The reader has one and moves it from frame to frame, so it
 * and its payload are only valid during the call that brings it.
 */
export class Frame {
  type: FrameType = FrameType.hello;
  id = 0;
  #bytes: Buffer = EMPTY;
  #start = 0;
  #atPayload = 0;
  #end = 0;

  get channel(): string {
    return this.#bytes.toString('utf8', this.#start + LENGTH_BYTES + FIELDS_BYTES, this.#atPayload);
  }

  /** A view of the payload. */
  get payload(): Buffer {
    return this.#bytes.subarray(this.#atPayload, this.#end);
  }

  /** Bytes of the whole frame, its length field included. */
  get byteLength(): number {
    return this.#end - this.#start;
  }

  /** Copies the whole frame and returns its bytes. */
  copyTo(target: Buffer, at: number): number {
    return this.#bytes.copy(target, at, this.#start, this.#end);
  }

  /**
   * Moves to the frame that lies at `start`, all of it.
   *
   * @throws FrameError when its type is unknown or its channel is longer than itself.
   */
  moveTo(bytes: Buffer, start: number, end: number): void {
    const type = bytes.readUInt8(start + LENGTH_BYTES);
    if (type < MIN_TYPE || type > MAX_TYPE) {
      throw new FrameError(`Cannot read a frame of type ${type}: wanted ${MIN_TYPE} to ${MAX_TYPE}`);
    }
    const channelBytes = bytes.readUInt16BE(start + LENGTH_BYTES + 5);
    const atPayload = start + LENGTH_BYTES + FIELDS_BYTES + channelBytes;
    if (atPayload > end) {
      throw new FrameError(`Cannot read a frame of ${end - start} bytes: its channel has ${channelBytes}`);
    }
    this.type = type as FrameType;
    this.id = bytes.readUInt32BE(start + LENGTH_BYTES + 1);
    this.#bytes = bytes;
    this.#start = start;
    this.#atPayload = atPayload;
    this.#end = end;
  }
}

/** Turns chunks of a stream into frames. */
export interface FrameReader {
  /**
   * Takes the first `length` bytes of a chunk and calls back for every frame that ends in it. The chunk is
   * not kept. What the call-back throws comes through.
   *
   * @throws FrameError when the bytes are no frames; the reader must not be used after that.
   */
  read(chunk: Buffer, length?: number): void;
}

/**
 * Makes a reader for one stream. Frames that lie whole in a chunk are not copied; a frame larger than
 * `maxFrameBytes` (default: the largest that fits the layout's limits) is an error.
 */
export function createFrameReader(
  onFrame: (frame: Frame) => void,
  { maxFrameBytes = MAX_FRAME_BYTES }: { maxFrameBytes?: number } = {},
): FrameReader {
  return new Reader(onFrame, maxFrameBytes);
}

class Reader implements FrameReader {
  readonly #onFrame: (frame: Frame) => void;
  readonly #maxFrameBytes: number;
  readonly #frame = new Frame();
  /** The beginning of a frame whose end has not come yet. */
  #partial: Buffer = EMPTY;
  #partialLength = 0;

  constructor(onFrame: (frame: Frame) => void, maxFrameBytes: number) {
    this.#onFrame = onFrame;
    this.#maxFrameBytes = maxFrameBytes;
  }

  read(chunk: Buffer, length: number = chunk.length): void {
    let start = this.#partialLength === 0 ? 0 : this.#complete(chunk, length);
    while (length - start >= LENGTH_BYTES) {
      const end = start + this.#frameBytes(chunk, start);
      if (end > length) {
        break;
      }
      this.#frame.moveTo(chunk, start, end);
      this.#onFrame(this.#frame);
      start = end;
    }
    if (start < length) {
      this.#keep(chunk, start, length);
    }
  }

  /** Ends the partial frame with bytes of the chunk, or takes all of it; returns how many it took. */
  #complete(chunk: Buffer, length: number): number {
    let taken = 0;
    if (this.#partialLength < LENGTH_BYTES) {
      taken = Math.min(length, LENGTH_BYTES - this.#partialLength);
      this.#keep(chunk, 0, taken);
      if (this.#partialLength < LENGTH_BYTES) {
        return taken;
      }
    }
    const frameBytes = this.#frameBytes(this.#partial, 0);
    const end = Math.min(length, taken + frameBytes - this.#partialLength);
    this.#keep(chunk, taken, end);
    if (this.#partialLength === frameBytes) {
      this.#frame.moveTo(this.#partial, 0, frameBytes);
      this.#partialLength = 0;
      this.#onFrame(this.#frame);
      if (this.#partial.length > KEPT_PARTIAL_BYTES) {
        this.#partial = EMPTY;
      }
    }
    return end;
  }

  #keep(chunk: Buffer, start: number, end: number): void {
    const length = this.#partialLength + end - start;
    if (length > this.#partial.length) {
      // Doubled by what has come, not by what is announced: a length field alone must not cost 16 MiB.
      const grown = Buffer.allocUnsafeSlow(Math.max(FIRST_PARTIAL_BYTES, length, this.#partial.length * 2));
      this.#partial.copy(grown, 0, 0, this.#partialLength);
      this.#partial = grown;
    }
    chunk.copy(this.#partial, this.#partialLength, start, end);
    this.#partialLength = length;
  }

  #frameBytes(bytes: Buffer, start: number): number {
    const announced = bytes.readUInt32BE(start);
    if (announced < FIELDS_BYTES || announced > this.#maxFrameBytes) {
      throw new FrameError(
        `Cannot read a frame of ${announced} bytes: wanted ${FIELDS_BYTES} to ${this.#maxFrameBytes}`,
      );
    }
    return LENGTH_BYTES + announced;
  }
}
