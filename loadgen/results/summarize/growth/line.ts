/**
 * A straight line through points, by Theil and Sen: its slope is the median of the slopes of all pairs, so that what
 * happens to a quarter of the points hardly turns it. Its interval is Sen's, from the distribution of Kendall's tau.
 */

/** A point. */
export type Point = readonly [x: number, y: number];

/** A slope, and the interval that holds the true one in 95 of 100 cases. */
export interface Slope {
  value: number;
  /** Null for too few points to tell. */
  interval: { low: number; high: number } | null;
}

/** Of the normal distribution, for 95 %. */
const TWO_SIDED_95 = 1.96;

/** Finds the slope; null where there is no line. */
export function slopeThrough(points: readonly Point[]): Slope | null {
  const slopes = points
    .flatMap(([x, y], index) =>
      points
        .slice(index + 1)
        .flatMap(([otherX, otherY]) => (otherX === x ? [] : [(otherY - y) / (otherX - x)])),
    )
    .sort((one, other) => one - other);
  if (slopes.length === 0) return null;
  const at = (index: number): number => slopes[index] ?? 0;
  const middle = (slopes.length - 1) / 2;
  const value = (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2;
  const count = points.length;
  const spread = TWO_SIDED_95 * Math.sqrt((count * (count - 1) * (2 * count + 5)) / 18);
  const outside = Math.floor((slopes.length - spread) / 2);
  if (outside < 1) return { value, interval: null };
  return { value, interval: { low: at(outside - 1), high: at(slopes.length - outside) } };
}
