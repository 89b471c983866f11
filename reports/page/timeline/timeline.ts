/** Parts of the page that its scripts fill from the run it carries: the timeline to choose from, and heat maps. */
import type { Run } from '../../../loadgen/results/index.ts';
import { runSeconds } from '../../charts/index.ts';
import { formatClock, formatDecimal } from '../../figures/index.ts';
import { html, type Insert, type Markup } from '../html.ts';

/** The strip over which a stretch of the run is chosen. Hidden until the page has unpacked its run. */
export function timelinePart(run: Run): Insert {
  if (run.timeline.length === 0) return false;
  const seconds = runSeconds(run);
  const phases = run.header.phases
    .filter(({ start, end }) => start < Math.min(end, seconds))
    .map(({ name, start, end }) => ({ name, start, end: Math.min(end, seconds) }));
  return html`
<section id="timeline" aria-label="Timeline" hidden>
<div class="strip"><canvas role="img" aria-label="Messages per second over the whole run"></canvas><i class="pane" hidden></i></div>
<div class="controls">
<b data-range aria-live="polite">The whole run</b>
${slider('from', seconds)}${slider('to', seconds)}${phases.map(
  ({ name, start, end }) => html`
<button type="button" data-phase data-start="${start}" data-end="${end}" aria-pressed="false">${name}</button>`,
)}
<button type="button" data-clear hidden>show all</button>
<span>Draw over the strip: charts and tables show that stretch</span>
</div>
</section>`;
}

function slider(name: 'from' | 'to', seconds: number): Markup {
  return html`<label>${name} <input type="range" min="0" max="${seconds}" step="1" value="${name === 'to' ? seconds : 0}" data-${name}></label>
`;
}

/** How all times of a moment were distributed, beside the lines that only know four of their percentiles. */
export function heatMap(run: Run, name: 'response' | 'push'): Insert {
  const { timeline, summary } = run;
  const known = summary.latencyMs[name];
  if (known === undefined || !timeline.some(({ shapes }) => shapes?.[name] !== undefined)) return false;
  const title = name === 'response' ? 'Round trips' : 'Deliveries';
  const words =
    `${title} from ${formatClock(0)} to ${formatClock(runSeconds(run))}, by how long they took: ` +
    `half within ${formatDecimal(known.p50)} ms, 99 % within ${formatDecimal(known.p99)} ms, the slowest ${formatDecimal(known.max)} ms.`;
  return html`
<figure class="tall">
<figcaption>${title}, all of them <span>ms</span> <span>logarithmic; the stronger the tint, the more of the moment's messages</span></figcaption>
<div class="canvas"><canvas data-heat="${name}" role="img" aria-label="${words}"></canvas></div>
<p class="reading">Point at the map to read it.</p>
</figure>`;
}
