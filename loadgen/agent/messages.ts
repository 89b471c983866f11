/** What the coordinator and a load process say to each other beyond start, ready and stop. */
import type { Precedence } from '../host/index.ts';
import type { Totals, Window } from '../results/index.ts';
import type { ChannelEnd } from './oracle/index.ts';

/**
 * Where the publishers of a load process stand once nothing is sent any more, told to all others: what these have not
 * seen by then shows to their subscribers by nothing else. Told anew when the connection of a publisher breaks.
 */
export type EndsReport = { type: 'ends'; process: number; ends: ChannelEnd[] };

/**
 * How publications spread over the subscribers of one of several load processes, each as its channel, publisher and
 * sequence number, the subscribers it reached, and microseconds to the first, the median and the last of them.
 */
export type SpreadsReport = {
  type: 'spreads';
  process: number;
  spreads: number[][];
  /** Whether none will follow. */
  isLast: boolean;
};

/** From the coordinator. */
export type AgentOrder =
  /**
   * Begin at a time common to all load processes, milliseconds since the epoch. A coordinator on another host adds
   * what this host's monotonic clock will show then: its own epoch is not this host's.
   */
  | { type: 'go'; at: number; monotonicMs?: number }
  /** Passed on from another load process. */
  | EndsReport
  /** Stop sending, tell the last window and the totals, and end. */
  | { type: 'abort' };

/** From a load process. Totals come last; then the process closes its connections and exits with 0. */
export type AgentReport =
  /** It began so much later than it was to, by its own clock. */
  | { type: 'begun'; lateMs: number }
  | { type: 'window'; window: Window }
  | { type: 'totals'; totals: Totals }
  /** Only where several processes share channels. */
  | EndsReport
  | SpreadsReport
  /** A behaviour of the scenario's own threw for the first time; one sentence. */
  | { type: 'threw'; text: string }
  /** A frame of the traced user; `at` is seconds since the common start. Nothing comes after the last one. */
  | { type: 'trace'; at: number; direction: 'in' | 'out'; text: string; isLast: boolean };

/** Details of `ready`. */
export interface AgentReady {
  /** Users this process drives. */
  users: number;
  /** What it got of what its turns ask for. */
  precedence: Precedence;
  /** Addresses its users connect from. None: the kernel chooses. */
  sourceAddresses: string[];
}
