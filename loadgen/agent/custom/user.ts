/** What a scenario's own behaviour can do: the one type its author needs. */

/**
 * A connected user. All its promises are rejected with `UserGone` once its connection is over; what it asks for even
 * later is so after a tenth of a second.
 */
export interface User {
  /** Number within the whole run, from 0. */
  readonly number: number;
  /** The `options` of the behaviour. */
  readonly options: unknown;
  /** False once the connection is over; nothing can be sent any more. */
  readonly isConnected: boolean;
  /** Seconds since the common start. */
  now(): number;
  /** Draws a number from 0 to below 1: the same ones for the same seed and user, connection after connection. */
  random(): number;
  /** Waits, seconds. */
  sleep(seconds: number): Promise<void>;
  /**
   * Turns that come at random, one gap of this mean after the other, spread evenly by half of it to both sides,
   * whether or not those before are over. Yields the time at which each was due, to be handed to `call`, and does
   * so late when the loop's body takes longer than a gap.
   */
  turns(every: number): AsyncGenerator<number, never>;
  /** Emits an event nobody answers. */
  emit(event: string, data?: unknown): void;
  /**
   * Calls a procedure and tells what it responds. Counted and timed like the messages of any other behaviour,
   * from `due`, seconds since the common start, or from now where that is sooner. Default: now.
   *
   * @throws CallFailed with what the response holds when it tells of an error, or when none comes in time.
   */
  call(event: string, data?: unknown, due?: number): Promise<unknown>;
  /** Listens for an event. What a listener throws is counted by the name of the error. */
  on(event: string, listener: (data: unknown) => void): void;
  /** Subscribes to a channel. Deliveries are counted, and handed to the listener. */
  subscribe(channel: string, listener?: (data: unknown) => void): Promise<void>;
  /** Publishes without asking for an acknowledgement. */
  publish(channel: string, data: unknown): void;
}

/** What a behaviour's module exports as `behaviour`: called for each connection, once its handshake is over. */
export type OwnBehaviour = (user: User) => Promise<void>;

/** The connection of a user is over. A behaviour that ends with it has not failed. */
export class UserGone extends Error {
  override readonly name = 'UserGone';
}

/** A call was answered with an error, or not at all. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
  /** What the response holds; undefined when none came. */
  readonly content: unknown;

  constructor(message: string, content: unknown) {
    super(message);
    this.content = content;
  }
}
