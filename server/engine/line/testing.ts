/** A wire without a network: the test is its peer, chunk by chunk, and sees each write. */
import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import * as ws from 'ws';
import type { Engine, EngineOptions, Wire, WireHandlers } from '../engine.ts';

export type CreateEngine = (options: EngineOptions, handlers: WireHandlers) => Engine;

/** What reads frames in `ws`, for tests that count what reaches it. Exported there, unknown to its type declarations. */
export const { Receiver } = ws as unknown as {
  Receiver: { prototype: { _write(chunk: Buffer, encoding: string, done: () => void): void } };
};

/** What a wire tells: a text, bytes, or its end. */
export type Told = string | Buffer | { code: number; reason: string };

/** Takes what was read: so many bytes at the beginning of the buffer. Returns whether there is room for more. */
type Take = (this: Line, bytes: number, buffer: Buffer) => boolean;

/** Where Node keeps who takes what was read into a buffer that a connection was given. */
const TAKE = Object.getOwnPropertySymbols(new Socket()).find((symbol) => symbol.description === 'kBufferCb');

/** A connection as an engine sees it. */
export class Line extends Duplex {
  /** As that of Node's sockets, where it may be given a buffer: what comes is read into that. */
  _handle: { useUserBuffer(buffer: Buffer): void } | undefined;
  /** What was written; what left together is one. */
  readonly writes: Buffer[] = [];
  /** Set while the peer reads nothing. */
  isStalled = false;
  #goOn: (() => void) | undefined;
  #buffer: Buffer | undefined;
  /** What is not read yet; null is the FIN. */
  readonly #unread: (Buffer | null)[] = [];
  #isReading = true;

  /** Lets an engine have this line read into a buffer. */
  offerSharing(): void {
    this._handle = {
      useUserBuffer: (buffer) => {
        this.#buffer = buffer;
      },
    };
  }

  /** Has the peer send a chunk, which an engine may write into. */
  say(bytes: Uint8Array): void {
    this.#unread.push(Buffer.from(bytes));
    this.#readOn();
  }

  /** Has the peer send a FIN. */
  sayNoMore(): void {
    this.#unread.push(null);
    this.#readOn();
  }

  override pause(): this {
    this.#isReading = this.#buffer === undefined;
    return super.pause();
  }

  override resume(): this {
    this.#isReading = true;
    process.nextTick(() => this.#readOn());
    return super.resume();
  }

  /** Has the peer read again. */
  drain(): void {
    this.isStalled = false;
    this.#goOn?.();
  }

  setTimeout(_ms?: number): this {
    return this;
  }

  setNoDelay(_isOn?: boolean): this {
    return this;
  }

  override _read(): void {}

  override _write(bytes: Buffer, _encoding: string, done: () => void): void {
    this.#leave(bytes, done);
  }

  override _writev(pieces: { chunk: Buffer }[], done: () => void): void {
    this.#leave(Buffer.concat(pieces.map(({ chunk }) => chunk)), done);
  }

  #readOn(): void {
    for (let chunk = this.#next(); chunk !== undefined; chunk = this.#next()) {
      if (chunk === null || this.#buffer === undefined) this.push(chunk);
      else if (!this.destroyed) this.#isReading &&= this.#readInto(this.#buffer, chunk);
    }
  }

  #next(): Buffer | null | undefined {
    const chunk = this.#isReading ? this.#unread.shift() : undefined;
    const { length = Number.POSITIVE_INFINITY } = this.#buffer ?? {};
    if (!chunk || chunk.length <= length) return chunk;
    this.#unread.unshift(chunk.subarray(length));
    return chunk.subarray(0, length);
  }

  /** The next connection that reads there overwrites what is left of the chunk. */
  #readInto(buffer: Buffer, chunk: Buffer): boolean {
    buffer.set(chunk);
    const { [TAKE as symbol]: take } = this as unknown as Record<symbol, Take>;
    const hasRoom = take?.call(this, chunk.length, buffer) ?? true;
    buffer.fill(0xff, 0, chunk.length);
    return hasRoom;
  }

  #leave(bytes: Buffer, done: () => void): void {
    this.writes.push(bytes);
    if (this.isStalled) {
      this.#goOn = done;
    } else {
      done();
    }
  }
}

/** A wire, its peer, and what it has told in its order. */
export interface Seat {
  wire: Wire;
  line: Line;
  told: Told[];
  /** Bytes that the peer got after the handshake. */
  answered(): Buffer;
  /** Cuts the connection, if it is there still, and waits for the wire to tell its end. */
  end(): Promise<void>;
}

export interface SeatOptions extends Partial<EngineOptions> {
  /** Called with each message, besides that it is kept. Default: nothing is. */
  act?(wire: Wire, message: string | Buffer): void;
  /** What comes with the upgrade request. Default: nothing. */
  head?: Uint8Array;
}

const REQUEST_HEADERS = {
  upgrade: 'websocket',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-version': '13',
};

/** Makes an engine that is offered to have connections read into a buffer, as in Node. */
export function sharing(createEngine: CreateEngine): CreateEngine {
  return (options, handlers) => {
    const engine = createEngine(options, handlers);
    return {
      accept(request, socket, ...others) {
        (socket as Line).offerSharing();
        engine.accept(request, socket, ...others);
      },
    };
  };
}

/** Opens a wire of an engine. Messages may have 65,536 bytes unless the options say otherwise. */
export async function takeSeat(
  createEngine: CreateEngine,
  { act, head = new Uint8Array(0), ...options }: SeatOptions = {},
): Promise<Seat> {
  const told: Told[] = [];
  const line = new Line();
  let hasEnded = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    hasEnded = resolve;
  });
  const engine = createEngine(
    { maxPayload: 65_536, perMessageDeflate: false, headers: [], ...options },
    {
      message(wire, message) {
        told.push(message);
        act?.(wire, message);
      },
      closed(_wire, code, reason) {
        told.push({ code, reason });
        hasEnded();
      },
    },
  );
  const request = { method: 'GET', url: '/', headers: REQUEST_HEADERS, socket: line };
  const wire = await new Promise<Wire>((resolve) => {
    engine.accept(request as unknown as IncomingMessage, line, Buffer.from(head), resolve);
  });
  line.writes.splice(0, 1); // the answer to the upgrade
  await turn();
  return {
    wire,
    line,
    told,
    answered: () => Buffer.concat(line.writes),
    async end() {
      line.destroy();
      await ended;
    },
  };
}

export interface MaskedFrameOptions {
  /** First byte. Default: that of a whole message of text. */
  first?: number;
  /** Default: one without a zero. */
  mask?: readonly number[];
  /** Bits of the length. Default: as few as can be. */
  lengthBits?: 7 | 16 | 64;
}

/** A frame as a client sends it. */
export function maskedFrame(
  payload: Uint8Array | string,
  { first = 0x81, mask = [0x12, 0xab, 0x34, 0xcd], lengthBits }: MaskedFrameOptions = {},
): Buffer {
  const bytes = Buffer.from(payload);
  const { length } = bytes;
  const bits = lengthBits ?? (length < 126 ? 7 : length < 65_536 ? 16 : 64);
  const header = [first, 0x80 | (bits === 7 ? length : bits === 16 ? 126 : 127)];
  for (let shift = bits - 8; shift >= 0; shift -= 8) {
    header.push(Number((BigInt(length) >> BigInt(shift)) & 0xffn));
  }
  return Buffer.from([...header, ...mask, ...bytes.map((byte, index) => byte ^ (mask[index % 4] as number))]);
}

/** The frames a server has sent, all of them short: opcode, and payload as text. */
export function shortFramesIn(bytes: Buffer): [opcode: number, payload: string][] {
  const frames: [number, string][] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 2 + (bytes[at + 1] as number);
    frames.push([(bytes[at] as number) & 0x0f, bytes.toString('latin1', at + 2, end)]);
    at = end;
  }
  return frames;
}
