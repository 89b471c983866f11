/**
 * Operational time: how far users have come in what they do. It runs as fast as the pace of the phase says, so
 * that turns drawn at pace 1 come closer together or further apart for all users at once.
 */
import type { Phase } from '../plan.ts';
import { passedAfter, secondsUntil } from './speed.ts';

/** A stretch of one pace, or of one even growth of it. `begins` and `ends` are in operational time. */
interface Stretch {
  start: number;
  end: number;
  begins: number;
  ends: number;
  from: number;
  slope: number;
  /** Operational time is this plus `from` times the time, where the pace stays the same. */
  offset: number;
}

/** Converts between seconds since the common start and operational seconds, for the phases of one plan. */
export class OperationalTime {
  /** Operational seconds of the whole run. */
  readonly total: number;
  readonly #stretches: Stretch[];

  constructor(phases: readonly Pick<Phase, 'start' | 'end' | 'pace'>[]) {
    this.#stretches = stretchesOf(phases);
    this.total = this.#stretches.at(-1)?.ends ?? 0;
  }

  /** Operational time at a time; the total for all times after the last phase. */
  at(seconds: number): number {
    for (const stretch of this.#stretches) {
      if (seconds < stretch.end) return operationalAt(stretch, seconds);
    }
    return this.total;
  }

  /** When an operational time is reached. `Infinity` for one that never is. */
  when(operational: number): number {
    for (const stretch of this.#stretches) {
      if (operational < stretch.ends) return timeAt(stretch, operational);
    }
    return Number.POSITIVE_INFINITY;
  }
}

function stretchesOf(phases: readonly Pick<Phase, 'start' | 'end' | 'pace'>[]): Stretch[] {
  const stretches: Stretch[] = [];
  let begins = 0;
  for (const { start, end, pace } of phases) {
    const slope = (pace.to - pace.from) / (end - start);
    const ends = begins + ((pace.from + pace.to) / 2) * (end - start);
    const before = stretches.at(-1);
    if (before !== undefined && slope === 0 && before.slope === 0 && before.from === pace.from) {
      before.end = end;
      before.ends = ends;
    } else {
      stretches.push({
        start,
        end,
        begins,
        ends,
        from: pace.from,
        slope,
        offset: begins - pace.from * start,
      });
    }
    begins = ends;
  }
  return stretches;
}

// Where all went at pace 1 so far the offset is 0, and times are the same numbers in both directions, bit by bit.

function operationalAt({ start, begins, from, slope, offset }: Stretch, seconds: number): number {
  return slope === 0 ? offset + from * seconds : begins + passedAfter(seconds - start, from, slope);
}

function timeAt({ start, begins, from, slope, offset }: Stretch, operational: number): number {
  return slope === 0
    ? (operational - offset) / from
    : start + secondsUntil(operational - begins, from, slope);
}
