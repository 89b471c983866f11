/**
 * The one place that knows the inside of `ws`: how a connection is lent to it for what is not read here, and whether its
 * receiver stands between frames, so that common ones can be read here again. `isWsKnown` tries all of it out.
 */
import { Duplex, Writable } from 'node:stream';
import { WebSocket } from 'ws';

/** Whose connection is lent. */
export interface Lender {
  /** Reads what it can from `start` of a chunk on, where a frame begins; returns where the rest begins. */
  read(chunk: Buffer, start: number): number;
  /** Takes a message that `ws` has read. */
  take(message: string | Buffer): void;
  /** Writes what it holds back: `ws` is about to write. */
  flush(): void;
  /** The connection has ended; called once. */
  ended(code: number, reason: string): void;
}

/** What reads frames for a socket of `ws`, with the fields that are looked at. */
interface Receiver extends Writable {
  /** What it reads next. */
  readonly _state: number;
  /** Bytes that it has and has not read. */
  readonly _bufferedBytes: number;
  readonly _payloadLength: number;
  /** Opcode of the message whose first fragments have come; 0 between messages. */
  readonly _fragmented: number;
  /** Added here: who reads common frames. */
  lender: Lender;
}

/** Values of `_state`. */
const FIRST_BYTES = 0;
const PAYLOAD = 4;

/** A socket of `ws` on a connection that is lent to it. */
export class Lent extends WebSocket {
  readonly lender: Lender;

  declare private readonly _receiver: Receiver;
  /** Has `ws` read a connection. */
  declare private readonly setSocket: (socket: Duplex, head: Buffer, settings: object) => void;

  /** @param settings The options of the server of `ws`. */
  constructor(lender: Lender, settings: object) {
    // As the server of `ws` makes its sockets.
    super(...([null, undefined, settings] as unknown as [null]));
    this.lender = lender;
    this.on('message', onMessage);
    this.on('close', onClose);
    this.on('error', ignore);
  }

  /**
   * Reads the connection from now on, and writes to it.
   *
   * @param head What has come already and comes before all else.
   */
  serve(socket: Duplex, head: Buffer, settings: object): void {
    this.setSocket(socket, head, settings);
    Object.assign(this._receiver, { lender: this.lender, write: writeChunk });
  }

  // What `ws` sends by itself follows what was sent before.

  override close(code?: number, reason?: string | Buffer): void {
    this.lender.flush();
    super.close(code, reason);
  }

  override pong(...details: Parameters<WebSocket['pong']>): void {
    this.lender.flush();
    super.pong(...details);
  }
}

// One function each for all sockets: `ws` calls them with the socket as `this`.

function onMessage(this: WebSocket, data: unknown, isBinary: boolean): void {
  const bytes = data as Buffer;
  (this as Lent).lender.take(isBinary ? bytes : bytes.toString());
}

function onClose(this: WebSocket, code: number, reason: Buffer): void {
  (this as Lent).lender.ended(code, reason.toString());
}

/** What a peer does wrong ends its own wire: the close event with its code follows every error. */
function ignore(): void {}

/**
 * Takes a chunk in place of the receiver's own `write`: the end of a frame that it has begun goes to it, then common
 * frames are read by the lender, and from the first other one on it gets the rest.
 */
function writeChunk(this: Receiver, chunk: Buffer): boolean {
  const { length } = chunk;
  let start = bytesOwed(this, length);
  const hasRoom = start === 0 || pass(this, chunk, 0, start);
  if (start < length && isBetweenFrames(this)) {
    start = this.lender.read(chunk, start);
  }
  // A frame that ends the connection has nothing after it: neither has this chunk.
  return start === length || !this.writable ? hasRoom : pass(this, chunk, start, length) && hasRoom;
}

/** Bytes of a chunk that belong to the frame which the receiver is in the middle of: all where it has no length yet. */
function bytesOwed(receiver: Receiver, length: number): number {
  if (isBetweenFrames(receiver)) {
    return 0;
  }
  const { _state, _payloadLength, _bufferedBytes, writable, writableLength } = receiver;
  return _state === PAYLOAD && writableLength === 0 && writable
    ? Math.min(length, _payloadLength - _bufferedBytes)
    : length;
}

function isBetweenFrames(receiver: Receiver): boolean {
  return (
    receiver._state === FIRST_BYTES &&
    receiver._bufferedBytes === 0 &&
    receiver._fragmented === 0 &&
    receiver.writableLength === 0 &&
    receiver.writable
  );
}

/** The receiver's own `write`, which `writeChunk` stands before. */
const writeToReceiver: (this: Writable, bytes: Buffer) => boolean = Writable.prototype.write;

function pass(receiver: Receiver, chunk: Buffer, start: number, end: number): boolean {
  const bytes = end - start === chunk.length ? chunk : chunk.subarray(start, end);
  return writeToReceiver.call(receiver, bytes);
}

/** Chunks with zero masks: a cut header, a cut payload with more behind it, a ping inside a message, a common frame. */
const TRIAL = [
  [0x81],
  [0x80, 0, 0, 0, 0],
  [0x81, 0x82, 0, 0, 0, 0, 0x61],
  [0x62, 0x81, 0x80, 0, 0, 0, 0],
  [0x01, 0x81, 0, 0, 0, 0, 0x63],
  [0x89, 0x80, 0, 0, 0, 0],
  [0x80, 0x81, 0, 0, 0, 0, 0x64],
  [0x81, 0x80, 0, 0, 0, 0],
];
/** Where the lender is asked, by start, and what `ws` reads when it declines. */
const TRIAL_LOG = [0, '', 0, 'ab', 1, '', 0, 'cd', 0, ''];

/** Tries out whether the `ws` that is installed is, inside, as it is taken for here. */
export function isWsKnown(): boolean {
  const log: unknown[] = [];
  const line = new Duplex({ read: ignore, write: (_chunk, _encoding, written) => written() });
  try {
    const lent = new Lent(
      {
        read: (_chunk, start) => {
          log.push(start);
          return start;
        },
        take: (message) => log.push(message),
        flush: ignore,
        ended: ignore,
      },
      {},
    );
    lent.serve(line, Buffer.alloc(0), {});
    for (const bytes of TRIAL) {
      line.emit('data', Buffer.from(bytes));
    }
  } catch {
    return false; // what it lacks is what threw
  } finally {
    line.destroy();
  }
  return log.length === TRIAL_LOG.length && TRIAL_LOG.every((entry, index) => log[index] === entry);
}
