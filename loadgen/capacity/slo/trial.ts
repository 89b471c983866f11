/** What one run at one load tells the planner, whatever made it: a measured run's record or the simulated cluster. */

/** The limits at which a capacity is given beside that of the objective, in milliseconds. */
export const commonLimitsMs: readonly number[] = [10, 25, 50, 75, 100];

/** One second of a trial. Messages belong to the second they were scheduled in, however late they came. */
export interface TrialSecond {
  /** Messages that were to be sent. */
  readonly scheduled: number;
  /** Of these, how many were delivered within each of the trial's limits. */
  readonly inTime: readonly number[];
  /** Bytes that waited in the target's sockets at the end of the second. */
  readonly backlogBytes: number;
  /** Longest delay of an event loop of the target in this second, in milliseconds. */
  readonly loopDelayMs: number;
  /** Messages sent and not yet delivered at the end of the second. */
  readonly inFlight: number;
}

/** One run at one load. */
export interface Trial {
  /** Messages scheduled per second. */
  readonly load: number;
  /** Limits in milliseconds, ascending: the common ones and those of the objective. */
  readonly limitsMs: readonly number[];
  /** The seconds that count, in the order of time; a trial that was cut short has fewer. */
  readonly seconds: readonly TrialSecond[];
  /** Connections that were asked for, and those made within their time limit. */
  readonly connects: { readonly asked: number; readonly made: number };
  /** Errors of any kind, to be held against the messages scheduled. */
  readonly errors: number;
  /** Deliveries that the counts of server and load generator do not agree on, after all was quiet. */
  readonly unreconciled: number;
}
