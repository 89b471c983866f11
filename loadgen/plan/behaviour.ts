/** What users can be told to do. */

/**
 * A random length of time, seconds. A bare number in its place is a mean, spread evenly by half of it to both
 * sides.
 */
export interface Gap {
  mean: number;
  /**
   * `even`: any length from `mean * (1 - spread)` to `mean * (1 + spread)`; `constant`; `exponential`: turns come
   * at random, independent of each other (Poisson); `lognormal`: many short ones and a few long. Default `even`.
   */
  shape?: 'even' | 'constant' | 'exponential' | 'lognormal';
  /** For `even` a share of the mean, 0 to 1, default 0.5. For `lognormal` the deviation of the logarithm, default 1. */
  spread?: number;
}

/** When a user's turns come. */
export interface Turns {
  /** Time between two turns of one user. */
  every: number | Gap;
  /** Short for the `spread` of a bare `every`. */
  spread?: number;
}

/** Turns of a behaviour whose messages are answered. */
export interface AnsweredTurns extends Turns {
  /**
   * `open`: turns come when they come, answered or not, and times are taken from when they were due. `closed`: the
   * next turn is due one gap after the answer, as with a person who reads before writing. Default `open`.
   */
  model?: 'open' | 'closed';
}

/** Every user sends an event at its turns and waits for the server's answering event. */
export interface PingPong extends AnsweredTurns {
  kind: 'ping-pong';
  /** Event sent. Default `ping`. */
  event?: string;
  /** Event awaited; answers come back in the order sent on one socket. Default `pong`. */
  reply?: string;
  /** Data of the event, any JSON value. */
  payload: unknown;
}

/** Every user calls a procedure at its turns and waits for the response to that very call. */
export interface Calls extends AnsweredTurns {
  kind: 'calls';
  /** Event called. Default `call`. */
  event?: string;
  /** Data of the call, any JSON value. */
  payload: unknown;
}

/** Users subscribe to channels; some of them publish. Every delivery is counted, timed and checked. */
export interface Channels extends Turns {
  kind: 'channels';
  /** Number of channels, named `bench/0` and so on. */
  channels: number;
  /** Name of a group before this one whose first `channels` these are. Absent: no other group has them. */
  channelsOf?: string;
  /** Channels each subscriber subscribes to, drawn by the seed. */
  subscriptions: number;
  /** How likely a channel is to be drawn: all the same, or the n-th by `1 / n^zipf`. Default `even`. */
  popularity?: 'even' | { zipf: number };
  /** Share of the users that subscribe, 0 to 1. Default 1. */
  subscribers?: number;
  /** Share of the users that publish, 0 to 1: the first user and others spread evenly among all. */
  publishers: number;
  /** Channels published to: one's own, or any; `any` for whoever has none. Default `own`. */
  publishTo?: 'own' | 'any';
  /** Size of the filler text in each publication, bytes. Default 64. */
  payloadBytes?: number;
}

/** Users that only connect and stay. */
export interface Idle {
  kind: 'idle';
}

/** Text messages to any WebSocket server, for the driver `websocket`. */
export interface Messages extends AnsweredTurns {
  kind: 'messages';
  /** The message; `{{id}}` becomes the number of the turn, `{{user}}` that of the user, `{{time}}` milliseconds. */
  message: string;
  /**
   * Field of a JSON answer that repeats the number of the turn, as `id` or `body.id`. Absent: answers come in the
   * order of the messages.
   */
  correlate?: string;
}

/** A function of the scenario's own, for each connection of a user, for whatever the others cannot say. Costs more. */
export interface Custom {
  kind: 'custom';
  /** Module that exports `behaviour`, relative to the scenario file. */
  file: string;
  /** Any JSON value, handed to it. */
  options?: unknown;
}

export type Behaviour = PingPong | Calls | Channels | Idle | Messages | Custom;
