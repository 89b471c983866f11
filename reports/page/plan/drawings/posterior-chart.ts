/** How the belief closed in on the capacity, trial by trial. */
import { type PlanSize, writeInterval, writeLoad, writeNumber } from '../../../plan/document/index.ts';
import { createPlot, drawing, fixed, type Plot, ticksBetween } from '../../gate/index.ts';
import { html, type Insert, type Markup } from '../../html.ts';
import { frame, intervalBar, outcomeMark } from './marks.ts';

type Snapshot = PlanSize['snapshots'][number];

/** Room above and below, as a share of all. */
const ROOM = 0.05;

/** Width of a belief at its strongest, as a share of the distance of two trials. */
const WIDTH = 0.72;

/** Belief below this share of the strongest is not drawn. */
const FAINT = 0.004;

/** Distance of a trial's mark from its bar. */
const ASIDE = 8;

/** Most numbers along the bottom. */
const MOST_NUMBERS = 16;

/** Draws what was believed after each trial: a ridge, its interval, and the load that was tried. Nothing without any. */
export function posteriorChart({ snapshots }: Pick<PlanSize, 'snapshots'>): Insert {
  const [first, last] = [snapshots.at(0), snapshots.at(-1)];
  if (first === undefined || last === undefined) return false;
  const bounds = snapshots.flatMap(({ lower, upper }) => [lower, upper]);
  const [least, most] = [Math.min(...bounds), Math.max(...bounds)];
  const room = (most - least || most) * ROOM;
  const [lowest, highest] = [Math.max(0, least - room), most + room];
  const plot = createPlot({ from: 0.5, to: snapshots.length + 0.8, lowest, highest });
  const every = Math.ceil(snapshots.length / MOST_NUMBERS);
  const content = drawing(plot, {
    words:
      `Belief about the capacity after each of ${snapshots.length} trials: at first ${writeInterval(first)} messages/s, ` +
      `in the end ${writeInterval(last)} messages/s.`,
    across: snapshots.flatMap(({ trial }, index) =>
      index % every === 0 ? [{ at: index + 1, text: String(trial) }] : [],
    ),
    up: ticksBetween(lowest, highest).map((at) => ({ at, text: writeNumber(at) })),
    content: snapshots.map((snapshot, index) => [
      ridge(snapshot, { plot, at: index + 1, lowest, highest }),
      bar(snapshot, { plot, at: index + 1 }),
    ]),
  });
  return frame('The belief closing in', { unit: 'capacity in messages/s, by trial', content });
}

/** Belief to the right of its trial; what lies beyond the drawing is left out. */
function ridge(
  { curve, trial }: Snapshot,
  { plot, at, lowest, highest }: { plot: Plot; at: number; lowest: number; highest: number },
): Insert {
  const strongest = Math.max(...curve.map(({ belief }) => belief));
  const shown = curve.filter(
    ({ load, belief }) => load >= lowest && load <= highest && belief > FAINT * strongest,
  );
  const [first, last] = [shown.at(0), shown.at(-1)];
  if (first === undefined || last === undefined) return false;
  const points = shown.map(
    ({ load, belief }) => `L${fixed(plot.x(at + (WIDTH * belief) / strongest))} ${fixed(plot.y(load))}`,
  );
  const x = fixed(plot.x(at));
  return html`
<path class="belief" d="M${x} ${fixed(plot.y(first.load))}${points.join('')}L${x} ${fixed(plot.y(last.load))}Z"><title>belief after trial ${trial}</title></path>`;
}

function bar(snapshot: Snapshot, { plot, at }: { plot: Plot; at: number }): Markup {
  const { trial, phase, load, ok } = snapshot;
  const words = `after trial ${trial}: ${writeInterval(snapshot)} messages/s`;
  const mark = outcomeMark(ok ? 'passed' : 'failed', {
    x: plot.x(at) - ASIDE,
    y: plot.y(load),
    words: `trial ${trial}, ${phase}, ${writeLoad(load)}: ${ok ? 'passed' : 'failed'}`,
  });
  return html`${intervalBar(plot, { ...snapshot, at, words })}${mark}`;
}
