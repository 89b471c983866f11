/**
 * How many users several uncertain limits let through. Each limit is what there is of something, log-normal, against
 * what users take of it. The limits are taken to be independent of each other: where they are not, as two that depend
 * on the same processor, all of them hold more often than is said here (Slepian's inequality).
 */
import { normalBelow } from '../../slo/index.ts';

/** What there is of something; no uncertainty where the spread is 0. */
export interface Supply {
  readonly median: number;
  /** Standard deviation of the natural logarithm. */
  readonly spread: number;
}

/** A limit. */
export interface Bound {
  readonly supply: Supply;
  /** What so many users take; grows with them. */
  readonly demandOf: (users: number) => number;
}

/** Halvings of a factor of two, after which users are known to a billionth. */
const STEPS = 40;

/** More users than anybody has: what no limit binds. */
const MOST_USERS = 2 ** 40;

/** Gives the chance that all limits let so many users through; none that users without end get through. */
export function chanceOf(bounds: readonly Bound[], users: number): number {
  if (!Number.isFinite(users)) return 0;
  return bounds.reduce((chance, bound) => chance * chanceOfOne(bound, users), 1);
}

/**
 * Gives the most users that all limits let through with this chance or a greater one: 0 when not even one, and 2^40
 * when nothing binds.
 */
export function usersAt(bounds: readonly Bound[], chance: number): number {
  if (chanceOf(bounds, 1) < chance) return 0;
  let low = 1;
  while (low < MOST_USERS && chanceOf(bounds, 2 * low) >= chance) low *= 2;
  if (low >= MOST_USERS) return MOST_USERS;
  let factor = 1;
  for (let step = 1; step <= STEPS; step += 1) {
    const further = factor * 2 ** (2 ** -step);
    if (chanceOf(bounds, low * further) >= chance) factor = further;
  }
  return low * factor;
}

function chanceOfOne({ supply: { median, spread }, demandOf }: Bound, users: number): number {
  const demand = demandOf(users);
  if (demand <= 0) return 1;
  if (median <= 0) return 0;
  if (spread === 0) return demand <= median ? 1 : 0;
  return normalBelow(Math.log(median / demand) / spread);
}
