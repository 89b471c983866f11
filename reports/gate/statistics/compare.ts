/**
 * One metric over the blocks of a job: how large the difference of the two builds is, between which bounds it
 * lies, and how likely chance alone makes one as large. Bounds and chance come from the same exact test.
 */
import { selectPlaces } from './select.ts';
import { headsLaw, rankSumLaw, signedRank } from './signed-rank.ts';

/** Above this share of zeros a metric counts rather than measures, and only its signs are used. */
const MOST_ZEROS = 0.2;

/** The test a comparison rests on. */
export type Method = 'signed-rank' | 'sign';

/** What the differences of all blocks say together, on the scale of the differences. */
export interface Comparison {
  readonly method: Method;
  /** Hodges and Lehmann's estimate; of signs the median. */
  readonly effect: number;
  /** -Infinity when so few blocks cannot bound it at this level. */
  readonly lower: number;
  /** Infinity when so few blocks cannot bound it at this level. */
  readonly upper: number;
  /** Chance of differences at least as much above zero when the builds are equal. */
  readonly pWorse: number;
}

/** One-sided levels of the two bounds, below one half: the chance of each to be wrong. */
export interface Levels {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Compares two builds by their differences, one for each block; positive is worse.
 *
 * Which test is used depends on the sizes alone, never on the signs, so that it stays exact.
 * @throws RangeError without blocks.
 */
export function compareBlocks(
  differences: readonly number[],
  { levels, signsOnly = false }: { levels: Levels; signsOnly?: boolean },
): Comparison {
  if (differences.length === 0) throw new RangeError('Cannot compare two builds: there is no block');
  const zeros = differences.filter((value) => value === 0).length;
  const method = signsOnly || zeros > MOST_ZEROS * differences.length ? 'sign' : 'signed-rank';
  return method === 'sign' ? compareSigns(differences, levels) : compareRanks(differences, levels);
}

function compareRanks(differences: readonly number[], levels: Levels): Comparison {
  const law = rankSumLaw(differences.length);
  return {
    method: 'signed-rank',
    ...locate(walshAverages(differences), { law, levels }),
    pWorse: signedRank(differences).pGreater,
  };
}

function compareSigns(differences: readonly number[], levels: Levels): Comparison {
  const law = headsLaw(differences.length);
  const worse = differences.filter((value) => value > 0).length;
  const moved = differences.filter((value) => value !== 0).length;
  return {
    method: 'sign',
    ...locate(Float64Array.from(differences), { law, levels }),
    pWorse: headsLaw(moved)[moved - worse] ?? 1,
  };
}

/** Gives the effect alone: the estimate of Hodges and Lehmann, or of signs the median. */
export function estimateEffect(differences: readonly number[], method: Method): number {
  const values = method === 'sign' ? Float64Array.from(differences) : walshAverages(differences);
  const last = values.length - 1;
  const [below = Number.NaN, above = Number.NaN] = selectPlaces(values, [last >> 1, (last + 1) >> 1]);
  return (below + above) / 2;
}

/** Gives the means of all pairs of values, each value with itself included, in no particular order. */
function walshAverages(values: readonly number[]): Float64Array {
  const averages = new Float64Array((values.length * (values.length + 1)) / 2);
  let filled = 0;
  for (const [index, one] of values.entries()) {
    for (let other = index; other < values.length; other += 1) {
      averages[filled] = (one + (values[other] ?? 0)) / 2;
      filled += 1;
    }
  }
  return averages;
}

/**
 * Finds the median and the bounds, which stand where the test would begin to reject: counted in from either
 * end of the sorted values, with nothing to count where so few blocks cannot reject.
 */
function locate(
  values: Float64Array,
  { law, levels }: { law: Float64Array; levels: Levels },
): Pick<Comparison, 'effect' | 'lower' | 'upper'> {
  const last = values.length - 1;
  const fromBelow = countIn(law, levels.lower);
  const fromAbove = countIn(law, levels.upper);
  const places = [
    Math.max(0, fromBelow - 1),
    last >> 1,
    (last + 1) >> 1,
    Math.min(last, last + 1 - fromAbove),
  ];
  const [lower = Number.NaN, below = Number.NaN, above = Number.NaN, upper = Number.NaN] = selectPlaces(
    values,
    places,
  );
  return {
    effect: (below + above) / 2,
    lower: fromBelow === 0 ? Number.NEGATIVE_INFINITY : lower,
    upper: fromAbove === 0 ? Number.POSITIVE_INFINITY : upper,
  };
}

/** The smallest count whose chance reaches the level. */
function countIn(law: Float64Array, level: number): number {
  return law.findIndex((chance) => chance >= level);
}
