/**
 * Bytes of many connections in, whole messages out. Nearly every chunk holds whole frames and is read
 * where it lies; only what a chunk leaves unfinished is copied, into a map that is nearly always empty.
 */
import { type Frame, FrameError, MAX_FRAME_BYTES, opcodes, readFrame } from './websocket-frames.ts';

/** Takes what was read. The bytes are only valid during the call. */
export interface MessageSink {
  /** A whole text or binary message. */
  message(user: number, bytes: Buffer, start: number, end: number): void;
  /** A control ping; the answer carries the same payload. */
  ping(user: number, bytes: Buffer, start: number, end: number): void;
  /** A close frame. `code` is 1005 when it holds none. */
  close(user: number, code: number): void;
}

/** Status of a close frame without a status (RFC 6455, 7.1.5). */
const NO_STATUS = 1005;

/** Bytes that belong together. */
interface Pieces {
  pieces: Buffer[];
  /** Of all of them, bytes. */
  length: number;
}

/** The beginning of a frame, and how many bytes it has as a whole; 0 as long as that is not known. */
type Beginning = Pieces & { wanted: number };

/** More fragments of one message, empty ones perhaps, are a sign of lost framing. */
const MOST_FRAGMENTS = 65_536;

/** Reads the bytes of any number of users, and remembers only what is unfinished. */
export class MessageReader {
  readonly #sink: MessageSink;
  readonly #unfinished = new Map<number, Beginning>();
  readonly #fragments = new Map<number, Pieces>();
  readonly #frame: Frame = { opcode: 0, final: true, start: 0, end: 0 };

  constructor(sink: MessageSink) {
    this.#sink = sink;
  }

  /**
   * Reads the bytes from `start` to `end`, which follow what was read of this user before.
   *
   * @throws FrameError when the bytes cannot be a server's frames, or come in the wrong order.
   */
  read(user: number, bytes: Buffer, start: number, end: number): void {
    const unfinished = this.#unfinished.get(user);
    if (unfinished === undefined) {
      this.#frames(user, bytes, start, end);
      return;
    }
    const piece = bytes.subarray(start, end);
    const length = unfinished.length + piece.length;
    if (length < unfinished.wanted) {
      unfinished.pieces.push(Buffer.from(piece));
      unfinished.length = length;
      return;
    }
    this.#unfinished.delete(user);
    this.#frames(user, Buffer.concat([...unfinished.pieces, piece], length), 0, length);
  }

  /** Forgets what is unfinished of a user whose connection ended. */
  forget(user: number): void {
    this.#unfinished.delete(user);
    this.#fragments.delete(user);
  }

  #frames(user: number, bytes: Buffer, start: number, end: number): void {
    let offset = start;
    while (offset < end) {
      this.#frame.end = offset;
      if (!readFrame(bytes, offset, end, this.#frame)) {
        // A copy: the next connection that has something to read overwrites the shared buffer.
        const piece = Buffer.from(bytes.subarray(offset, end));
        const wanted = this.#frame.end - offset;
        this.#unfinished.set(user, { pieces: [piece], length: piece.length, wanted });
        return;
      }
      offset = this.#frame.end;
      this.#dispatch(user, bytes, this.#frame);
    }
  }

  #dispatch(user: number, bytes: Buffer, frame: Frame): void {
    switch (frame.opcode) {
      case opcodes.ping:
        return this.#sink.ping(user, bytes, frame.start, frame.end);
      case opcodes.pong:
        return;
      case opcodes.close: {
        const hasCode = frame.end - frame.start >= 2;
        return this.#sink.close(user, hasCode ? bytes.readUInt16BE(frame.start) : NO_STATUS);
      }
      case opcodes.continuation:
        return this.#fragment(user, bytes, frame);
      default: {
        if (this.#fragments.has(user))
          throw new FrameError('Cannot read a new message: the last one is unfinished');
        if (frame.final) return this.#sink.message(user, bytes, frame.start, frame.end);
        const first = Buffer.from(bytes.subarray(frame.start, frame.end));
        this.#fragments.set(user, { pieces: [first], length: first.length });
      }
    }
  }

  #fragment(user: number, bytes: Buffer, frame: Frame): void {
    const fragments = this.#fragments.get(user);
    if (fragments === undefined) throw new FrameError('Cannot read a fragment: no message has begun');
    fragments.pieces.push(Buffer.from(bytes.subarray(frame.start, frame.end)));
    fragments.length += frame.end - frame.start;
    const { pieces, length } = fragments;
    if (length > MAX_FRAME_BYTES) {
      throw new FrameError(`Cannot read a message of ${length} bytes: at most ${MAX_FRAME_BYTES} are taken`);
    }
    if (pieces.length > MOST_FRAGMENTS) {
      throw new FrameError(
        `Cannot read a message of ${pieces.length} fragments: at most ${MOST_FRAGMENTS} are taken`,
      );
    }
    if (!frame.final) return;
    this.#fragments.delete(user);
    this.#sink.message(user, Buffer.concat(pieces, length), 0, length);
  }
}
