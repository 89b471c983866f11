/**
 * When publications were intended that nobody of this process has seen. Of the latest that a user of this process made
 * it is remembered; of all others the schedule tells, which is everybody's.
 */
import type { Publication } from '../../drivers/index.ts';
import type { Schedule } from '../../plan/index.ts';
import { EPOCH, type Gap } from './streams.ts';

/** Where to look in the schedule of a publisher, seconds; both ends are excluded. */
export type Stretch = Pick<Gap, 'publisher' | 'after' | 'before'>;

/** Publications carry their time in whole microseconds. Seconds. */
const ROUNDING = 0.000_01;

/** More publications than this are not missed at once before they are held against the plan. */
const MANY = 4_096;

/**
 * Whether a publication that passes over many has a number its publisher cannot have come to by then: a target made it
 * up, and millions would be missed. Who comes and goes has other turns than planned, but hardly twice as many.
 */
export function isMadeUp(
  { publisher, sequence, intended }: Readonly<Publication>,
  passedOver: number,
  planned: (stretch: Stretch) => readonly number[],
): boolean {
  if (passedOver <= MANY) return false;
  const stretch = { publisher, after: Number.NEGATIVE_INFINITY, before: intended };
  return sequence % EPOCH > 2 * planned(stretch).length;
}

/** The times at which a publisher that never leaves is to publish to a channel, in order. */
export function plannedTimes(
  schedule: Schedule,
  channel: number,
  { publisher, after, before }: Stretch,
): number[] {
  const times: number[] = [];
  let due = schedule.firstTurn(publisher, schedule.arrival(publisher));
  for (let turn = 0; due < before - ROUNDING; turn += 1) {
    const isWithin = due > after + ROUNDING;
    if (isWithin && schedule.publicationChannel(publisher, turn) === channel) times.push(due);
    due = schedule.nextTurn(publisher, turn + 1, due);
  }
  return times;
}

/**
 * The intended times of the publications of a gap, in order: as they are remembered, else as they were planned. Where
 * fewer were planned than are missing, as of a publisher that came and left, as if they were evenly spread.
 */
export function datesOf(gap: Gap, planned: (stretch: Stretch) => readonly number[]): number[] {
  const { publisher, from, to, after, times } = gap;
  const sequences = Array.from({ length: to - from }, (_, index) => from + index);
  const remembered = sequences.find((sequence) => times.has(sequence)) ?? to;
  const forgotten = remembered - from;
  const before = times.get(remembered) ?? gap.before;
  // More were planned than left: of those before a connection broke, it is the latest that are missing.
  const due = forgotten === 0 ? [] : planned({ publisher, after, before }).slice(-forgotten);
  const step = (before - after) / (forgotten + 1);
  const isPlanned = due.length === forgotten;
  return sequences.map((sequence, index) => {
    const spread = after + (index + 1) * step;
    return times.get(sequence) ?? (isPlanned ? (due[index] ?? spread) : spread);
  });
}

/** The intended times of gaps in one channel, found when they are first asked for. */
export class GapDates {
  readonly #planned: (stretch: Stretch) => readonly number[];
  readonly #known = new WeakMap<Gap, readonly number[]>();

  /** `planned` tells the times at which a publisher was to publish to the channel, in order. */
  constructor(planned: (stretch: Stretch) => readonly number[]) {
    this.#planned = planned;
  }

  /**
   * Those of a gap's publications that are owed since a confirmation. Where that is in doubt, because it fell into the
   * gap and nobody remembers when they were made, they are not owed.
   */
  owed(gap: Gap, confirmedAt: number): readonly number[] {
    return confirmedAt <= gap.after
      ? this.#of(gap)
      : rememberedDatesOf(gap).filter((intended) => intended >= confirmedAt);
  }

  #of(gap: Gap): readonly number[] {
    const dates = this.#known.get(gap) ?? datesOf(gap, this.#planned);
    this.#known.set(gap, dates);
    return dates;
  }
}

/** The intended times of those publications of a gap whose times are remembered, in order. */
export function rememberedDatesOf({ from, to, times }: Gap): number[] {
  return Array.from(times)
    .filter(([sequence]) => from <= sequence && sequence < to)
    .map(([, intended]) => intended);
}
