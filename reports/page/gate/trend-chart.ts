/** The history of one metric: where the series stands after each job, and where it changed. */
import { formatInstant } from '../../figures/index.ts';
import { metrics } from '../../gate/metrics/index.ts';
import { writeEffect } from '../../gate-report/figures/index.ts';
import { type History, writeKind } from '../../gate-report/trend/index.ts';
import { html, type Markup } from '../html.ts';
import { createPlot, drawing, fixed, type Plot, ticksBetween } from './plot.ts';

const RADIUS = 2.6;

/** Least height of a drawing, so that noise does not look like history: 2 %. */
const LEAST_HEIGHT = 0.02;

/** Draws one history; more is worse. */
export function trendChart(history: History): Markup {
  const { metric, points, changes } = history;
  const levels = points.map(({ level }) => level);
  const [least, most] = [Math.min(0, ...levels), Math.max(0, ...levels)];
  const room = Math.max(0.06 * (most - least), (LEAST_HEIGHT - (most - least)) / 2);
  const [lowest, highest] = [least - room, most + room];
  const plot = createPlot({ from: 1, to: points.length, lowest, highest });
  const { title } = metrics[metric];
  const last = writeEffect(metric, levels.at(-1) ?? null);
  return html`
<figure class="small blocks">
<figcaption>${title} <span>now ${last}</span></figcaption>
<div class="drawing">${drawing(plot, {
    words: `${title} over ${points.length} jobs: now ${last}, ${changes.length} changes.`,
    across: ticksBetween(1, points.length)
      .filter(Number.isInteger)
      .map((at) => ({ at, text: String(at) })),
    up: ticksBetween(lowest, highest).map((at) => ({ at, text: writeEffect(metric, at) })),
    content: [
      html`<line class="zero" x1="${plot.left}" x2="${plot.right}" y1="${fixed(plot.y(0))}" y2="${fixed(plot.y(0))}"/>`,
      changes.map((change) => changeMark(change, { plot, history })),
      html`<polyline points="${levels.map((level, index) => place(plot, { index, level })).join(' ')}"/>`,
      points.map((point, index) => pointMark(point, { index, plot, history })),
    ],
  })}</div>
</figure>`;
}

function place(plot: Plot, { index, level }: { index: number; level: number }): string {
  return `${fixed(plot.x(index + 1))},${fixed(plot.y(level))}`;
}

/** Only what stayed is drawn as a change; visits and single jobs are notes. */
function changeMark(
  change: History['changes'][number],
  { plot, history }: { plot: Plot; history: History },
): Markup {
  const x = fixed(plot.x(change.at + 0.5));
  const words = `${writeEffect(history.metric, change.effect)}, ${writeKind(change)}`;
  return html`
<line class="${change.kind === 'lasting' ? 'change' : 'note'}" x1="${x}" x2="${x}" y1="${plot.top}" y2="${plot.bottom}"><title>${words}</title></line>`;
}

function pointMark(
  point: History['points'][number],
  { index, plot, history }: { index: number; plot: Plot; history: History },
): Markup {
  const [x, y] = [fixed(plot.x(index + 1)), fixed(plot.y(point.level))];
  const words = `job ${index + 1}, ${point.commit || 'equal builds'}, ${formatInstant(point.at)}: ${writeEffect(history.metric, point.effect)}`;
  return html`
<circle class="judged" cx="${x}" cy="${y}" r="${RADIUS}"><title>${words}</title></circle>`;
}
