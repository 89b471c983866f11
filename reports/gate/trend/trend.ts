/** A series of builds read as a person would: changes that stay, spikes and visits apart from them. */
import { mean } from '../statistics/index.ts';
import { type Change, findChanges, SMALLEST_CHANGE } from './change-points.ts';
import { compareStretches, LIMIT } from './evidence.ts';

/** What a change turned out to be: one that stayed, one that returned soon, or a single point. */
export type ChangeKind = 'lasting' | 'passing' | 'single-point';

/** One change of a series. */
export interface TrendChange extends Change {
  readonly kind: ChangeKind;
  /** Its size in words: 0.05 is 5 % worse. */
  readonly effect: number;
}

/** What the history of one metric says. */
export interface Trend {
  readonly changes: readonly TrendChange[];
  /** Points from which on the series looks different, with too few points for a proof. */
  readonly undecided: readonly number[];
}

/** Blocks behind a series from which on three points make a stretch; before, it takes five. */
const MANY_BLOCKS = 200;

/** Points after which a level that returned was no visit any more. */
const SOON = 3;

/**
 * Reads the history of a metric.
 *
 * `values` are logarithms, one for each build in the order of their commits; `blocks` is how many blocks stand behind
 * all of them together.
 */
export function readTrend(values: readonly number[], { blocks }: { blocks: number }): Trend {
  const { changes, undecided } = findChanges(values, blocks >= MANY_BLOCKS ? 3 : 5);
  const marked = changes.map((change, index) => {
    const from = changes[index - 1]?.at ?? 0;
    const end = changes[index + 1]?.at ?? values.length;
    const kind = kindOf(change, { left: values.slice(from, change.at), right: values.slice(change.at, end) });
    return { ...change, kind, effect: Math.expm1(change.after - change.before) };
  });
  return { changes: markVisits(marked), undecided };
}

/** Adds the logarithms of ratios up, each build against the one before: the history since the first. */
export function chainRatios(differences: readonly number[]): number[] {
  let level = 0;
  return differences.map((difference) => {
    level += difference;
    return level;
  });
}

/** A change that falls away with one of its points was that point: the one that pulls its mean the furthest. */
function kindOf(
  { before, after }: Change,
  { left, right }: { left: readonly number[]; right: readonly number[] },
): ChangeKind {
  const isUp = after > before;
  const isSpike =
    !survives(without(left, isUp ? 'least' : 'greatest'), right) ||
    !survives(left, without(right, isUp ? 'greatest' : 'least'));
  return isSpike ? 'single-point' : 'lasting';
}

/** Too few points to tell are no reason to doubt what more points proved. */
function survives(left: readonly number[], right: readonly number[]): boolean {
  const { p, smallest } = compareStretches(left, right);
  if (smallest > LIMIT) return true;
  return p <= LIMIT && Math.abs(mean(left) - mean(right)) >= SMALLEST_CHANGE;
}

function without(values: readonly number[], which: 'least' | 'greatest'): number[] {
  const value = which === 'least' ? Math.min(...values) : Math.max(...values);
  return values.toSpliced(values.indexOf(value), 1);
}

/** A level that is left and found again within a few points was a visit; both its ends are marked. */
function markVisits(changes: readonly TrendChange[]): TrendChange[] {
  const marked = [...changes];
  changes.forEach((change, index) => {
    const next = changes[index + 1];
    if (next === undefined || next.at - change.at > SOON) return;
    if (Math.abs(next.after - change.before) >= SMALLEST_CHANGE) return;
    marked[index] = { ...change, kind: 'passing' };
    marked[index + 1] = { ...next, kind: 'passing' };
  });
  return marked;
}
