/** The blocks of one metric, with the interval as each look saw it. */

import { fromScale } from '../../gate/metrics/index.ts';
import {
  type GateReport,
  type ReportRow,
  writeBounds,
  writeEffect,
  writeVerdict,
} from '../../gate-report/figures/index.ts';
import { html, type Insert, type Markup } from '../html.ts';
import { createPlot, drawing, fixed, type Plot, ticksBetween } from './plot.ts';

const RADIUS = 3.2;

/** Half the width of a bound's cap. */
const CAP = 5;

/** Room above the highest and below the lowest value, as a share of all. */
const ROOM = 0.06;

/** Draws the differences of one metric, block by block; more is worse. */
export function blocksChart(row: ReportRow, report: GateReport): Markup {
  const { metric, title, looks, blocks, differences } = row;
  const effects = differences.map((difference) => fromScale(metric, difference));
  const plot = createPlot({
    from: 0,
    to: Math.max(...report.looks, differences.length) + 1,
    ...rangeOf(row, effects),
  });
  const { lowest, highest } = rangeOf(row, effects);
  const disturbed = disturbedBlocks(report);
  const words =
    `${title}: ${differences.length} blocks, effect ${writeEffect(metric, row.effect)}, ` +
    `bounds ${writeBounds(metric, row)} after ${blocks} blocks.`;
  return html`
<figure class="small blocks">
<figcaption>${title} <span>${writeVerdict(row)}, ${writeEffect(metric, row.effect)} (${writeBounds(metric, row)})</span></figcaption>
<div class="drawing">${drawing(plot, {
    words,
    across: report.looks.map((at) => ({ at, text: String(at) })),
    up: ticksBetween(lowest, highest).map((at) => ({ at, text: writeEffect(metric, at) })),
    content: [
      limits(row, plot, { lowest, highest }),
      looks.map((look) => lookMark(look, { plot, row })),
      effects.map((effect, index) =>
        blockMark(effect, { index, plot, row, again: disturbed.get(index) ?? 0 }),
      ),
    ],
  })}</div>
</figure>`;
}

function rangeOf(
  { looks, margin }: ReportRow,
  effects: readonly number[],
): { lowest: number; highest: number } {
  const bounds = looks.flatMap(({ lower, upper }) => [lower ?? 0, upper ?? 0]);
  const all = [0, margin, ...effects, ...bounds];
  const [lowest, highest] = [Math.min(...all), Math.max(...all)];
  const room = ROOM * (highest - lowest);
  return { lowest: lowest - room, highest: highest + room };
}

/** How many pairs of each block were measured again, by its place. */
function disturbedBlocks({ measured }: GateReport): Map<number, number> {
  const again = new Map<number, number>();
  for (const { index, pairsAgain } of measured) again.set(index, (again.get(index) ?? 0) + pairsAgain);
  return again;
}

/** No difference, the least that matters, and the margin within which a build counts as unchanged. */
function limits(
  { materiality, margin }: ReportRow,
  { left, right, y }: Plot,
  { lowest, highest }: { lowest: number; highest: number },
): Insert {
  const line = (at: number, kind: string, words: string): Insert =>
    at >= lowest &&
    at <= highest &&
    html`
<line class="${kind}" x1="${left}" x2="${right}" y1="${fixed(y(at))}" y2="${fixed(y(at))}"><title>${words}</title></line>`;
  return [
    line(0, 'zero', 'no difference'),
    line(materiality, 'materiality', 'the least that matters'),
    line(-materiality, 'materiality', 'the least that matters'),
    line(margin, 'margin', 'the margin'),
  ];
}

/** A bound that so few blocks do not give runs off the drawing. */
function lookMark(
  { blocks, effect, lower, upper }: ReportRow['looks'][number],
  { plot, row }: { plot: Plot; row: ReportRow },
): Markup {
  const x = plot.x(blocks) + CAP + RADIUS;
  const [top, bottom] = [
    upper === null ? plot.top : plot.y(upper),
    lower === null ? plot.bottom : plot.y(lower),
  ];
  const cap = (y: number): string => `M${fixed(x - CAP)} ${fixed(y)}h${2 * CAP}`;
  const path = [
    `M${fixed(x)} ${fixed(top)}V${fixed(bottom)}`,
    ...(upper === null ? [] : [cap(top)]),
    ...(lower === null ? [] : [cap(bottom)]),
    `M${fixed(x - CAP)} ${fixed(plot.y(effect))}h${2 * CAP}`,
  ].join('');
  const bounds = writeBounds(row.metric, { lower, upper });
  return html`
<path class="look" d="${path}"><title>after ${blocks} blocks: ${writeEffect(row.metric, effect)} (${bounds})</title></path>`;
}

/** A dot is a judged block, a ring one that came after the answer, a square one with pairs measured again. */
function blockMark(
  effect: number,
  { index, plot, row, again }: { index: number; plot: Plot; row: ReportRow; again: number },
): Markup {
  const [x, y] = [plot.x(index + 1), plot.y(effect)];
  const kind = index < row.blocks ? 'judged' : 'later';
  const note = again === 0 ? '' : `, ${again} pairs measured again`;
  const title = html`<title>block ${index + 1}: ${writeEffect(row.metric, effect)}${note}</title>`;
  const side = fixed(2 * RADIUS);
  return again === 0
    ? html`
<circle class="${kind}" cx="${fixed(x)}" cy="${fixed(y)}" r="${RADIUS}">${title}</circle>`
    : html`
<rect class="${kind}" x="${fixed(x - RADIUS)}" y="${fixed(y - RADIUS)}" width="${side}" height="${side}">${title}</rect>`;
}
