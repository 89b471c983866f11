/**
 * The shapes of a run record, `run.jsonl`: one JSON object a line, in this order: a header, then
 * windows, probes and events as they come in, then one final line. Everything a report says is made
 * from these lines. Times inside a run are seconds since the common start unless a name says otherwise.
 */

/** Version of the format. Readers take this and older versions. */
export const RECORD_VERSION = 1;

export interface Phase {
  name: 'ramp' | 'settle' | 'steady' | 'drain';
  /** Seconds since the common start; `end` is exclusive. */
  start: number;
  end: number;
}

export interface HostFacts {
  cpus: number;
  model: string;
  memoryGB: number;
  kernel: string;
  node: string;
  /** Descriptors one process may open. */
  fdLimit: number;
}

export interface Header {
  type: 'header';
  version: number;
  /** Version of socketcluster-bench that wrote the record. */
  tool: string;
  scenario: string;
  /** The one question the scenario answers. */
  question: string;
  seed: number;
  /** ISO time of the common start. */
  startedAt: string;
  /** The command that repeats this run. */
  command: string;
  users: number;
  /** Users that arrive per second. */
  ramp: number;
  /** Planned messages per second of all users together in the steady phase. */
  messagesPerSecond: number;
  phases: Phase[];
  /** The resolved scenario, as data, for people to read. */
  plan: Record<string, unknown>;
  /** Hash of the schedule: equal plans have equal hashes, however many processes drive them. */
  planHash: string;
  rules: string[];
  target: { url: string; own: boolean; workers: number; brokers: number; balancers: number };
  generator: { processes: number; sourceAddresses: number; driver: string };
  host: HostFacts;
}

/** What one server worker's users saw in one second. Histograms are HDR V2, compressed, base64, in microseconds. */
export interface WorkerWindow {
  /** The worker that answered the upgrade; `-` for a target that does not say. */
  worker: string;
  /** Sockets open at the end of the second. */
  open: number;
  sent: number;
  /** Answers that came in time. */
  answered: number;
  timedOut: number;
  /** Sent on a socket that closed before the answer. */
  lost: number;
  duplicated: number;
  reordered: number;
  /** Publications delivered to subscribers. */
  pushed: number;
  /** Answer minus intended send: what is reported. */
  response?: string;
  /** Answer minus actual send. */
  service?: string;
  /** Delivery minus intended publication. */
  push?: string;
  /** Start of the connection to the end of the handshake. */
  connect?: string;
}

/** One second of one load process. */
export interface Window {
  type: 'window';
  /** Load process, from 0. */
  process: number;
  second: number;
  users: {
    /** Users that have begun to connect so far. */
    started: number;
    /** Users with an open socket now. */
    open: number;
    /** Connections that failed in this second, by cause. */
    failed: Record<string, number>;
    /** Open sockets that ended in this second though nobody asked, by cause. */
    dropped: Record<string, number>;
  };
  /** Sends that came due in this second on a user that was not connected. */
  unsent: number;
  workers: WorkerWindow[];
  /** Actual minus intended send, the generator's own error. */
  lateness?: string;
  /** The load process itself. */
  load: { pid: number; cpuMicros: number; rssBytes: number; loopUtilisation: number; gcMs: number };
}

/** One process of the target at one second, as its admin endpoint told it. Rates are per second. */
export interface ProbedProcess {
  role: 'master' | 'balancer' | 'worker' | 'broker';
  id: number;
  pid: number;
  cpuCores: number;
  rssBytes: number;
  eventLoopP99Ms: number;
  gcMsPerSecond: number;
  connections: number;
  messagesInPerSecond: number;
  messagesOutPerSecond: number;
}

export interface Probe {
  type: 'probe';
  second: number;
  processes: ProbedProcess[];
  /** The coordinator itself: part of the generator. */
  coordinator: { pid: number; cpuCores: number; rssBytes: number };
  host: { stealPercent: number; busyPercent: number; memoryFreeBytes: number };
}

/** Something that happened once: a process lost, a worker restarted, an interruption. */
export interface RunEvent {
  type: 'event';
  second: number;
  kind:
    | 'worker-exit'
    | 'worker-start'
    | 'broker-exit'
    | 'broker-start'
    | 'target-exit'
    | 'process-lost'
    | 'interrupted'
    | 'warning';
  text: string;
}

/** Everything one load process counted over its whole life. Reconciled with the sum of its windows. */
export interface Totals {
  sent: number;
  answered: number;
  timedOut: number;
  lost: number;
  inFlight: number;
  duplicated: number;
  reordered: number;
  published: number;
  pushed: number;
  unsent: number;
  connected: number;
  failed: number;
  dropped: number;
}

export interface Verdict {
  status: 'pass' | 'fail' | 'regressed' | 'invalid';
  validity: 'valid' | 'suspect' | 'invalid';
  /** Sentences for people, most important first. Empty when all is well. */
  reasons: string[];
}

export interface RuleResult {
  rule: string;
  /** The value the rule was held against; null when the run has no such figure. */
  value: number | null;
  ok: boolean;
}

export interface Final {
  type: 'final';
  /** Length of the run in seconds. */
  seconds: number;
  /** Per load process; null for one that was lost. */
  totals: (Totals | null)[];
  verdict: Verdict;
  rules: RuleResult[];
}

export type RecordLine = Header | Window | Probe | RunEvent | Final;
