/** What a summary says of the load generator. */

/** A host that held users, besides the coordinator's. */
export interface AgentSummary {
  /** Its name. */
  id: string;
  /** Load processes. */
  processes: number;
  /** Users at the end of the last measured phase. */
  users: number;
  cpuCores: number;
  /** At its highest. */
  rssMB: number;
  /** Actual minus intended send. Missing when nothing was sent. */
  latenessP99Ms?: number;
  /** How much later than the common start its last load process began. Missing when none did. */
  startLateMs?: number;
  /** How far the clock on its wall was ahead of the coordinator's. */
  clockOffsetMs: number;
  /** How far times by its clock may be off, its drift during the run included. */
  clockErrorMs: number;
}

/**
 * How long what came in at any time waited until its load process read it, milliseconds. The process looked at even
 * intervals, and so seldom that a few late looks may be chance: all but `max` are the least that is certain.
 */
export interface LoopDelay {
  p99: number;
  p995: number;
  p999: number;
  max: number;
}

/** What measuring cost, and how far it can be trusted. */
export interface GeneratorSummary {
  cpuCores: number;
  rssMB: number;
  cpuMicrosPerMessage: number;
  /** Missing where there were so few users that it would mostly tell of the processes themselves. */
  bytesPerUser?: number;
  /**
   * What the generator itself may have added to a p99: its lateness at 99.5 %, because it delays a message twice,
   * when it leaves and when its answer is read.
   */
  errorMs: number;
  /** What of it comes in on the quietest host, by the way in which load processes sleep. Missing when not known. */
  resolutionMs?: number;
  /** The same where users come, over the whole run. Missing in older records. */
  arrivals?: { errorMs: number; resolutionMs?: number };
  /** How much later than the common start load processes began. Absent: not known. */
  startLateMs?: { p99: number; max: number } | undefined;
  /** Absent when all load processes ran on the coordinator's host. */
  agents?: AgentSummary[];
  processes: {
    id: number;
    pid: number;
    cpuCores: number;
    rssMB: number;
    users: number;
    loopUtilisation: number;
    gcMsPerSecond: number;
    /** Ready to run, but without a processor. */
    waitMsPerSecond: number;
    /** Stopped because the quota of its control group was used up. */
    throttledMsPerSecond: number;
    /** Missing for what has no users, and in older records. */
    loopDelayMs?: LoopDelay;
  }[];
}
