/**
 * A resolved scenario: pure data, the same for every load process. What user `i` does depends on
 * (`seed`, `i`) alone, so one process or eight produce the same events.
 */
import type {
  AnsweredTurns,
  Calls,
  Channels,
  Custom,
  Gap,
  Idle,
  Messages,
  PingPong,
  Turns,
} from './behaviour.ts';
import type { BackOff, ConnectSpec, DriverName } from './scenario.ts';

/** A gap with every default filled in. */
export type PlannedGap = Required<Gap>;

/** A behaviour with every default filled in; its turns are a gap, or there are none. `correlate` may be empty. */
export type PlannedBehaviour =
  | Planned<PingPong>
  | Planned<Calls>
  | Planned<Channels>
  | Planned<Messages>
  | Idle
  | Required<Custom>;

type Planned<Of extends Turns> = Required<Omit<Of, keyof AnsweredTurns>> & {
  every: PlannedGap;
} & ('model' extends keyof Of ? { model: 'open' | 'closed' } : unknown);

/** Users that do the same. */
export interface Group {
  name: string;
  /** How many of all users. */
  users: number;
  behaviour: PlannedBehaviour;
  stays: PlannedGap | null;
  returns: PlannedGap | null;
  reconnects: BackOff | null;
  stalls: { every: PlannedGap; for: PlannedGap } | null;
}

/** Users that arrive one after the other from `start` on. */
export interface Arrivals {
  /** Seconds since the common start. */
  start: number;
  users: number;
  /** Users per second at its beginning and at its end. */
  rate: { from: number; to: number };
}

export interface Phase {
  name: string;
  /** Seconds since the common start, whole numbers; `end` is exclusive. */
  start: number;
  end: number;
  /** Whether the run's own figures are taken from it. */
  measured: boolean;
  /** Speed of all users at its beginning and at its end. 0 in the last phase, which only waits for answers. */
  pace: { from: number; to: number };
}

export interface Plan {
  scenario: string;
  seed: number;
  users: number;
  arrivals: { shape: 'even' | 'poisson'; stages: Arrivals[] };
  groups: Group[];
  /** One after the other from 0 on; the last one ends with the run, and nothing is sent in it. */
  phases: Phase[];
  /** Seconds. */
  answerWithin: number;
}

/** One host of a target. */
export interface HostAddress {
  host: string;
  port: number;
  /** Behind the name, once it was looked up. */
  address?: string;
}

/** Where a share's users connect to. */
export interface TargetAddress {
  host: string;
  port: number;
  /** Further hosts of it. User `i` begins at host `i` modulo all of them, and takes the next with each connection. */
  others?: readonly HostAddress[];
  path: string;
  /** Whether to speak TLS. */
  secure: boolean;
  /** Whether a certificate is taken that nobody vouches for. Default false. */
  insecure?: boolean;
}

/** What one load process is told. */
export interface Share {
  plan: Plan;
  /** Number of this process, from 0. */
  process: number;
  /** How many there are: this one drives the users with `user % processes === process`. */
  processes: number;
  target: TargetAddress;
  connect: ConnectSpec;
  /** Local addresses to connect from, in turn. Empty: the kernel chooses. */
  sourceAddresses: string[];
  driver: DriverName;
  protocolVersion: 1 | 2 | 'auto';
  /** Number of a user within the whole run whose frames are to be told. */
  traceUser?: number;
}
