/** One second of a run as one line of `name=value` pairs, whose names never change. */
import type { Header, Second } from '../../loadgen/results/index.ts';
import { totalOf } from '../figures/index.ts';

/** Counts that a single second does not hold. */
export interface SoFar {
  timedOut: number;
  lost: number;
  unsent: number;
  /** Answers that told of an error. */
  errors: number;
  /** Publications that did not come, came twice or came too late. */
  misdelivered: number;
}

/** Formats one second as one line of `name=value` pairs. Latencies in milliseconds, rates per second. */
export function formatProgressLine(header: Header, second: Second, soFar: SoFar): string {
  const { users, response, lateness } = second;
  const pairs = {
    t: second.second + 1,
    phase: second.phase,
    users: `${users.open}/${header.users}`,
    sent_per_s: second.sent,
    answered_per_s: second.answered,
    pushed_per_s: second.pushed,
    p50_ms: response?.p50.toFixed(2) ?? '-',
    p99_ms: response?.p99.toFixed(2) ?? '-',
    lateness_p99_ms: lateness?.p99.toFixed(2) ?? '-',
    failed: totalOf(second.failedSoFar),
    dropped: totalOf(second.droppedSoFar),
    timed_out: soFar.timedOut,
    lost: soFar.lost,
    unsent: soFar.unsent,
    errors: soFar.errors,
    misdelivered: soFar.misdelivered,
  };
  return Object.entries(pairs)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}
