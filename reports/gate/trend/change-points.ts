/**
 * Where a series of builds changed for good. Deterministic: windows slide over the series so that old points cannot
 * thin out new ones, doubtful splits are taken first, and what does not hold against its neighbours is taken back.
 */
import { mean } from '../statistics/index.ts';
import { bestSplit } from './energy.ts';
import { compareStretches, type Evidence, isUnprovable, LIMIT } from './evidence.ts';

const WINDOW = 50;
const STEP = 25;

/** Chance below which a split is looked at more closely. */
const DOUBTFUL = Math.min(0.05, 10 * LIMIT);

/** Smallest change that counts, on the scale of logarithms. */
export const SMALLEST_CHANGE = Math.log(1.02);

/** One change between two stretches of a series. */
export interface Change {
  /** First point of the new level. */
  readonly at: number;
  readonly p: number;
  /** Means of the stretches on both sides, as far as the next changes. */
  readonly before: number;
  readonly after: number;
}

/** What a series says. */
export interface Changes {
  readonly changes: readonly Change[];
  /** Points from which on the series looks different, with too few points for a proof. */
  readonly undecided: readonly number[];
}

interface Described extends Change, Evidence {}

/** Finds the changes of a series of logarithms; no stretch is shorter than `shortest` points. */
export function findChanges(values: readonly number[], shortest: number): Changes {
  const found = new Set<number>();
  for (let from = 0; from === 0 || from + STEP < values.length; from += STEP) {
    const end = Math.min(values.length, from + WINDOW);
    for (const at of splitAll(values, { from, end, shortest })) found.add(at);
  }
  const ascending = [...found].sort((a, b) => a - b);
  return takeBack(values, ascending);
}

/** Splits a stretch and then its parts, as long as the parts differ. */
function splitAll(
  values: readonly number[],
  { from, end, shortest }: { from: number; end: number; shortest: number },
): number[] {
  const split = bestSplit(values.slice(from, end), shortest);
  if (split === undefined) return [];
  const at = from + split.at;
  const evidence = compareStretches(values.slice(from, at), values.slice(at, from + split.end));
  if (evidence.p >= DOUBTFUL && !isUnprovable(evidence)) return [];
  const before = splitAll(values, { from, end: at, shortest });
  return [...before, at, ...splitAll(values, { from: at, end, shortest })];
}

/** Takes back the least certain split until all hold, then the smallest, until none is left to take back. */
function takeBack(values: readonly number[], found: readonly number[]): Changes {
  const undecided: number[] = [];
  let changes = describe(values, found);
  for (let dropped = nextToDrop(changes); dropped !== undefined; dropped = nextToDrop(changes)) {
    const { at } = dropped;
    if (isUnprovable(dropped)) undecided.push(at);
    changes = describe(
      values,
      changes.map((change) => change.at).filter((other) => other !== at),
    );
  }
  return {
    changes: changes.map(({ at, p, before, after }) => ({ at, p, before, after })),
    undecided: undecided.sort((a, b) => a - b),
  };
}

function nextToDrop(changes: readonly Described[]): Described | undefined {
  const [weakest] = changes.toSorted((one, other) => other.p - one.p);
  if (weakest !== undefined && weakest.p > LIMIT) return weakest;
  const [smallest] = changes.toSorted((one, other) => size(one) - size(other));
  return smallest !== undefined && size(smallest) < SMALLEST_CHANGE ? smallest : undefined;
}

/** Holds each split against the stretches between its neighbours. */
function describe(values: readonly number[], found: readonly number[]): Described[] {
  return found.map((at, index) => {
    const left = values.slice(found[index - 1] ?? 0, at);
    const right = values.slice(at, found[index + 1] ?? values.length);
    return { at, ...compareStretches(left, right), before: mean(left), after: mean(right) };
  });
}

function size({ before, after }: Change): number {
  return Math.abs(after - before);
}
