/** Every round of every subject, of one figure. */
import type { PeerRow } from '../../../loadgen/results/index.ts';
import { writeCell, writeFigure, writeTitle } from '../../peers/words/index.ts';
import { createPlot, drawing, fixed, type Plot, ticksBetween } from '../gate/index.ts';
import { html, type Insert, type Markup } from '../html.ts';

const RADIUS = 3.2;
/** Half the width of the bar of a median, and how far apart rounds are, in subjects. */
const BAR = 0.22;
const SPREAD = 0.28;
/** Room above the highest and below the lowest round, as a share of all. */
const ROOM = 0.06;

/** Draws the rounds of one figure, a column a subject. */
export function roundsChart(row: PeerRow, names: readonly string[]): Markup {
  const all = row.cells.flatMap((cell) => ('rounds' in cell ? cell.rounds : []));
  const [least, most] = [Math.min(0, ...all), Math.max(...all)];
  const room = ROOM * (most - least);
  const [lowest, highest] = [least < 0 ? least - room : 0, most + room];
  const plot = createPlot({ from: 0.5, to: names.length + 0.5, lowest, highest });
  const medians = names.map((name, index) => `${name} ${writeCell(row.cells[index])}`);
  return html`
<figure class="small blocks">
<figcaption>${writeTitle(row)}</figcaption>
<div class="drawing">${drawing(plot, {
    words: `${writeTitle(row)}: ${medians.join(', ')}.`,
    across: names.map((text, index) => ({ at: index + 1, text })),
    up: ticksBetween(lowest, highest).map((at) => ({ at, text: writeFigure(at) })),
    content: row.cells.map((cell, index) => subjectMarks(cell, { plot, at: index + 1 })),
  })}</div>
</figure>`;
}

function subjectMarks(cell: PeerRow['cells'][number], { plot, at }: { plot: Plot; at: number }): Insert {
  if (!('rounds' in cell)) return false;
  const { rounds, median } = cell;
  const [left, right] = [plot.x(at - BAR), plot.x(at + BAR)];
  const step = rounds.length > 1 ? SPREAD / (rounds.length - 1) : 0;
  return [
    html`
<path class="look" d="M${fixed(left)} ${fixed(plot.y(median))}H${fixed(right)}"><title>median ${writeFigure(median)}</title></path>`,
    ...rounds.map((value, index) => {
      const x = plot.x(at - (rounds.length > 1 ? SPREAD / 2 : 0) + index * step);
      return html`
<circle class="judged" cx="${fixed(x)}" cy="${fixed(plot.y(value))}" r="${RADIUS}"><title>round ${index + 1}: ${writeFigure(value)}</title></circle>`;
    }),
  ];
}
