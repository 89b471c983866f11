/** Thins out long series so that a page stays small, without losing a single peak. */
import type { Line, Point } from '../browser/index.ts';

/** Most points of one line in a wide chart, and in a small one. */
export const WIDE_POINTS = 600;
export const SMALL_POINTS = 120;

export interface LineParts {
  look: number;
  points: readonly Point[];
  /** Default false. */
  filled?: boolean;
  /** Most points kept. Default `WIDE_POINTS`. */
  most?: number;
}

/** Makes a line of a chart. Values keep four significant digits. */
export function line(label: string, { look, points, filled = false, most = WIDE_POINTS }: LineParts): Line {
  return { label, look, filled, points: thin(points, most).map(shorten) };
}

/**
 * Thins a series to at most `most` points. Of each stretch of time the lowest and the highest value stay, at
 * the second they belong to; a stretch that has no value leaves one gap.
 */
export function thin(points: readonly Point[], most: number): Point[] {
  if (points.length <= most) return [...points];
  const stretches = Math.floor(most / 2);
  const thinned: Point[] = [];
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const start = Math.floor((stretch * points.length) / stretches);
    const end = Math.floor(((stretch + 1) * points.length) / stretches);
    thinned.push(...extremes(points.slice(start, end)));
  }
  return thinned;
}

function extremes(points: readonly Point[]): Point[] {
  let lowest: Point | undefined;
  let highest: Point | undefined;
  for (const point of points) {
    if (point[1] === null) continue;
    if (lowest === undefined || point[1] < (lowest[1] ?? 0)) lowest = point;
    if (highest === undefined || point[1] > (highest[1] ?? 0)) highest = point;
  }
  if (lowest === undefined || highest === undefined) return points.slice(0, 1);
  if (lowest === highest) return [lowest];
  return lowest[0] < highest[0] ? [lowest, highest] : [highest, lowest];
}

function shorten([second, value]: Point): Point {
  return [second, value === null ? null : Number(value.toPrecision(4))];
}
