/** The frame of a chart that is drawn as it is written: no script, no library, the same on paper. */
import { html, type Insert, type Markup } from '../html.ts';

/** Size of a drawing, in units that are pixels where there is room. */
const WIDTH = 560;
const HEIGHT = 230;
const EDGE = { left: 72, right: 14, top: 14, bottom: 26 };

/** Fewest steps between the lines of a scale. */
const LEAST_STEPS = 3;

/** Places of values in the drawing. */
export interface Plot {
  x(value: number): number;
  y(value: number): number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What a drawing has to hold, and how its values are written. */
export interface Extent {
  /** Ends of the bottom axis. */
  readonly from: number;
  readonly to: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Lays out a drawing. A level series gets room around it. */
export function createPlot({ from, to, lowest, highest }: Extent): Plot {
  const [left, right, top, bottom] = [EDGE.left, WIDTH - EDGE.right, EDGE.top, HEIGHT - EDGE.bottom];
  const across = to - from || 1;
  const up = highest - lowest || 1;
  return {
    x: (value) => left + ((value - from) / across) * (right - left),
    // What lies beyond is drawn at the edge: a bound may be anywhere.
    y: (value) => bottom - ((Math.max(lowest, Math.min(highest, value)) - lowest) / up) * (bottom - top),
    left,
    right,
    top,
    bottom,
  };
}

/** Gives round values between two ends, at least three steps apart, 0 among them where it lies between. */
export function ticksBetween(lowest: number, highest: number): number[] {
  const span = highest - lowest;
  if (!(span > 0)) return [];
  const power = 10 ** Math.floor(Math.log10(span / LEAST_STEPS));
  const step = [5, 2, 1].map((digit) => digit * power).find((each) => span / each >= LEAST_STEPS) ?? power;
  const first = Math.ceil(lowest / step);
  const count = Math.floor(highest / step) - first + 1;
  return Array.from({ length: count }, (_, index) => (first + index) * step);
}

/** Puts a drawing together: lines of the scale, numbers along the bottom, and what is drawn on them. */
export function drawing(
  plot: Plot,
  {
    words,
    across,
    up,
    content,
  }: {
    /** What it shows, for those who cannot see it. */
    words: string;
    /** Numbers along the bottom. */
    across: readonly { at: number; text: string }[];
    up: readonly { at: number; text: string }[];
    content: Insert;
  },
): Markup {
  const { left, right, bottom } = plot;
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${words}">${up.map(
    ({ at, text }) => html`
<line class="grid" x1="${left}" x2="${right}" y1="${fixed(plot.y(at))}" y2="${fixed(plot.y(at))}"/><text class="up" x="${left - 6}" y="${fixed(plot.y(at) + 4)}">${text}</text>`,
  )}${across.map(
    ({ at, text }) => html`
<text class="across" x="${fixed(plot.x(at))}" y="${bottom + 18}">${text}</text>`,
  )}
${content}</svg>`;
}

/** Writes a place with as many digits as can be seen. */
export function fixed(value: number): string {
  return value.toFixed(1);
}
