/** What a scenario file says. `resolve` turns it, with the command line's changes, into a `Plan`. */
import type { Behaviour, Gap } from './behaviour.ts';

/** How a user comes, goes and reads, whatever it does meanwhile. */
export interface Habits {
  /** Time after which a user leaves. Absent: it stays to the end. */
  stays?: number | Gap;
  /** Time after which a user that left comes back. Absent: it does not. */
  returns?: number | Gap;
  /**
   * Whether a user whose connection was refused or dropped tries again: `true` waits as the stock client does.
   * Default false: what the target drops is gone, and counted.
   */
  reconnects?: boolean | Partial<BackOff>;
  /** A user that stops reading now and then, as one behind a bad line does. */
  stalls?: { every: number | Gap; for: number | Gap };
}

/** Waits before a further attempt to connect, seconds. The defaults are those of `socketcluster-client`. */
export interface BackOff {
  /** Least wait before the first attempt. Default 10. */
  initial: number;
  /** Drawn evenly from 0 to this, added to the least wait. Default 10. */
  randomness: number;
  /** Growth of the wait from attempt to attempt. Default 1.5. */
  multiplier: number;
  /** Longest wait. Default 60. */
  most: number;
}

/** Users that arrive one after the other. Rates are users per second; a pair is a rate that grows or falls. */
export type Stage = { users: number; rate: number | readonly [from: number, to: number] } | { wait: number };

/** A part of the time in which all users are there; its figures and rules stand by themselves. */
export interface PhaseSpec {
  name: string;
  /** Seconds, a whole number. */
  duration: number;
  /** Speed of all users in it, 1 being as their behaviour says; a pair is one that grows or falls. Default 1. */
  pace?: number | readonly [from: number, to: number];
  /** False for a phase that only warms up: the run's own figures leave it out. Default true. */
  measured?: boolean;
  /** Expressions over this phase's figures. */
  rules?: readonly RuleSpec[];
}

/** An expression over figures; as an object one that may end the run before its time. */
export type RuleSpec =
  | string
  | {
      rule: string;
      /** Whether a run that breaks it ends at once. Default false. */
      abort?: boolean;
      /** Seconds from the first measured one in which it is not looked at. Default 0. */
      grace?: number;
    };

/** Something done to the target while the load is on. Only to a target of our own. */
export interface Fault {
  /** Seconds after the first measured phase began. */
  at: number;
  /**
   * `kill` ends a process with SIGKILL, `stop` holds it with SIGSTOP for a while, `roll` replaces all workers,
   * one after the other, as SIGUSR2 to the master does; `drain` drains each host and starts it again, one after the
   * other, or the host that `id` names.
   */
  do: 'kill' | 'stop' | 'roll' | 'drain';
  /** Default `worker`. */
  role?: 'worker' | 'broker' | 'balancer';
  /** Which one. Absent: all of them. */
  id?: number;
  /** How long a held process stands still, seconds. Default 5. */
  for?: number;
}

export interface TargetSpec {
  workers: number;
  brokers: number;
  /** Default 0. */
  balancers?: number;
  /** Clusters of so many processes each, which users go to in turn as if they were on several hosts. Default 1. */
  hosts?: number;
  /** The application: a path relative to the scenario file, or absolute. */
  controller: string;
  /** Further server options, for example `pingInterval`. */
  options?: Record<string, unknown>;
}

/** What a user brings along when it connects. */
export interface ConnectSpec {
  /** Added to the path of the target. */
  query?: Record<string, string>;
  /** Added to the upgrade request. */
  headers?: Record<string, string>;
  /** Tokens signed with HS256 before the start: so many different ones, given to the users in turn. */
  tokens?: { key: string; claims?: Record<string, unknown>; distinct?: number };
  /** An event called after the handshake, which is to give the user its token; the token is used from then on. */
  login?: { event: string; data?: unknown };
}

/** A group of users among others. */
export interface GroupSpec extends Habits {
  name: string;
  /** Its share of all users is its weight divided by all weights. */
  weight: number;
  behaviour: Behaviour;
}

/** Requests to the HTTP side of the target while the users are there, made by autocannon. */
export interface HttpSpec {
  /** Default `/`. */
  path?: string;
  /** Requests per second, all connections together. */
  rate: number;
  /** Default 10. */
  connections?: number;
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  headers?: Record<string, string>;
  body?: string;
}

/** How users speak. */
export type DriverName = 'socketcluster' | 'socketcluster-client' | 'websocket';

export interface Scenario extends Habits {
  name: string;
  /** The question it answers, one line. */
  question: string;
  users: number;
  /** Users that arrive per second, or stages, whose users add up to `users`. */
  ramp: number | readonly Stage[];
  /** `poisson`: users arrive independently of each other. Default `even`. */
  arrivals?: 'even' | 'poisson';
  /** Seconds after the last arrival that count as warm-up. Default 5. */
  settle?: number;
  /** Length of the one phase `steady`, seconds. Instead of `phases`. */
  duration?: number;
  /** What comes after all users have settled, instead of `duration`. */
  phases?: readonly PhaseSpec[];
  /** What all users do. Instead of `groups`. */
  behaviour?: Behaviour;
  /** Users of several kinds, instead of `behaviour`. */
  groups?: readonly GroupSpec[];
  http?: HttpSpec;
  target: TargetSpec;
  connect?: ConnectSpec;
  faults?: readonly Fault[];
  /** Expressions over the summary, for example `users.failed == 0`. */
  rules: readonly RuleSpec[];
  /** Default `socketcluster`. */
  driver?: DriverName;
  /** Version of the heartbeat to expect; `auto` finds out. Default `auto`. */
  protocolVersion?: 1 | 2 | 'auto';
  /** An answer later than this counts as timed out, seconds. Default 10. */
  answerWithin?: number;
  /** Default 1. */
  seed?: number;
}

/** Checks nothing, gives authors types and completion. */
export function defineScenario(scenario: Scenario): Scenario {
  return scenario;
}
