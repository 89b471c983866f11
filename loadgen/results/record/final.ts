/** The last line of a run record: what was counted, and what it means. */

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
  /** Publications to channels that no user of the process had asked for. They count as published, too. */
  publishedUnasked?: number;
  pushLost?: number;
  pushDuplicated?: number;
  pushReordered?: number;
  pushUnasked?: number;
  subscribed?: number;
  pushForeign?: number;
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
  /** Null in an invalid run, of which no rule can be judged. */
  ok: boolean | null;
}

export interface Final {
  type: 'final';
  /** Length of the run in seconds. */
  seconds: number;
  /** Per load process; null for one that was lost. */
  totals: (Totals | null)[];
  /** Per load process, milliseconds that it began late; null for one that never did. Absent: not known. */
  startLateMs?: (number | null)[];
  /** Per agent, milliseconds that times by its clock may have been off at worst. Absent without agents. */
  clockErrorsMs?: number[];
  verdict: Verdict;
  rules: RuleResult[];
}
