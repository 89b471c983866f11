/** Thins out long series so that a page stays small, without losing a single peak. */
import type { Second } from '../../loadgen/results/index.ts';
import type { Line, Point } from '../browser/index.ts';

/** Most points of one line in a wide chart, and in a small one. */
export const WIDE_POINTS = 600;
export const SMALL_POINTS = 120;

/** The least value a logarithmic axis is given, ms: one microsecond, the resolution of the measurement. */
export const LEAST_MS = 0.001;

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

/** The generator's own error, as a band under a chart of latencies. Small charts have room for its name alone. */
export function latenessBand(timeline: readonly Second[], most = WIDE_POINTS): Line {
  const points = timeline.map(({ second, lateness }): Point => {
    return [second, lateness === undefined ? null : Math.max(LEAST_MS, lateness.p99)];
  });
  const label = most === WIDE_POINTS ? 'lateness p99' : 'lateness';
  return line(label, { look: 7, points, filled: true, most });
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
