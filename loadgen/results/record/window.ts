/** One second of a load process, as a run record has it. */

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
  /** Of these, how many were intended in which second: it is later that they are known to be lost. */
  pushLostOf?: Record<string, number>;
  /** Publications that came to a subscriber once more. */
  pushDuplicated?: number;
  /** Publications that came to a subscriber after a later one of the same publisher. */
  pushReordered?: number;
  /** Publications that came to a user in a channel it had not asked for. They do not count as pushed. */
  pushUnasked?: number;
  /** Subscriptions the target confirmed. */
  subscribed?: number;
  /** Publications that came to a subscriber and were of another run. */
  pushForeign?: number;
  /** Answers that told of an error. They count as answered. */
  errors?: number;
  /** Answer minus intended send: what is reported. */
  response?: string;
  /** Answer minus actual send. */
  service?: string;
  /** Delivery minus intended publication. */
  push?: string;
  /** Planned beginning of the connection to the end of the handshake; actual one in records that have no `arrival`. */
  connect?: string;
  /** Loss of a connection until the user was ready again, on this worker. */
  recovery?: string;
}

/**
 * How publications spread over their subscribers: from the intended publication to its first, its median and its last
 * delivery. Of those of all load processes, in the window of the one that had the last word; older records tell of the
 * subscribers of each process by itself.
 */
export interface Fanout {
  first: string;
  median: string;
  last: string;
}

/** What the behaviour of a group's own came to in one second: a visit is one connection of one user. */
export interface OwnVisits {
  /** The group's name. */
  group: string;
  begun: number;
  /** Visits in which something ended with an error for the first time. */
  threw: number;
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
  /** Actual minus planned beginning of connections, the same error where users come, come back or try again. */
  arrival?: string;
  /**
   * How late the process looked up at even intervals, which is how long what comes in at any time waits to be read.
   * Absent in older records.
   */
  loopDelay?: string;
  /**
   * What comes into these by the way the process slept in this second, milliseconds: the least that
   * it could tell apart. Absent where it never slept, and in older records.
   */
  resolutionMs?: number;
  /** Behaviours of the scenario's own that ended with an error in this second, by the error's name. None when absent. */
  thrown?: Record<string, number>;
  /** By group, those in which anything happened. None when absent. */
  visits?: OwnVisits[];
  /** The load process itself. */
  load: {
    pid: number;
    cpuMicros: number;
    rssBytes: number;
    loopUtilisation: number;
    gcMs: number;
    /** Milliseconds in which it was ready to run and had no processor. This and what follows is 0 when absent. */
    waitMs?: number;
    /** Milliseconds in which its control group stood still because its quota was used up. */
    throttledMs?: number;
  };
}
