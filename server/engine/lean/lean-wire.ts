/**
 * A wire that reads and writes common frames by itself. Until its peer sends another frame, or it is to be paused or
 * closed, `ws` has made nothing for it; then its connection is lent to `ws`, and it reads whenever the receiver of `ws`
 * stands between frames.
 */
import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import { shielded, throwLater } from '../../errors/index.ts';
import type { Wire, WireHandlers } from '../engine.ts';
import { type Lender, Lent } from './lent.ts';
import { type ReadingRules, readFrames } from './read-frames.ts';
import { keepReading, readShared, type TakeShared } from './shared-reads.ts';
import { writeTogether } from './write-together.ts';

/** What all wires of an engine share. */
export interface LeanWireOptions {
  readonly handlers: WireHandlers;
  readonly rules: ReadingRules;
  /** What `ws` makes its sockets with. */
  readonly settings: object;
}

/** How a wire is found that a connection belongs to. */
const WIRE = Symbol('wire');

type Connection = Socket & { [WIRE]: LeanWire };

const NOTHING = Buffer.alloc(0);
/** The code of an end without a close frame (RFC 6455, 7.1.5). */
const ABNORMAL = 1006;

export class LeanWire implements Wire, Lender {
  owner: unknown = undefined;
  corked = false;
  readonly #options: LeanWireOptions;
  readonly #socket: Socket;
  #lent: Lent | undefined;
  /** Tells nothing any more once the connection is lent. */
  #isOpen = true;
  #isHolding = false;
  #held: Buffer[] | undefined;
  #heldBytes = 0;

  /** @param head What came with the upgrade request already. */
  constructor(socket: Socket, head: Buffer, options: LeanWireOptions) {
    this.#socket = socket;
    this.#options = options;
    const connection = socket as Connection;
    connection[WIRE] = this;
    // These stay when the connection is lent, and are called before those of `ws`.
    connection.on('end', onEnd);
    connection.on('error', onError);
    if (head.length > 0 || socket.readableLength > 0) {
      this.#lend(head);
      return;
    }
    connection.setTimeout(0);
    connection.setNoDelay();
    readShared(connection, onRead as TakeShared);
    connection.on('close', onClose);
    connection.on('data', onData);
  }

  get isOpen(): boolean {
    return this.#lent === undefined ? this.#isOpen : this.#lent.readyState === WebSocket.OPEN;
  }

  // To the peer

  get waiting(): number {
    return this.#heldBytes + this.#socket.writableLength;
  }

  write(frame: Buffer): void {
    if (!this.#isHolding) {
      this.#socket.write(frame);
      return;
    }
    this.#heldBytes += frame.length;
    if (this.#held === undefined) {
      this.#held = [frame];
    } else {
      this.#held.push(frame);
    }
  }

  cork(): void {
    this.#isHolding = true;
  }

  uncork(): void {
    this.#isHolding = false;
    this.flush();
  }

  onceDrained(callback: () => void): void {
    // Not 'drain': Node emits that only past its own mark, which may lie above the one asked about.
    this.#socket.write(NOTHING, callback);
  }

  flush(): void {
    const held = this.#held;
    if (held === undefined) {
      return;
    }
    this.#held = undefined;
    this.#heldBytes = 0;
    writeTogether(this.#socket, held);
  }

  // From the peer

  /** Takes what the peer has sent, as long as the connection is not lent. */
  receive(chunk: Buffer): void {
    const start = this.read(chunk, 0);
    if (start < chunk.length) {
      if (this.#lent === undefined) {
        this.#lend(NOTHING);
      }
      // Copied, as `ws` keeps what is cut.
      this.#socket.emit('data', Buffer.from(chunk.subarray(start)));
    }
  }

  /** Takes what the peer has sent from a buffer that is soon another's. Returns whether there is room for more. */
  receiveShared(bytes: number, buffer: Buffer): boolean {
    const chunk = buffer.subarray(0, bytes);
    if (this.#lent !== undefined) {
      return this.#socket.push(Buffer.from(chunk));
    }
    this.receive(chunk);
    return true;
  }

  read(chunk: Buffer, start: number): number {
    return readFrames(chunk, start, this, this.#options.rules);
  }

  take(message: string | Buffer): void {
    // What is thrown in the middle of a chunk would leave the wire deaf for the rest of it.
    try {
      this.#options.handlers.message(this, message);
    } catch (error) {
      throwLater(error);
    }
  }

  pause(): void {
    this.#reach()?.pause();
  }

  resume(): void {
    this.#lent?.resume();
  }

  // The end

  close(code: number, reason: string): void {
    this.#reach()?.close(code, reason);
  }

  terminate(): void {
    // What lies behind in a chunk that is being read is still read, as `ws` does.
    const lent = this.#reach();
    if (lent === undefined) {
      this.#socket.destroy();
    } else {
      lent.terminate();
    }
  }

  /** The peer says no more. */
  noteEnd(): void {
    this.flush();
    if (this.#lent === undefined) {
      this.#isOpen = false;
      this.#socket.end();
    }
  }

  /** The connection has failed; its end follows. */
  noteError(): void {
    this.#isOpen = false;
    this.#socket.destroy();
  }

  ended(code: number, reason: string): void {
    this.#isOpen = false;
    shielded(() => this.#options.handlers.closed(this, code, reason));
  }

  /** The socket of `ws`, which gets the connection now at the latest; undefined when that had ended before. */
  #reach(): Lent | undefined {
    if (this.#lent === undefined && this.#isOpen) {
      this.#lend(NOTHING);
    }
    return this.#lent;
  }

  #lend(head: Buffer): void {
    const { settings } = this.#options;
    this.#socket.off('close', onClose);
    this.#socket.off('data', onData);
    keepReading(this.#socket);
    this.#lent = new Lent(this, settings);
    this.#lent.serve(this.#socket, head, settings);
  }
}

// One function each for all connections: Node calls them with the connection as `this`.

function onData(this: Connection, chunk: Buffer): void {
  this[WIRE].receive(chunk);
}

function onRead(this: Connection, bytes: number, buffer: Buffer): boolean {
  return this[WIRE].receiveShared(bytes, buffer);
}

function onEnd(this: Connection): void {
  this[WIRE].noteEnd();
}

function onError(this: Connection): void {
  this[WIRE].noteError();
}

function onClose(this: Connection): void {
  this[WIRE].ended(ABNORMAL, '');
}
