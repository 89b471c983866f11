/**
 * The TCP connections of one load process, by user number. Thousands are alive at once, so all of them read
 * into one buffer.
 */
import { createSecureContext } from 'node:tls';
import { Backlogs, UNREAD } from '../backlogs.ts';
import type { Hosts, KnownHost } from '../hosts.ts';
import { causeOf } from './causes.ts';
import { type Line, type LineOptions, type LineOwner, openLine, releaseLine } from './line.ts';

/** What happens to connections. Every `open` ends in exactly one `ended`, unless `leave` or `close()` comes first. */
export interface LineEvents {
  connected(user: number): void;
  /** `length` bytes have arrived. They are only valid during the call. */
  received(user: number, bytes: Buffer, length: number): void;
  ended(user: number, cause: string): void;
}

/** Where to. */
export interface LineTarget {
  address: string;
  port: number;
  /** The name behind the address; a certificate has to bear it. */
  host: string;
  /** Whether to speak TLS. */
  secure: boolean;
  /** Whether any certificate is taken. Default false. */
  insecure?: boolean;
  /** Where each connection goes instead, one host after the other. Default: all go to the same. */
  hosts?: Pick<Hosts, 'all' | 'next'>;
}

/**
 * One buffer for all sockets of the process. Safe because libuv on Unix asks for the buffer, reads and
 * calls back in one step, before it turns to the next socket; TLS decrypts into it in the same step. Whoever
 * wants to keep bytes copies them.
 */
const SHARED_BUFFER_BYTES = 64 * 1024;

/** How long a line that said good-bye waits for the other side to end it, milliseconds. */
const LINGER_MS = 1_000;

/** All connections of a load process. A user has at most one at a time. */
export class Lines {
  readonly #events: LineEvents;
  readonly #buffer = Buffer.allocUnsafeSlow(SHARED_BUFFER_BYTES);
  readonly #owner: LineOwner = {
    connected: (line) => {
      if (this.#isAlive(line)) this.#events.connected(line.user);
    },
    received: (line, length) => {
      if (this.#isAlive(line)) this.#events.received(line.user, this.#buffer, length);
    },
    ended: (line, error) => this.#end(line, error === undefined ? 'ended' : causeOf(error)),
    closed: (line) => this.#forget(line),
  };
  readonly #optionsFor: (user: number) => LineOptions;
  readonly #lines: (Line | undefined)[];
  readonly #backlogs = new Backlogs();
  /** Lines that said good-bye and wait for the other side. They are nobody's any more. */
  readonly #leaving = new Set<Line>();
  /** Sockets the kernel still holds, whether or not they are still someone's line. */
  #held = 0;
  #released: (() => void) | undefined;

  /** Users are numbers below `capacity`. */
  constructor(
    capacity: number,
    { address, port, host, secure, insecure = false, hosts }: LineTarget,
    events: LineEvents,
  ) {
    this.#events = events;
    this.#lines = Array.from({ length: capacity });
    const context = secure ? createSecureContext() : undefined;
    const optionsOf = (to: KnownHost): LineOptions => ({
      address: to.address,
      port: to.port,
      buffer: this.#buffer,
      owner: this.#owner,
      ...(context === undefined ? {} : { tls: { context, host: to.host, insecure } }),
    });
    const only = optionsOf({ address, port, host });
    const each = hosts?.all.map(optionsOf) ?? [];
    this.#optionsFor = (user) => (hosts === undefined ? only : (each[hosts.next(user)] ?? only));
  }

  /** Begins to connect. */
  open(user: number, localAddress: string | undefined): void {
    this.#held += 1;
    this.#lines[user] = openLine(user, localAddress, this.#optionsFor(user));
  }

  /**
   * Sends bytes. They are not copied, so they must never change. Where too many have waited for too long the line ends
   * instead, told once the caller is done.
   */
  write(user: number, bytes: Uint8Array): void {
    const line = this.#lines[user];
    if (line === undefined) return;
    if (this.#backlogs.isUnread(line, line.writableLength)) queueMicrotask(() => this.#end(line, UNREAD));
    else line.write(bytes);
  }

  /** Stops to read, so that what arrives fills the buffers of the kernel and then those of the peer; or reads on. */
  setReading(user: number, isReading: boolean): void {
    const line = this.#lines[user];
    if (isReading) line?.resume();
    else line?.pause();
  }

  /** Sends last bytes, and gives the other side a moment to end the connection itself. `ended` is not told. */
  leave(user: number, lastBytes: Uint8Array): void {
    const line = this.#lines[user];
    if (line === undefined) return;
    this.#lines[user] = undefined;
    this.#leaving.add(line);
    line.resume();
    line.write(lastBytes);
    setTimeout(() => this.#dismiss(line), LINGER_MS).unref();
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
      if (line !== undefined) releaseLine(line);
    }
    for (const line of this.#leaving) this.#dismiss(line);
    if (this.#held === 0) return;
    await new Promise<void>((resolve) => {
      this.#released = resolve;
    });
  }

  #end(line: Line, cause: string): void {
    if (!this.#isAlive(line)) return this.#dismiss(line);
    this.#lines[line.user] = undefined;
    releaseLine(line);
    this.#events.ended(line.user, cause);
  }

  #dismiss(line: Line): void {
    if (this.#leaving.delete(line)) releaseLine(line);
  }

  /** The kernel has let go of a line. */
  #forget(line: Line): void {
    this.#end(line, 'ended');
    this.#held -= 1;
    if (this.#held === 0) this.#released?.();
  }

  /** False once the end of this line has been told, or its user has left. */
  #isAlive(line: Line): boolean {
    return this.#lines[line.user] === line;
  }
}
