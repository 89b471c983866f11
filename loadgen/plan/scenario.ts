/** What a scenario file says. `resolve` turns it, with the command line's changes, into a `Plan`. */

/** Every user sends an event about every `every` seconds and waits for the server's answering event. */
export interface PingPong {
  kind: 'ping-pong';
  /** Event sent. Default `ping`. */
  event?: string;
  /** Event awaited; answers come back in the order sent on one socket. Default `pong`. */
  reply?: string;
  /** Data of the event, any JSON value. */
  payload: unknown;
  /** Mean gap between two sends of one user, seconds. */
  every: number;
  /** Gaps are drawn evenly from `every * (1 - spread)` to `every * (1 + spread)`. Default 0.5. */
  spread?: number;
}

/** Users subscribe to channels; some of them publish. Every delivery is counted and timed. */
export interface Channels {
  kind: 'channels';
  /** Number of channels, named `bench/0` and so on. */
  channels: number;
  /** Channels each user subscribes to, drawn by the seed. */
  subscriptions: number;
  /** Share of the users that publish, 0 to 1: the first user and others spread evenly among all. */
  publishers: number;
  /** Mean gap between two publications of one publisher, seconds. */
  every: number;
  spread?: number;
  /** Size of the filler text in each publication, bytes. Default 64. */
  payloadBytes?: number;
}

export type Behaviour = PingPong | Channels;

export interface TargetSpec {
  workers: number;
  brokers: number;
  /** Default 0. */
  balancers?: number;
  /** The application: a path relative to the scenario file, or absolute. */
  controller: string;
  /** Further server options, for example `pingInterval`. */
  options?: Record<string, unknown>;
}

export interface Scenario {
  name: string;
  /** The question it answers, one line. */
  question: string;
  users: number;
  /** Users that arrive per second. */
  ramp: number;
  /** Length of the steady phase, seconds. */
  duration: number;
  behaviour: Behaviour;
  target: TargetSpec;
  /** Expressions over the summary, for example `users.failed == 0`. */
  rules: string[];
  /** How users speak. Default `socketcluster`. */
  driver?: 'socketcluster';
  /** An answer later than this counts as timed out, seconds. Default 10. */
  answerWithin?: number;
  /** Default 1. */
  seed?: number;
}

/** Checks nothing, gives authors types and completion. */
export function defineScenario(scenario: Scenario): Scenario {
  return scenario;
}
