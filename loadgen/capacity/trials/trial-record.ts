/**
 * A trial: one run at one load, as plain data. Times are milliseconds unless a name says microseconds, sizes bytes,
 * rates per second.
 */
import type { ProbedProcess, Verdict } from '../../results/index.ts';

/** What a run's record is read for. */
export interface TrialTerms {
  /** Limits that what was in time is counted for. Default: `LIMITS_MS`. */
  readonly limitsMs?: readonly number[];
  /** The limit of the objective, one of `limitsMs`. */
  readonly withinMs: number;
  /** Longest connecting that counts as made. Default 10,000. */
  readonly connectWithinMs?: number;
  /** Ports that one local address has for outgoing connections. Absent: not known. */
  readonly portsPerAddress?: number;
}

/** Limits that capacity is told at. */
export const LIMITS_MS: readonly number[] = [10, 25, 50, 75, 100];

/** One second of the measured phases. */
export interface TrialSecond {
  /** From 0, the first measured one. */
  readonly second: number;
  /**
   * Messages to be answered that were due in it, and deliveries to subscribers that came in it or were lost of it. The
   * first has what was under way when it began, the last what came afterwards: all seconds add up to the trial.
   */
  readonly scheduled: number;
  /** Of these, how many came within each limit, milliseconds. */
  readonly inTime: Readonly<Record<number, number>>;
  /**
   * Messages that wait for an answer at its end, and deliveries under way: by Little's law their rate times the mean
   * time they took, as their number is not recorded.
   */
  readonly inFlight: number;
  /** Bytes that wait in the target for its clients. Null: the target does not tell. */
  readonly bufferedBytes: number | null;
  /** Delay at 99 % of the event loop of the worker in which it was longest. Null: the target does not tell. */
  readonly loopDelayMs: number | null;
  /** Collecting garbage, in the worker that collected longest. Null: the target does not tell. */
  readonly gcMs: number | null;
}

/** One process of the target over the measured seconds. */
export interface TrialProcess {
  readonly role: ProbedProcess['role'];
  readonly id: number;
  /** Of a target on several hosts. */
  readonly host?: string;
  /** Microseconds of processor time. */
  readonly busyMicros: number;
  /** At its highest. */
  readonly rssBytes: number;
  /** Open at the end. */
  readonly sockets: number;
  /** Messages it received and sent, as it counts them: packets and pongs, and frames, in a worker. */
  readonly received: number;
  readonly sent: number;
  /** At its highest. */
  readonly loopDelayMs: number;
}

/** What the target was given to do in the measured seconds, as the generator counted it. */
export interface TrialCounts {
  /** What users sent: messages and publications. */
  readonly inbound: number;
  /** What users got: answers and publications. */
  readonly deliveries: number;
  /** Publications among `inbound`, and those that came to subscribers among `deliveries`. */
  readonly published: number;
  readonly pushed: number;
  /** Heartbeats, by the interval that the target was started with. */
  readonly pings: number;
  /** Connections made. */
  readonly connects: number;
  /** Messages by which users came and went, in each direction at most: workers count them, the generator does not. */
  readonly uncounted: number;
  /** On the wire in both directions, heartbeats too, by the sizes that messages of the plan have. */
  readonly bytes: number;
}

/** One load process over the measured seconds. */
export interface TrialLoadProcess {
  readonly id: number;
  readonly cpuCores: number;
  /** Delay at 99 % of its event loop. Null: not told. */
  readonly loopDelayMs: number | null;
  readonly sockets: number;
}

/** What the generator's proof is made from, over the measured seconds. */
export interface TrialGenerator {
  readonly processes: readonly TrialLoadProcess[];
  /** Actual minus intended send at 99 %. Null when nothing was sent. */
  readonly latenessMs: number | null;
  /** What was sent of what was planned for users that were there. 1 when nothing was. */
  readonly achieved: number;
  /** Little's law: the messages that wait for an answer, seen at the end of each second, against rate and time. */
  readonly inFlight: {
    readonly mean: number;
    /** Of the mean, by the scatter of the seconds: a mean is known no better. 0 for a single second. */
    readonly standardError: number;
    /** Answers a second, and the mean time from the actual send to the answer. */
    readonly perSecond: number;
    readonly latencyMs: number;
  };
  /** Of the load process that had most, and what one may have. */
  readonly sockets: { readonly used: number; readonly limit: number };
  /** Ports of one local address. Null: not known how many there are. */
  readonly ports: { readonly used: number; readonly limit: number } | null;
  /** Segments of TCP sent again, and connections turned away by a full queue, second by second. */
  readonly retransmits: readonly number[];
  readonly listenOverflows: readonly number[];
  /**
   * What both sides counted of the same messages, heartbeats apart. The workers' figures are sums of rates by their own
   * clocks: at either end up to a second's messages more or less. Null: the target does not tell.
   */
  readonly counts: {
    readonly toTarget: { readonly generator: number; readonly server: number };
    readonly toUsers: { readonly generator: number; readonly server: number };
    /** Messages of coming and going that the server may have counted besides, in each direction. */
    readonly uncounted: number;
  } | null;
}

/** One trial. */
export interface TrialRecord {
  /** Messages and publications a second that were planned for the measured phases. */
  readonly load: number;
  readonly users: number;
  readonly workers: number;
  /** Length of the measured phases, seconds. */
  readonly measuredSeconds: number;
  /** The limit of the objective. */
  readonly withinMs: number;
  /** Answers and deliveries that were owed: whoever counts shares divides by it. */
  readonly scheduled: number;
  /** How many of them came within each limit, milliseconds. All others failed: late, lost, timed out or never sent. */
  readonly inTime: Readonly<Record<number, number>>;
  readonly seconds: readonly TrialSecond[];
  /** Of the whole run. */
  readonly connects: { readonly asked: number; readonly made: number };
  /** Answers that told of an error, users dropped and behaviours that threw, from the first measured second on. */
  readonly errors: number;
  /** Messages and deliveries of the whole run that came twice, out of order, unasked or not at all. */
  readonly unreconciled: number;
  /** The first process of the target that ended without being told to, in a sentence. Null: none did. */
  readonly fellOver: string | null;
  /** What does not add up in the generator's books, and what happened to the target, in sentences. Empty: nothing. */
  readonly remarks: readonly string[];
  /** Milliseconds from when it was due. Null when nothing was timed. */
  readonly latencyMs: {
    readonly response: { readonly mean: number; readonly p50: number; readonly p99: number } | null;
    readonly push: { readonly mean: number; readonly p50: number; readonly p99: number } | null;
  };
  /** The generator's own word on the run. */
  readonly verdict: Verdict;
  /** Empty when the target does not tell. */
  readonly processes: readonly TrialProcess[];
  readonly counts: TrialCounts;
  readonly generator: TrialGenerator;
  readonly host: { readonly stealPercent: number; readonly othersPercent: number | null };
}
