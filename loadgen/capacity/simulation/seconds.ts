/** The seconds of a simulated trial, as a record would tell them. */
import type { TrialSecond } from '../slo/index.ts';
import { lateShare, type SimulatedCluster } from './cluster.ts';
import type { Draws } from './draws.ts';

/** What a trial is made with. */
export interface TrialCourse {
  readonly load: number;
  /** Messages per second that the cluster serves in this trial. */
  readonly served: number;
  /** Messages that wait when it begins. */
  readonly waiting: number;
  readonly limitsMs: readonly number[];
  /** Bytes by which a backlog grows each second for no reason of load. */
  readonly leak: number;
  readonly seconds: number;
}

/** Waiting that is there at any load. */
const SERVICE_MS = 2;

const MESSAGE_BYTES = 200;

/** Makes the seconds of a trial: a queue that grows or drains, pauses, and a little chance that has no trend. */
export function secondsOf(cluster: SimulatedCluster, course: TrialCourse, draws: Draws): TrialSecond[] {
  const { load, served, limitsMs, leak, seconds } = course;
  // Some seconds have more of the pauses than others; together they have what the law says.
  const shares = Array.from({ length: seconds }, () => 0.8 + 0.4 * draws.even());
  const mean = shares.reduce((sum, share) => sum + share, 0) / seconds;
  let waiting = course.waiting;
  return shares.map((share, second) => {
    const before = waiting;
    waiting = Math.max(0, waiting + load - served);
    return {
      scheduled: load,
      inTime: limitsMs.map((withinMs) => {
        const utilisation = load / served;
        const late = utilisation < 1 ? (lateShare(cluster, { utilisation, withinMs }) * share) / mean : 0;
        return (
          load *
          Math.max(0, 1 - late) *
          shareBefore(before, { after: waiting, most: (served * withinMs) / 1_000 })
        );
      }),
      backlogBytes: 2_000 + 1_000 * draws.even() + waiting * MESSAGE_BYTES + leak * second,
      loopDelayMs: SERVICE_MS + (cluster.pause?.ms ?? 0) + draws.even(),
      inFlight: load * (SERVICE_MS / 1_000) * (0.9 + 0.2 * draws.even()) + waiting,
    };
  });
}

/** The share of a second in which fewer messages wait than `most`, when their number goes evenly from one to the other. */
function shareBefore(before: number, { after, most }: { after: number; most: number }): number {
  if (before <= most && after <= most) return 1;
  if (before > most && after > most) return 0;
  const crossing = (most - before) / (after - before);
  return after > before ? crossing : 1 - crossing;
}
