/** What drawings of a plan have in common: marks that are told by their shape, bars, scales by powers of ten. */
import type { TrialOutcome } from '../../../plan/document/index.ts';
import { fixed, type Plot } from '../../gate/index.ts';
import { html, type Insert, type Markup } from '../../html.ts';

const RADIUS = 3.4;

/** Half the width of a bar's cap. */
const CAP = 5;

/** Length of the head of an arrow. */
const HEAD = 6;

/** Most lines of a scale; with more of them, only powers of ten are left. */
const MOST_TICKS = 8;

/** Frames a drawing. A small one stands beside another. */
export function frame(title: string, { unit, content }: { unit: string; content: Markup }): Markup {
  return html`
<figure class="small">
<figcaption>${title} <span>${unit}</span></figcaption>
<div class="drawing">${content}</div>
</figure>`;
}

/** Draws a trial: a dot that passed, a cross that failed, a hollow square that the generator spoilt. */
export function outcomeMark(
  outcome: TrialOutcome,
  { x, y, words }: { x: number; y: number; words: string },
): Markup {
  const title = html`<title>${words}</title>`;
  const [left, top, side] = [fixed(x - RADIUS), fixed(y - RADIUS), fixed(2 * RADIUS)];
  if (outcome === 'passed')
    return html`
<circle class="passed" cx="${fixed(x)}" cy="${fixed(y)}" r="${RADIUS}">${title}</circle>`;
  if (outcome === 'failed')
    return html`
<path class="failed" d="M${left} ${top}l${side} ${side}m0 -${side}l-${side} ${side}">${title}</path>`;
  return html`
<rect class="spoilt" x="${left}" y="${top}" width="${side}" height="${side}">${title}</rect>`;
}

/** What a bar shows, in the units of the plot. */
export interface Bar {
  readonly at: number;
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
  /** Whether it has no upper end: it begins at the lower one, and an arrow says so. */
  readonly isAtLeast?: boolean;
  readonly words: string;
}

/** Draws an interval with its median, or with an arrow where there is no upper end. */
export function intervalBar(plot: Plot, { at, lower, median, upper, isAtLeast = false, words }: Bar): Markup {
  const x = plot.x(at);
  const [low, high] = [plot.y(lower), isAtLeast ? plot.top : plot.y(upper)];
  const cap = (y: number): string => `M${fixed(x - CAP)} ${fixed(y)}h${2 * CAP}`;
  const head = `M${fixed(x - CAP)} ${fixed(high + HEAD)}l${CAP} -${HEAD}l${CAP} ${HEAD}`;
  const path = `M${fixed(x)} ${fixed(low)}V${fixed(high)}${cap(low)}${isAtLeast ? head : cap(high)}`;
  const middle = fixed(plot.y(isAtLeast ? lower : median));
  return html`
<path class="interval" d="${path}"><title>${words}</title></path><circle class="median" cx="${fixed(x)}" cy="${middle}" r="2.6"><title>${words}</title></circle>`;
}

/** Draws a line from end to end at a value of the scale, named at its left end. */
export function levelLine(
  plot: Plot,
  { at, kind, text }: { at: number; kind: string; text: string },
): Markup {
  const y = plot.y(at);
  const place = y < plot.top + 16 ? y + 13 : y - 4;
  return html`
<line class="${kind}" x1="${plot.left}" x2="${plot.right}" y1="${fixed(y)}" y2="${fixed(y)}"/><text class="from" x="${plot.left + 4}" y="${fixed(place)}">${text}</text>`;
}

/** Draws an upright line at a value of the bottom axis, named in one of the rows at the bottom. */
export function uprightLine(
  plot: Plot,
  { at, kind, text, row }: { at: number; kind: string; text: string; row: number },
): Insert {
  const x = plot.x(at);
  const isLeft = x > (plot.left + plot.right) / 2;
  return html`
<line class="${kind}" x1="${fixed(x)}" x2="${fixed(x)}" y1="${plot.top}" y2="${plot.bottom}"/><text class="${isLeft ? 'up' : 'from'}" x="${fixed(isLeft ? x - 4 : x + 4)}" y="${fixed(plot.bottom - 5 - 14 * row)}">${text}</text>`;
}

/** Gives 1, 2 and 5 of each power of ten between two values above 0; powers alone where those are too many. */
export function logTicks(lowest: number, highest: number): number[] {
  if (!(lowest > 0 && highest > lowest && Number.isFinite(highest))) return [];
  const [first, last] = [Math.floor(Math.log10(lowest)), Math.ceil(Math.log10(highest))];
  const powers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const within = (values: number[]): number[] =>
    values.filter((value) => value >= lowest && value <= highest);
  const all = within(powers.flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`))));
  return all.length <= MOST_TICKS ? all : within(powers.map((power) => Number(`1e${power}`)));
}
