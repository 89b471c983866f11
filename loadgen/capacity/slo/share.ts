/**
 * The share of the scheduled messages that came in time, with its interval. Messages of the same second share their
 * fate, so seconds are the sample and not messages: batch means say how many independent messages a trial is worth.
 */
import { studentPoint } from './chance.ts';

/** Messages of one batch. */
interface Batch {
  readonly scheduled: number;
  readonly inTime: number;
}

/** A share of messages, with the interval that holds the true one with a chance of 90 %. */
export interface Attainment {
  /** 0 to 1; 0 when nothing was scheduled. */
  readonly share: number;
  readonly lower: number;
  readonly upper: number;
}

/** Batches are made longer rather than more: the longer, the less one tells of the next. */
const MOST_BATCHES = 20;

/**
 * Gives the share over some seconds. Wilson's interval of as many messages as would vary like the batches do, never
 * more than were scheduled, with Student's law for few batches.
 */
export function attainmentOf(seconds: readonly Batch[]): Attainment {
  const total = sumOf(seconds);
  if (total.scheduled === 0) return { share: 0, lower: 0, upper: 1 };
  const share = Math.min(1, total.inTime / total.scheduled);
  const batches = batchesOf(settled(seconds));
  if (batches.length < 2) return { share, lower: 0, upper: 1 };
  const squares = batches.reduce((sum, { inTime, scheduled }) => sum + (inTime - share * scheduled) ** 2, 0);
  const variance = (squares * batches.length) / (batches.length - 1) / total.scheduled ** 2;
  const worth = Math.min(
    total.scheduled,
    variance === 0 ? total.scheduled : (share * (1 - share)) / variance,
  );
  return { share, ...wilson(share, { worth, deviations: studentPoint(batches.length - 1) }) };
}

/**
 * What waits at the end of a second comes in time in the next, which then has more of them than were scheduled in it.
 * Of as many as are behind at the end of a second, only those count as late that are never made up for.
 */
function settled(seconds: readonly Batch[]): Batch[] {
  let behind = 0;
  const ends = seconds.map(({ scheduled, inTime }) => {
    behind += scheduled - inTime;
    return behind;
  });
  let least = Number.POSITIVE_INFINITY;
  const late = ends
    .toReversed()
    .map((end) => {
      least = Math.min(least, end);
      return Math.max(0, least);
    })
    .toReversed();
  return seconds.map(({ scheduled }, n) => {
    return { scheduled, inTime: scheduled - (late[n] ?? 0) + (late[n - 1] ?? 0) };
  });
}

function wilson(
  share: number,
  { worth, deviations }: { worth: number; deviations: number },
): Omit<Attainment, 'share'> {
  const pull = deviations ** 2 / worth;
  const centre = (share + pull / 2) / (1 + pull);
  const half = (deviations * Math.sqrt((share * (1 - share)) / worth + pull / (4 * worth))) / (1 + pull);
  return { lower: Math.max(0, centre - half), upper: Math.min(1, centre + half) };
}

/** Neighbouring seconds together, as equally as can be. */
function batchesOf(seconds: readonly Batch[]): Batch[] {
  const count = Math.min(seconds.length, MOST_BATCHES);
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * seconds.length) / count);
    return sumOf(seconds.slice(from, Math.floor(((index + 1) * seconds.length) / count)));
  });
}

function sumOf(batches: readonly Batch[]): Batch {
  return batches.reduce(
    (sum, { scheduled, inTime }) => ({ scheduled: sum.scheduled + scheduled, inTime: sum.inTime + inTime }),
    { scheduled: 0, inTime: 0 },
  );
}
