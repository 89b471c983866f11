/**
 * The TCP connections of one load process, by user number. Thousands are alive at once, so each is one
 * bare socket: no listeners of its own, no buffer of its own, no timer.
 */
import { Socket, type SocketConstructorOpts, type TcpSocketConnectOpts } from 'node:net';

/** What happens to connections. Every `open` ends in exactly one `ended`, unless `close()` comes first. */
export interface LineEvents {
  connected(user: number): void;
  /** `length` bytes have arrived. They are only valid during the call. */
  received(user: number, bytes: Buffer, length: number): void;
  ended(user: number, cause: string): void;
}

/** Where to. An address and no name, which would be looked up once per user. */
export interface LineTarget {
  address: string;
  port: number;
}

/**
 * One buffer for all sockets of the process. Safe because libuv on Unix asks for the buffer, reads and
 * calls back in one step, before it turns to the next socket. Whoever wants to keep bytes copies them.
 */
const SHARED_BUFFER_BYTES = 64 * 1024;

/** The words for why a connection ended, the same in windows, summaries and rules. */
const causeOfCode: Record<string, string> = {
  EADDRINUSE: 'no-ports',
  EADDRNOTAVAIL: 'no-ports',
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EHOSTUNREACH: 'unreachable',
  EMFILE: 'no-descriptors',
  ENETUNREACH: 'unreachable',
  ENFILE: 'no-descriptors',
  EPIPE: 'reset',
  ETIMEDOUT: 'timeout',
};

/** All connections of a load process. A user has at most one at a time. */
export class Lines {
  readonly #target: LineTarget;
  readonly #events: LineEvents;
  readonly #buffer = Buffer.allocUnsafeSlow(SHARED_BUFFER_BYTES);
  readonly #lines: (Line | undefined)[];
  /** Sockets the kernel still holds, whether or not they are still someone's line. */
  #held = 0;
  #released: (() => void) | undefined;

  /** Users are numbers below `capacity`. */
  constructor(capacity: number, target: LineTarget, events: LineEvents) {
    this.#target = target;
    this.#events = events;
    this.#lines = Array.from({ length: capacity });
  }

  /** Begins to connect. */
  open(user: number, localAddress: string | undefined): void {
    const line = new Line(user, this.#buffer, this.#owner);
    this.#lines[user] = line;
    this.#held += 1;
    const { address: host, port } = this.#target;
    line.connect(localAddress === undefined ? { host, port } : { host, port, localAddress });
  }

  /** Sends bytes. They are not copied, so they must never change. */
  write(user: number, bytes: Uint8Array): void {
    this.#lines[user]?.write(bytes);
  }

  /** Ends a connection by reset, which leaves no TIME_WAIT behind. `ended` is told before this returns. */
  end(user: number, cause: string): void {
    const line = this.#lines[user];
    if (line !== undefined) this.#end(line, cause);
  }

  /** Resets all connections without telling. Resolves when the last socket is gone. */
  async close(): Promise<void> {
    for (const [user, line] of this.#lines.entries()) {
      this.#lines[user] = undefined;
      if (line !== undefined) release(line);
    }
    if (this.#held === 0) return;
    await new Promise<void>((resolve) => {
      this.#released = resolve;
    });
  }

  #end(line: Line, cause: string): void {
    if (!this.#isAlive(line)) return;
    this.#lines[line.user] = undefined;
    release(line);
    this.#events.ended(line.user, cause);
  }

  /** False once the end of this line has been told. */
  #isAlive(line: Line): boolean {
    return this.#lines[line.user] === line;
  }

  readonly #owner: LineOwner = {
    connected: (line) => {
      if (this.#isAlive(line)) this.#events.connected(line.user);
    },
    received: (line, length) => {
      if (this.#isAlive(line)) this.#events.received(line.user, this.#buffer, length);
    },
    ended: (line, cause) => this.#end(line, cause),
    closed: (line) => {
      this.#end(line, 'ended');
      this.#held -= 1;
      if (this.#held === 0) this.#released?.();
    },
  };
}

interface LineOwner {
  connected(line: Line): void;
  received(line: Line, length: number): void;
  ended(line: Line, cause: string): void;
  closed(line: Line): void;
}

class Line extends Socket {
  readonly user: number;
  readonly owner: LineOwner;

  constructor(user: number, buffer: Buffer, owner: LineOwner) {
    const callback = (length: number): boolean => {
      owner.received(this, length);
      return true;
    };
    // The constructor reads these two, though its types name them for connect() only.
    const options: SocketConstructorOpts & Pick<TcpSocketConnectOpts, 'noDelay' | 'onread'> = {
      onread: { buffer, callback },
      noDelay: true,
    };
    super(options);
    this.user = user;
    this.owner = owner;
    this.on('connect', tellConnected).on('end', tellFinished).on('error', tellFailed).on('close', tellClosed);
  }
}

// Emitters call listeners with themselves as `this`: four functions serve all sockets.

function tellConnected(this: Line): void {
  this.owner.connected(this);
}

function tellFinished(this: Line): void {
  this.owner.ended(this, 'ended');
}

function tellFailed(this: Line, error: NodeJS.ErrnoException): void {
  const code = error.code ?? 'unknown';
  this.owner.ended(this, causeOfCode[code] ?? code);
}

function tellClosed(this: Line): void {
  this.owner.closed(this);
}

function release(line: Line): void {
  // A socket that is still connecting would wait for its connection before it resets it.
  if (line.connecting) line.destroy();
  else line.resetAndDestroy();
}
