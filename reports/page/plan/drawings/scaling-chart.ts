/** Capacity by workers: what was measured, and what the laws make of it. */
import { type PlanDocument, writeInterval, writeNumber } from '../../../plan/document/index.ts';
import { createPlot, drawing, fixed, type Plot, ticksBetween } from '../../gate/index.ts';
import { html, type Insert, type Markup } from '../../html.ts';
import { frame, intervalBar } from './marks.ts';

type Scaling = NonNullable<PlanDocument['scaling']>;
type Place = Scaling['band'][number];

/** Room above what is highest, as a share of all. */
const ROOM = 0.05;

/** Draws points with their intervals, and the band of predictions, the fainter the less it may be believed. */
export function scalingChart({ points, band: unsorted }: Scaling): Insert {
  const band = unsorted.toSorted((one, other) => one.workers - other.workers);
  const sizes = [...points, ...band].map(({ workers }) => workers);
  if (sizes.length === 0) return false;
  const tops = [...points.map(({ capacity }) => capacity.upper), ...band.map(({ upper }) => upper)];
  const highest = Math.max(...tops) * (1 + ROOM);
  const most = Math.max(...sizes);
  const plot = createPlot({ from: 0, to: most + 0.5, lowest: 0, highest });
  const largest = band.at(-1);
  const beyond = band.some(({ grade }) => grade === 'beyond') ? ' Grey: beyond twice what was measured.' : '';
  const content = drawing(plot, {
    words:
      `Capacity of ${points.length} searches by number of workers` +
      `${largest === undefined ? '' : `; predicted of ${largest.workers} workers ${writeInterval(largest)} messages/s`}.${beyond}`,
    across: ticksBetween(0, most)
      .filter((at) => Number.isInteger(at) && at > 0)
      .map((at) => ({ at, text: String(at) })),
    up: ticksBetween(0, highest).map((at) => ({ at, text: writeNumber(at) })),
    content: [
      band.slice(1).map((place, index) => stretch(plot, { from: band[index] ?? place, to: place })),
      points.map(({ workers, capacity }) =>
        intervalBar(plot, {
          ...capacity,
          at: workers,
          words: `measured with ${workers} workers: ${writeInterval(capacity)} messages/s`,
        }),
      ),
    ],
  });
  return frame('Capacity by workers', { unit: 'messages/s, by number of workers', content });
}

/** A stretch of the band has the grade of its far end. */
function stretch(plot: Plot, { from, to }: { from: Place; to: Place }): Markup {
  const at = ({ workers }: Place, value: number): string =>
    `${fixed(plot.x(workers))} ${fixed(plot.y(value))}`;
  const area = `M${at(from, from.lower)}L${at(from, from.upper)}L${at(to, to.upper)}L${at(to, to.lower)}Z`;
  const words = `predicted of ${to.workers} workers: ${writeInterval(to)} messages/s, ${to.grade}`;
  return html`
<path class="band ${to.grade}" d="${area}"><title>${words}</title></path><path class="law ${to.grade}" d="M${at(from, from.median)}L${at(to, to.median)}"/>`;
}
