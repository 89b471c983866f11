/** The shape of `summary.json`. Figures per second and cores are means over the steady phase. */
import type { HostFacts, RuleResult, Verdict } from './run-record.ts';

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
  /** Sockets at the end of the steady phase. */
  connections: number;
  peakConnections: number;
  messagesPerSecond: number;
  response: { p50: number; p99: number };
  cpuCores: number | null;
  rssMB: number | null;
  eventLoopP99Ms: number | null;
  gcMsPerSecond: number | null;
}

export interface Summary {
  version: 1;
  scenario: string;
  seed: number;
  startedAt: string;
  seconds: number;
  verdict: Verdict;
  rules: RuleResult[];
  users: {
    target: number;
    peak: number;
    /** Users that never connected, by cause. */
    failed: Record<string, number>;
    /** Users whose open socket ended though nobody asked, by cause. */
    dropped: Record<string, number>;
  };
  messages: {
    sent: number;
    received: number;
    timedOut: number;
    lost: number;
    duplicated: number;
    reordered: number;
    inFlight: number;
    unsent: number;
    published: number;
    pushed: number;
    /** Round trips per second in the steady phase. */
    perSecond: number;
    /** Deliveries to subscribers per second in the steady phase. */
    pushesPerSecond: number;
  };
  /** Answered in the steady phase divided by planned. */
  schedule: { perSecond: number; ratio: number };
  latencyMs: {
    response: Quantiles;
    service: Quantiles;
    lateness: Quantiles;
    push?: Quantiles;
    connect?: Quantiles;
  };
  workers: WorkerSummary[];
  /** Largest share of connections divided by the mean over workers; 1 is perfect. */
  balance: { connections: number };
  brokers: { id: number; pid: number; cpuCores: number; rssMB: number; messagesPerSecond: number }[];
  balancers: { id: number; pid: number; cpuCores: number; rssMB: number; messagesPerSecond: number }[];
  target: { cpuCores: number | null; rssMB: number | null; cpuMicrosPerMessage: number | null };
  generator: {
    cpuCores: number;
    rssMB: number;
    cpuMicrosPerMessage: number;
    bytesPerUser: number;
    processes: {
      id: number;
      pid: number;
      cpuCores: number;
      rssMB: number;
      users: number;
      loopUtilisation: number;
    }[];
  };
  host: HostFacts & { stealPercent: number };
}
