/** Latency by load: every trial of a search, what the objective allows, and what was confirmed. */
import {
  limitsOfSlo,
  outcomeOf,
  type PlanSize,
  type PlanTrial,
  writeLoad,
  writeNumber,
} from '../../../plan/document/index.ts';
import { createPlot, drawing, fixed, type Plot, ticksBetween } from '../../gate/index.ts';
import { html, type Insert, type Markup } from '../../html.ts';
import { curveOf, kneeOf, LEAST_MS, type LoadPoint, trialsOfCurve } from './curve.ts';
import { frame, levelLine, logTicks, outcomeMark, uprightLine } from './marks.ts';

/** Room beside what is farthest: a share of all loads, and a factor of latencies. */
const ROOM = 0.05;
const ROOM_FACTOR = 1.4;

/** Draws p50 and p99 of every trial by its load. Nothing where no trial was timed. */
export function loadChart(size: PlanSize, { slo }: { slo: string }): Insert {
  const trials = trialsOfCurve(size);
  if (trials.every(({ p99 }) => p99 === null)) return false;
  const judged = trials.filter((trial) => outcomeOf(trial) !== 'spoilt');
  const [half, tail] = [curveOf(judged, 'p50'), curveOf(judged, 'p99')];
  const limits = limitsOfSlo(slo);
  const timed = trials.flatMap(({ p50, p99 }) => (p99 === null ? [] : [p50 ?? p99, p99]));
  const latencies = timed.map((latency) => Math.max(LEAST_MS, latency));
  const allowed = limits.map(({ withinMs }) => withinMs);
  const lowest = Math.min(...latencies, ...allowed) / ROOM_FACTOR;
  const highest = Math.max(...latencies, ...allowed) * ROOM_FACTOR;
  const plot = logPlot(trials, { lowest, highest });
  const knee = kneeOf(tail);
  const passed = trials.filter((trial) => outcomeOf(trial) === 'passed').length;
  const words =
    `Latency by load over ${trials.length} trials, ${passed} of them passed; objective ${slo}. ` +
    `${size.confirmed === null ? 'Nothing is confirmed' : `Confirmed ${writeLoad(size.confirmed)}`}` +
    `${knee === undefined ? '' : `, knee near ${writeLoad(knee)}`}.`;
  const content = drawing(plot, {
    words,
    across: plot.loads.map((at) => ({ at, text: writeNumber(at) })),
    up: logTicks(lowest, highest).map((at) => ({ at: Math.log10(at), text: `${at} ms` })),
    content: [
      limits.map(({ withinMs, text }) =>
        levelLine(plot, { at: Math.log10(withinMs), kind: 'objective', text }),
      ),
      knee !== undefined &&
        uprightLine(plot, { at: knee, kind: 'knee', text: 'knee, a marker only', row: 1 }),
      size.confirmed !== null &&
        uprightLine(plot, { at: size.confirmed, kind: 'confirmed', text: 'confirmed', row: 0 }),
      curveLine(plot, { curve: half, kind: 'half', name: 'p50' }),
      curveLine(plot, { curve: tail, kind: 'tail', name: 'p99' }),
      trials.map((trial) => trialMark(plot, trial)),
    ],
  });
  return frame('Latency by load', { unit: 'ms, logarithmic, by messages/s', content });
}

function logPlot(
  trials: readonly PlanTrial[],
  { lowest, highest }: { lowest: number; highest: number },
): Plot & { loads: number[] } {
  const loads = trials.map(({ load }) => load);
  const [least, most] = [Math.min(...loads), Math.max(...loads)];
  const room = (most - least || most) * ROOM;
  const [from, to] = [Math.max(0, least - room), most + room];
  const plot = createPlot({ from, to, lowest: Math.log10(lowest), highest: Math.log10(highest) });
  return { ...plot, loads: ticksBetween(from, to) };
}

function curveLine(
  plot: Plot,
  { curve, kind, name }: { curve: readonly LoadPoint[]; kind: string; name: string },
): Insert {
  const last = curve.at(-1);
  if (last === undefined) return false;
  const places = curve.map(
    ({ load, latency }) => `${fixed(plot.x(load))},${fixed(plot.y(Math.log10(latency)))}`,
  );
  return html`
<polyline class="curve ${kind}" points="${places.join(' ')}"/><text class="up" x="${fixed(plot.x(last.load))}" y="${fixed(plot.y(Math.log10(last.latency)) - 8)}">${name}</text>`;
}

function trialMark(plot: Plot, trial: PlanTrial): Markup | false {
  const { load, p50, p99, phase } = trial;
  if (p99 === null) return false;
  const outcome = outcomeOf(trial);
  const words = `trial ${trial.trial}, ${phase}, ${writeLoad(load)}: p50 ${writeNumber(p50)} ms, p99 ${writeNumber(p99)} ms, ${outcome}`;
  return outcomeMark(outcome, { x: plot.x(load), y: plot.y(Math.log10(Math.max(LEAST_MS, p99))), words });
}
