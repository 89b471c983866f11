/**
 * How a virtual user speaks. A driver turns what a user does into bytes and the bytes that come back
 * into events; it keeps no statistics and knows no schedule. Users are numbers from 0 within one load
 * process, so that neither side needs an object per user.
 */

import type { ConnectSpec, PlannedBehaviour, TargetAddress } from '../plan/index.ts';

/** One publication as it travels: where it goes, who made it, which one it was, and when it was meant to be made. */
export interface Publication {
  /** Number of the channel. */
  channel: number;
  /** Number of the publishing user within the whole run. */
  publisher: number;
  /** Counts the publications of that user in that channel, from 0; it jumps ahead after a connection that broke. */
  sequence: number;
  /** Intended time, seconds since the common start. */
  intended: number;
}

/** Time within the run. */
export interface Clock {
  /** Seconds since the common start; negative before it. */
  now(): number;
  /** The common start, milliseconds since the epoch: the same number in all load processes. */
  readonly startEpochMs: number;
}

/**
 * What a driver tells. All times (`at`) are seconds since the common start, taken once per chunk of
 * bytes received. Every `connect` ends in exactly one `opened` or `refused`; every `opened` in at most
 * one `closed`. Nothing is told of a user between `refused`, `closed`, `leave()` or `close()` and its next
 * `connect`.
 */
export interface DriverEvents {
  /** The handshake is over. `worker` is the server's name for the worker that answered, `-` if it has none. */
  opened(user: number, worker: string, at: number): void;
  /** The connection never came to be. */
  refused(user: number, cause: string): void;
  /** An open connection ended though nobody asked. */
  closed(user: number, cause: string): void;
  /** An answer to the oldest unanswered `send`. `count` is the server's own count, NaN when it tells none. */
  answer(user: number, count: number, at: number): void;
  /**
   * The response to a `call` or `emit`, by its number. `content` is its data, or its error; told only to users
   * whose behaviour is `custom`.
   */
  response(user: number, call: number, isError: boolean, at: number, content: unknown): void;
  /** The server took note of a subscription. */
  subscribed(user: number, channel: number, at: number): void;
  /** A publication was delivered. `publication` is only valid during the call. */
  push(user: number, publication: Readonly<Publication>, at: number): void;
  /** A publication of another run at the same target was delivered. Default: nobody has to know. */
  foreign?(user: number): void;
  /** Any event, told only to users whose behaviour is `custom`; to them `answer` and `push` are told as events. */
  event(user: number, event: string, data: unknown, at: number): void;
}

/** What a user can do. Only `connect` may be called before `opened`. */
export interface Driver {
  /** Begins to connect from a local address, or from one the kernel chooses. */
  connect(user: number, localAddress: string | undefined): void;
  /** Sends the event of the user's behaviour, `count` times in one write; answers come in this order. */
  send(user: number, count: number): void;
  /** Calls the procedure of the user's behaviour. `call` is a number this user has not used on this connection. */
  call(user: number, call: number): void;
  /** Subscribes to channels; `subscribed` follows for each. */
  subscribe(user: number, channels: readonly number[]): void;
  /** Publishes without asking for an acknowledgement. */
  publish(user: number, publication: Readonly<Publication>): void;
  /**
   * Emits any event, for users whose behaviour is `custom`. With a call number, one this user has not used on
   * this connection, `response` follows.
   */
  emit(user: number, event: string, data: unknown, call: number | undefined): void;
  /** Reads nothing more for this user, or reads again. */
  setReading(user: number, isReading: boolean): void;
  /** Ends the connection as a client that is done with it does, with code 1000. */
  leave(user: number): void;
  /** Gives a connection up. `refused` or `closed` follows with this cause before the call returns. */
  abandon(user: number, cause: string): void;
  /** Resets all connections without telling of any. Resolves when the kernel has let go of them. */
  close(): Promise<void>;
}

/** Looks at the frames of one user. */
export interface Trace {
  user: number;
  /** A frame as text, when it leaves or after it came, in seconds since the common start. */
  frame(direction: 'in' | 'out', text: string, at: number): void;
}

/** What a driver needs to know. */
export interface DriverOptions {
  /** Users are numbers below this. */
  users: number;
  /** What groups of users do. */
  behaviours: readonly PlannedBehaviour[];
  /** The group of each user, an index of `behaviours`. */
  groups: ArrayLike<number>;
  /** Number of each user within the whole run. */
  numbers: ArrayLike<number>;
  target: TargetAddress;
  /** The address behind the target's host. */
  address: string;
  connect: ConnectSpec;
  protocolVersion: 1 | 2 | 'auto';
  clock: Clock;
  events: DriverEvents;
  /** Undefined: nobody looks. */
  trace?: Trace | undefined;
}
