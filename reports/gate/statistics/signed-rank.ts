/**
 * The signed-rank test of Wilcoxon, exact: its null law is counted out, never approximated. Probabilities are
 * whole multiples of 2^-n, which a double holds without rounding up to 53 blocks.
 */

/** What the signs and sizes of a set of differences say. */
export interface SignedRank {
  /** Sum of the ranks of the positive differences; ties have their mean rank. */
  readonly positive: number;
  /** Differences that are not zero. Zeros are left out. */
  readonly count: number;
  /** Chance of a sum at least this large when every sign is a fair coin. */
  readonly pGreater: number;
}

/** The law of the sum for ranks 1 to n by n: `law[w]` is the chance of a sum of at most w. */
const untied: Float64Array[] = [];

/** Gives the chance of a rank sum of at most w, for w from 0 to n(n+1)/2, when no two ranks are tied. */
export function rankSumLaw(count: number): Float64Array {
  untied[count] ??= accumulate(Array.from({ length: count }, (_, index) => index + 1));
  return untied[count];
}

/** Gives the chance of at most w heads of so many fair coins: the same count, every rank being one. */
export function headsLaw(count: number): Float64Array {
  return accumulate(new Array<number>(count).fill(1));
}

/** Ranks the differences by size and compares the sum of the positive ranks with its exact null law. */
export function signedRank(differences: readonly number[]): SignedRank {
  const sorted = differences.filter((value) => value !== 0).sort((a, b) => Math.abs(a) - Math.abs(b));
  const ranks = doubledRanks(sorted);
  const positive = ranks.reduce((sum, rank, index) => sum + ((sorted[index] ?? 0) > 0 ? rank : 0), 0);
  const total = sorted.length * (sorted.length + 1);
  const isTied = ranks.some((rank, index) => rank !== 2 * (index + 1));
  // The law is symmetric: a sum of at least w is as likely as one of at most the rest.
  const atMost = isTied
    ? accumulate(ranks)[total - positive]
    : rankSumLaw(sorted.length)[(total - positive) / 2];
  return { positive: positive / 2, count: sorted.length, pGreater: atMost ?? 1 };
}

/** Twice the rank of each value of a list sorted by size, so that a mean of two ranks stays whole. */
function doubledRanks(sorted: readonly number[]): number[] {
  const ranks: number[] = [];
  while (ranks.length < sorted.length) {
    const first = ranks.length;
    const size = Math.abs(sorted[first] ?? 0);
    let end = first + 1;
    while (end < sorted.length && Math.abs(sorted[end] ?? 0) === size) end += 1;
    for (let index = first; index < end; index += 1) ranks.push(first + 1 + end);
  }
  return ranks;
}

/** Adds one rank after the other with a fair coin, then sums up from the small end. */
function accumulate(ranks: readonly number[]): Float64Array {
  const law = new Float64Array(ranks.reduce((sum, rank) => sum + rank, 0) + 1);
  law[0] = 1;
  let reached = 0;
  for (const rank of ranks) {
    reached += rank;
    for (let sum = reached; sum >= 0; sum -= 1) {
      law[sum] = ((law[sum] ?? 0) + (sum >= rank ? (law[sum - rank] ?? 0) : 0)) / 2;
    }
  }
  for (let sum = 1; sum < law.length; sum += 1) law[sum] = (law[sum] ?? 0) + (law[sum - 1] ?? 0);
  return law;
}
