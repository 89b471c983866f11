/**
 * Whether a series rises: Theil and Sen's slope, the median of all slopes between two points, and Kendall's test of the
 * claim that there is none. Neither asks for a law of the noise, and no single second decides.
 */
import { median, normalBelow } from './chance.ts';

/** How a series of one point a second went. */
interface Trend {
  /** Rise per second, in the unit of the series; 0 of fewer than two points. */
  readonly slope: number;
  /** Chance of a rise so consistent where there is none. */
  readonly chance: number;
}

/** Points up to which the law of Kendall's sum is counted out: of more, the normal law does. */
const MOST_COUNTED = 15;

/** Gives the slope of a series of one point a second, and the one-sided chance of it without a trend. */
export function trendOf(values: readonly number[]): Trend {
  const slopes: number[] = [];
  let rises = 0;
  for (const [later, value] of values.entries()) {
    for (let earlier = 0; earlier < later; earlier += 1) {
      const rise = value - (values[earlier] ?? Number.NaN);
      slopes.push(rise / (later - earlier));
      rises += Math.sign(rise);
    }
  }
  return { slope: median(slopes), chance: chanceOfRises(rises, values) };
}

/** The chance that rises outnumber falls by so many or more, when every order of the values is as likely. */
function chanceOfRises(rises: number, values: readonly number[]): number {
  const count = values.length;
  const ties = tiedGroups(values);
  if (ties.length === 0 && count <= MOST_COUNTED)
    return countedChance((count * (count - 1)) / 2 - rises, count);
  const spread = Math.sqrt((weightOf(count) - ties.reduce((sum, size) => sum + weightOf(size), 0)) / 18);
  // Half a step of the sum, which goes by twos without ties, towards the middle.
  return spread === 0 ? 1 : normalBelow((1 - rises) / spread);
}

/** Eighteen times the variance of Kendall's sum over so many points, or what so many equal ones take off it. */
function weightOf(count: number): number {
  return count * (count - 1) * (2 * count + 5);
}

function tiedGroups(values: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()].filter((count) => count > 1);
}

/** The share of all orders of so many values with at most `twiceFalls` / 2 pairs that fall, a value more at a time. */
function countedChance(twiceFalls: number, count: number): number {
  let shares = [1];
  for (let size = 2; size <= count; size += 1) {
    const next = new Array<number>(shares.length + size - 1).fill(0);
    for (const [falls, share] of shares.entries()) {
      for (let added = 0; added < size; added += 1)
        next[falls + added] = (next[falls + added] ?? 0) + share / size;
    }
    shares = next;
  }
  return shares.slice(0, Math.floor(twiceFalls / 2) + 1).reduce((sum, share) => sum + share, 0);
}
