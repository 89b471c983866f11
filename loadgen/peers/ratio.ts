/** What rounds of measurements say: a middle, and how far apart two subjects are. Pure. */
import { uniform } from '../plan/index.ts';
import type { PeerRatio } from '../results/index.ts';

/** Enough that the ends of the interval stand still in the third digit. */
const RESAMPLES = 4_000;
const TAIL = 0.025;
/** Any: the same rounds always give the same interval. */
const SEED = 1;

/** The middle value, or the mean of the two in the middle. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const upper = sorted[Math.floor(half)] ?? Number.NaN;
  const lower = sorted[Math.ceil(half) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

/**
 * Compares two subjects by their medians. The interval comes from drawing whole rounds again, both subjects
 * together, because what disturbs a round disturbs both.
 *
 * @throws RangeError when the two have not the same number of rounds, or none.
 */
export function ratioOf(mine: readonly number[], theirs: readonly number[]): PeerRatio {
  const rounds = mine.length;
  if (rounds === 0 || theirs.length !== rounds) {
    throw new RangeError(`Cannot compare ${rounds} rounds with ${theirs.length}: wanted pairs`);
  }
  const drawn = Array.from({ length: RESAMPLES }, (_, resample) => {
    const picks = mine.map((_value, index) => Math.floor(uniform(SEED, resample, index) * rounds));
    return median(picks.map((pick) => mine[pick] ?? 0)) / median(picks.map((pick) => theirs[pick] ?? 0));
  }).sort((a, b) => a - b);
  const at = (share: number): number => drawn[Math.round(share * (RESAMPLES - 1))] ?? Number.NaN;
  return { value: median(mine) / median(theirs), low: at(TAIL), high: at(1 - TAIL) };
}
