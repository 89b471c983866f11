/**
 * How far a generator climbs: users come in steps, and the server says whether their questions come when they are
 * due. Nothing is asked of the generator itself. Pure.
 */
import type { Look } from './bench.ts';

/** What was found out. */
export interface Climb {
  /**
   * Users that one core keeps on schedule: the most who were, divided by the share of a core they took. NaN when the
   * first step was too high.
   */
  usersPerCore: number;
  /** Processor time of a question and its answer with all users there, or with those it brought there, microseconds. */
  turnMicros: number;
}

/** How a climb is told apart from a fall. */
export interface Ladder {
  /** At its top. */
  users: number;
  /** Seconds between two questions of a user. */
  every: number;
  /** Seconds after which a generator is not waited for that does not get there. */
  patience: number;
}

/** Seconds of a stretch that is judged as a whole: long beside the ticks in which processor time is counted. */
const STRETCH = 5;
/** Seconds nobody comes after a step: a stretch, what begins it, and one for the code to get hot. */
export const HOLD = STRETCH + 2;
/** Share of the questions due that must have come. A user that waits for its answers first is a little late. */
const ON_SCHEDULE = 0.9;
const MICROS_PER_SECOND = 1e6;
const MS_PER_SECOND = 1_000;

/** Watches a climb to its end. Only stretches in which nobody came or went are judged. */
export async function watchClimb(
  looks: AsyncIterable<Look>,
  { users, every, patience }: Ladder,
): Promise<Climb> {
  const stretch: Look[] = [];
  const climb: Climb = { usersPerCore: Number.NaN, turnMicros: Number.NaN };
  let [most, seen, atTop] = [0, 0, 0];
  for await (const look of looks) {
    stretch.push(look);
    if (stretch.length > STRETCH + 1) stretch.shift();
    const { cores, perSecond } = ratesOf(stretch);
    if (isOnSchedule(stretch, perSecond * every) && look.open >= most) {
      most = look.open;
      climb.usersPerCore = most / cores;
    }
    climb.turnMicros = (cores * MICROS_PER_SECOND) / perSecond;
    seen += 1;
    atTop = look.open === users ? atTop + 1 : 0;
    if (atTop === HOLD || seen >= patience) break;
  }
  return climb;
}

/** @param usersHeard As many users as would ask so often. */
function isOnSchedule(stretch: readonly Look[], usersHeard: number): boolean {
  const [first] = stretch;
  const isWhole = stretch.length === STRETCH + 1 && first !== undefined && first.open > 0;
  return (
    isWhole && stretch.every(({ open }) => open === first.open) && usersHeard >= ON_SCHEDULE * first.open
  );
}

function ratesOf(stretch: readonly Look[]): { cores: number; perSecond: number } {
  const [first, last] = [stretch[0], stretch.at(-1)];
  if (first === undefined || last === undefined) return { cores: Number.NaN, perSecond: Number.NaN };
  const seconds = (last.atMs - first.atMs) / MS_PER_SECOND;
  return {
    cores: (last.cpuMicros - first.cpuMicros) / MICROS_PER_SECOND / seconds,
    perSecond: (last.answered - first.answered) / seconds,
  };
}
