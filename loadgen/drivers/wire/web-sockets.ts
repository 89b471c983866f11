/**
 * The WebSocket connections of one load process, by user number: lines, their upgrades and their frames put
 * together. What is said over them is the business of the driver.
 */
import { inspect } from 'node:util';
import type { DriverOptions } from '../driver.ts';
import { Hosts } from '../hosts.ts';
import { Lines } from './lines.ts';
import { MessageReader } from './message-reader.ts';
import { encodeUpgrade } from './upgrade.ts';
import { UpgradeReader } from './upgrade-reader.ts';
import { encodeFrame, FrameError, opcodes, textsOf } from './websocket-frames.ts';

/** What happens to connections. Every `open` ends in exactly one `ended`, unless `leave` or `close()` comes first. */
export interface WebSocketEvents {
  /** The upgrade is over. `worker` is the server's name for the worker that answered, `-` if it has none. */
  granted(user: number, worker: string): void;
  /** A whole message, valid during the call. What lies behind the end of a connection is still told. */
  message(user: number, bytes: Buffer, start: number, end: number): void;
  ended(user: number, cause: string): void;
}

/** What they need to know of what a driver is told. */
export type WebSocketOptions = Pick<
  DriverOptions,
  'users' | 'numbers' | 'target' | 'address' | 'connect' | 'clock' | 'trace'
>;

/** The close frame of a client that is done: code 1000. */
const farewell = encodeFrame(opcodes.close, Uint8Array.of(0x03, 0xe8));

const NOTHING = Buffer.alloc(0);

/** All connections of a load process. A user has at most one at a time. */
export class WebSockets {
  /** When the bytes arrived that are being read, seconds since the common start. */
  at = 0;
  readonly #options: WebSocketOptions;
  readonly #events: WebSocketEvents;
  readonly #lines: Lines;
  /** The request for an upgrade, for each host. */
  readonly #requests: readonly Buffer[];
  /** 1 for users whose upgrade is over. */
  readonly #upgraded: Uint8Array;
  /** Whether reading has failed by a mistake of ours. */
  #isMistaken = false;

  constructor(options: WebSocketOptions, events: WebSocketEvents) {
    const { users, target, address, connect } = options;
    this.#options = options;
    this.#events = events;
    this.#upgraded = new Uint8Array(users);
    const hosts = new Hosts(options);
    this.#requests = hosts.all.map(({ host, port }) => encodeUpgrade({ ...target, ...connect, host, port }));
    this.#lines = new Lines(
      users,
      { ...target, address, hosts },
      {
        connected: (user) => this.#lines.write(user, this.#requests[hosts.last(user)] ?? NOTHING),
        received: (user, bytes, length) => this.#read(user, bytes, length),
        ended: (user, cause) => {
          this.#forget(user);
          this.#events.ended(user, cause);
        },
      },
    );
  }

  /** Begins to connect. */
  open(user: number, localAddress: string | undefined): void {
    // What lay behind the end of the connection before may have left something unfinished.
    this.#forget(user);
    this.#lines.open(user, localAddress);
  }

  /** Sends frames. They are not copied, so they must never change. */
  write(user: number, frames: Buffer): void {
    const { trace, clock } = this.#options;
    if (user === trace?.user) {
      for (const text of textsOf(frames)) trace.frame('out', text, clock.now());
    }
    this.#lines.write(user, frames);
  }

  /** Stops to read, or reads on. */
  setReading(user: number, isReading: boolean): void {
    this.#lines.setReading(user, isReading);
  }

  /** Ends a connection as a client that is done with it does, with code 1000. `ended` is not told. */
  leave(user: number): void {
    this.#forget(user);
    this.#lines.leave(user, farewell);
  }

  /** Ends a connection by reset. `ended` is told before this returns. */
  end(user: number, cause: string): void {
    this.#lines.end(user, cause);
  }

  /** Resets all connections without telling. Resolves when the kernel has let go of them. */
  close(): Promise<void> {
    return this.#lines.close();
  }

  #read(user: number, bytes: Buffer, length: number): void {
    this.at = this.#options.clock.now();
    try {
      if (this.#upgraded[user] === 1) this.#messages.read(user, bytes, 0, length);
      else this.#upgrades.read(user, bytes, length);
    } catch (error) {
      this.#lines.end(user, error instanceof FrameError ? 'protocol' : this.#ownMistake(error));
    }
  }

  /** Whatever comes must not end the process, and with it thousands of other users. The verdict knows the cause. */
  #ownMistake(error: unknown): string {
    if (!this.#isMistaken) process.stderr.write(`${inspect(error)}\n`);
    this.#isMistaken = true;
    return 'internal';
  }

  readonly #upgrades = new UpgradeReader({
    granted: (user, worker, bytes, start, end) => {
      this.#upgraded[user] = 1;
      this.#events.granted(user, worker);
      this.#messages.read(user, bytes, start, end);
    },
    refused: (user, cause) => this.#lines.end(user, cause),
  });

  readonly #messages = new MessageReader({
    message: (user, bytes, start, end) => {
      const { trace } = this.#options;
      if (user === trace?.user) trace.frame('in', bytes.toString('utf8', start, end), this.at);
      this.#events.message(user, bytes, start, end);
    },
    ping: (user, bytes, start, end) => {
      this.#lines.write(user, encodeFrame(opcodes.pong, bytes.subarray(start, end)));
    },
    close: (user, code) => this.#lines.end(user, `close-${code}`),
  });

  #forget(user: number): void {
    this.#upgraded[user] = 0;
    this.#upgrades.forget(user);
    this.#messages.forget(user);
  }
}
