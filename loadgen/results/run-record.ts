/**
 * The shapes of a run record, `run.jsonl`: one JSON object a line, in this order: a header, then
 * windows, probes and events as they come in, then one final line. Everything a report says is made
 * from these lines. Times inside a run are seconds since the common start unless a name says otherwise.
 */

/** Version of the format. Readers take this and older versions. */
export const RECORD_VERSION = 2;

export interface Phase {
  name: string;
  /** Seconds since the common start; `end` is exclusive. */
  start: number;
  end: number;
  /** Whether the run's own figures are taken from it. Version 1 has none: it was the phase named `steady`. */
  measured?: boolean;
  /** Messages and publications that are planned to leave in it. Absent in version 1, and when answers set the pace. */
  planned?: number;
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

/** A fault as it was planned: processes that end by it do not fail the run. */
export interface PlannedFault {
  second: number;
  /** A sentence for people. */
  text: string;
  /** Which processes end by it. Absent: any. */
  role?: ProbedProcess['role'];
  id?: number;
  /** Second until which they may end. Default 30 seconds after it. */
  until?: number;
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
  /** Users that arrive per second; of several stages the mean. */
  ramp: number;
  /** Planned messages per second of all users together in the steady phase. */
  messagesPerSecond: number;
  phases: Phase[];
  /** The resolved scenario, as data, for people to read. */
  plan: Record<string, unknown>;
  /** Hash of the schedule: equal plans have equal hashes, however many processes drive them. */
  planHash: string;
  rules: string[];
  /** What is done to the target while the load is on. Absent in version 1. */
  faults?: PlannedFault[];
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
  /** Publications owed to subscribers that did not come. This and what follows is 0 when absent. */
  pushLost?: number;
  /** Publications that came to a subscriber once more. */
  pushDuplicated?: number;
  /** Publications that came to a subscriber after a later one of the same publisher. */
  pushReordered?: number;
  /** Answers that told of an error. They count as answered. */
  errors?: number;
  /** Answer minus intended send: what is reported. */
  response?: string;
  /** Answer minus actual send. */
  service?: string;
  /** Delivery minus intended publication. */
  push?: string;
  /** Start of the connection to the end of the handshake. */
  connect?: string;
  /** Loss of a connection until the user was ready again, on this worker. */
  recovery?: string;
}

/**
 * How publications spread over the subscribers of this load process: from the intended publication to its
 * first, its median and its last delivery.
 */
export interface Fanout {
  first: string;
  median: string;
  last: string;
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
    /** Users that left in this second because it was their time. 0 when absent. */
    left?: number;
    /** Users that connected once more in this second. 0 when absent. */
    returned?: number;
  };
  /** Sends that came due in this second on a user that was not connected. */
  unsent: number;
  /** Publications that left in this second. Absent in version 1. */
  published?: number;
  workers: WorkerWindow[];
  fanout?: Fanout;
  /** Actual minus intended send, the generator's own error. */
  lateness?: string;
  /** Behaviours of the scenario's own that ended with an error in this second, by the error's name. None when absent. */
  thrown?: Record<string, number>;
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

/** What the HTTP side of the target answered, one line near the end. Latency: from the actual request on. */
export interface HttpRecord {
  type: 'http';
  /** When requests began, and for how long they were made. */
  start: number;
  seconds: number;
  /** Answers by their status. */
  status: Record<string, number>;
  /** Requests without an answer, those that timed out among them. */
  errors: number;
  timedOut: number;
  latency?: string;
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
    | 'fault'
    | 'fault-failed'
    | 'rule'
    | 'warning';
  text: string;
  /** The process of the target it speaks of. Absent in version 1, and when there is none. */
  process?: { role: ProbedProcess['role']; id: number };
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
  /** Users that left because it was their time. This and what follows is absent in version 1. */
  left?: number;
  pushLost?: number;
  pushDuplicated?: number;
  pushReordered?: number;
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

export type RecordLine = Header | Window | Probe | RunEvent | HttpRecord | Final;
