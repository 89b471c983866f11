/** A chart with the words that stand around it, and the lines it is made of. */
import type { Second } from '../../loadgen/results/index.ts';
import type { ChartModel, Line, Point } from '../browser/index.ts';
import { formatDecimal } from '../figures/index.ts';

export interface Figure {
  title: string;
  /** What the chart shows, in words, for those who cannot see it. */
  description: string;
  model: ChartModel;
}

export interface FigureParts {
  title: string;
  /** The id of its canvas, unique in the page. */
  id: string;
  /** Default none: counts. */
  unit?: string;
  lines: Line[];
  /** Default false. */
  small?: boolean;
  /** Default linear. */
  scale?: ChartModel['scale'];
}

/** Makes a chart. A line without any value is left out; a chart of nothing but a band does not come to be. */
export function figure({
  title,
  id,
  unit = '',
  lines,
  small = false,
  scale = 'linear',
}: FigureParts): Figure[] {
  const filled = lines.filter(({ points }) => points.some(([, value]) => value !== null));
  if (filled.every((each) => each.filled)) return [];
  const words = filled.map((each) => describe(each, unit)).join('; ');
  return [
    { title, description: `${title} over time. ${words}.`, model: { id, unit, scale, small, lines: filled } },
  ];
}

/** Takes one value out of every second; undefined leaves a gap. */
export function series(
  timeline: readonly Second[],
  of: (second: Second) => number | null | undefined,
): Point[] {
  return timeline.map((second) => [second.second, of(second) ?? null]);
}

/** Takes one value out of every second like `series`, but nothing at all when it is zero throughout. */
export function seriesUnlessZero(timeline: readonly Second[], of: (second: Second) => number): Point[] {
  return timeline.some((second) => of(second) > 0) ? series(timeline, of) : [];
}

function describe({ label, points }: Line, unit: string): string {
  const values = points.flatMap(([, value]) => (value === null ? [] : [value]));
  const lowest = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const highest = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const suffix = unit === '' ? '' : ` ${unit}`;
  return `${label}: from ${formatDecimal(lowest)} to ${formatDecimal(highest)}${suffix}, last ${formatDecimal(values.at(-1))}${suffix}`;
}
