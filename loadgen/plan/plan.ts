/**
 * A resolved scenario: pure data, the same for every load process. What user `i` does depends on
 * (`seed`, `i`) alone, so one process or eight produce the same events.
 */
import type { Behaviour } from './scenario.ts';

export interface Plan {
  scenario: string;
  seed: number;
  users: number;
  /** Users that arrive per second; user `i` begins to connect at `i / ramp` seconds. */
  ramp: number;
  behaviour: Required<Behaviour>;
  /** Seconds since the common start. The last phase ends with the run; nothing is sent in `drain`. */
  phases: { name: 'ramp' | 'settle' | 'steady' | 'drain'; start: number; end: number }[];
  /** Seconds. */
  answerWithin: number;
}

/** What one load process is told. */
export interface Share {
  plan: Plan;
  /** Number of this process, from 0. */
  process: number;
  /** How many there are: this one drives the users with `user % processes === process`. */
  processes: number;
  target: { host: string; port: number; path: string };
  /** Local addresses to connect from, in turn. Empty: the kernel chooses. */
  sourceAddresses: string[];
  driver: 'socketcluster';
}
