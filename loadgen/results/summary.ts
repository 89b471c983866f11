/** The shape of `summary.json`. Figures per second and cores are means over the measured phases. */
import type { GeneratorSummary, LoopDelay } from './generator/index.ts';
import type { Forecast, HostFacts, ProbedProcess, Profile, RuleResult, Verdict } from './record/index.ts';

/** Milliseconds. */
export interface Quantiles {
  p50: number;
  p90: number;
  p99: number;
  p999: number;
  max: number;
  mean: number;
}

export interface WorkerSummary {
  id: string;
  pid: number | null;
  /** Sockets at the end of the last measured phase. */
  connections: number;
  peakConnections: number;
  messagesPerSecond: number;
  response?: { p50: number; p99: number };
  push?: { p50: number; p99: number };
  cpuCores: number | null;
  rssMB: number | null;
  eventLoopP99Ms: number | null;
  gcMsPerSecond: number | null;
}

/** All processes of the target together; nulls when it told nothing. */
export interface TargetSummary {
  cpuCores: number | null;
  /** At its highest. */
  rssMB: number | null;
  /** How fast its memory grew: the slope of a line through its lowest values, by Theil and Sen. */
  rssSlopeMBPerHour: number | null;
  /** By how much, from the first second to the last: the interval of that line. Null for too few seconds to tell. */
  rssGrowthMB: { low: number; high: number } | null;
  cpuMicrosPerMessage: number | null;
}

/** Times of what the users waited for. One that was never taken is missing: no rule may take it for a fast answer. */
export interface Times {
  /** Answer minus intended send. */
  response?: Quantiles;
  /** Answer minus actual send. */
  service?: Quantiles;
  /** Actual minus intended send: the generator's own error. */
  lateness?: Quantiles;
  /** Delivery minus intended publication. */
  push?: Quantiles;
  /** Planned beginning of a connection to the end of its handshake. */
  connect?: Quantiles;
  /** Planned to actual beginning of a connection: the generator's own error. Missing in older records. */
  arrival?: Quantiles;
  /** Loss of a connection until the user was ready again. */
  recovery?: Quantiles;
}

/** From an intended publication to its first, its median and its last subscriber. */
export interface FanoutTimes {
  first: Quantiles;
  median: Quantiles;
  last: Quantiles;
}

/** One phase by itself. */
export interface PhaseSummary {
  /** Its name. */
  id: string;
  start: number;
  end: number;
  measured: boolean;
  users: {
    peak: number;
    failed: Record<string, number>;
    dropped: Record<string, number>;
    thrown: Record<string, number>;
  };
  messages: {
    sent: number;
    received: number;
    errors: number;
    timedOut: number;
    lost: number;
    published: number;
    pushed: number;
    pushLost: number;
    /** Turns that passed by on a user that was not connected. */
    unsent: number;
    perSecond: number;
    pushesPerSecond: number;
  };
  schedule: { perSecond: number; ratio: number };
  latencyMs: Times;
  /** Each figure of the load process in which it was longest. Missing in older records. */
  loopDelayMs?: LoopDelay;
  workers: { id: string; messagesPerSecond: number; response?: Quantiles; push?: Quantiles }[];
  target: TargetSummary;
}

/** A host of a target that has several. */
export interface ServerSummary {
  /** Its name. */
  id: string;
  /** How many workers it had. */
  workers: number;
  /** Sockets at the end of the last measured phase. */
  connections: number;
  messagesPerSecond: number;
  /** Of all its processes; null when it told nothing. */
  cpuCores: number | null;
  /** At its highest. */
  rssMB: number | null;
}

/** A process of the target that holds no users. */
type HelperSummary = Pick<ProbedProcess, 'id' | 'host' | 'pid'> & {
  cpuCores: number;
  rssMB: number;
  messagesPerSecond: number;
};

export interface Summary {
  version: 2;
  scenario: string;
  seed: number;
  startedAt: string;
  seconds: number;
  verdict: Verdict;
  rules: RuleResult[];
  /** What stands out in the figures, in sentences. Absent when nothing does. */
  findings?: string[];
  users: {
    target: number;
    peak: number;
    /** Users that never connected, by cause. */
    failed: Record<string, number>;
    /** Users whose open socket ended though nobody asked, by cause. */
    dropped: Record<string, number>;
    /** Errors that ended behaviours of the scenario's own, by their names. */
    thrown: Record<string, number>;
    /** Users that left because it was their time, and those that connected once more. */
    left: number;
    returned: number;
  };
  messages: {
    sent: number;
    /** Answers that came in time. */
    received: number;
    /** Answers that told of an error. */
    errors: number;
    timedOut: number;
    lost: number;
    duplicated: number;
    reordered: number;
    inFlight: number;
    unsent: number;
    published: number;
    pushed: number;
    /** Publications owed to subscribers that did not come, came twice, came late. */
    pushLost: number;
    pushDuplicated: number;
    pushReordered: number;
    /** Publications that came to a user in a channel it had not asked for: not counted as pushed, nor timed. */
    pushUnasked: number;
    /** Subscriptions the target confirmed. */
    subscribed: number;
    /** Publications of another run at the same target that came to subscribers of this one. In no other count. */
    pushForeign: number;
    /** Round trips per second. */
    perSecond: number;
    /** Deliveries to subscribers per second. */
    pushesPerSecond: number;
  };
  /** Messages and publications planned a second, and the share of them that was sent in the measured phases. */
  schedule: { perSecond: number; ratio: number };
  /** Over the measured phases; `connect`, `arrival` and `recovery` over the whole run. */
  latencyMs: Times;
  /** Over the measured phases. */
  fanoutMs?: FanoutTimes;
  /** Requests to the HTTP side of the target. Absent when none were made. */
  http?: {
    /** Answers per second. */
    perSecond: number;
    /** Answers by their status. */
    status: Record<string, number>;
    /** Requests without an answer, time-outs among them. */
    errors: number;
    timedOut: number;
    /** Actual request to answer. */
    latencyMs?: Quantiles;
  };
  /** Every phase by itself, in their order. */
  phases: PhaseSummary[];
  workers: WorkerSummary[];
  /** Hosts of the target. Absent when it has one, or does not name them. */
  servers?: ServerSummary[];
  /** Largest share of connections divided by the mean over workers; 1 is perfect. */
  balance: { connections: number };
  brokers: HelperSummary[];
  balancers: HelperSummary[];
  target: TargetSummary;
  generator: GeneratorSummary;
  /** What the doctor foretold. Absent when it was not asked. */
  forecast?: Forecast;
  /** Which process was profiled meanwhile. Missing when none was. */
  profile?: Profile;
  host: HostFacts & {
    stealPercent: number;
    /**
     * Processor time of processes that are none of the run's, while the host was busy. Missing where nobody can tell:
     * the target is elsewhere, or not ours, users are on other hosts, or a record does not say what the HTTP requests
     * cost.
     */
    othersPercent?: number;
    /** Segments of TCP that the host had to send again. */
    retransmittedPercent: number;
    /** Connections that a full listening queue of the host turned away, over the whole run. */
    listenOverflows: number;
    /** The fullest each table of the kernel was during the run. */
    conntrackPercent: number;
    filesPercent: number;
    socketMemoryPercent: number;
  };
}
