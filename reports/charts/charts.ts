/** Which charts a page has, and what each of them shows. Pure: a run in, plain data out. */
import type { Latency, Run, Second } from '../../loadgen/results/index.ts';
import type { ChartModel, Point } from '../browser/index.ts';
import { totalOf } from '../figures/index.ts';
import { errorFigure } from './errors.ts';
import { type Figure, figure, series, seriesUnlessZero } from './figure.ts';
import { LEAST_MS, latenessBand, line } from './lines.ts';
import { balancerFigures, brokerFigures, generatorFigures, workerFigures } from './process-charts.ts';

/** The charts of each section; a section whose figures were not measured has none. */
export interface Figures {
  load: Figure[];
  errors: Figure[];
  latency: Figure[];
  push: Figure[];
  recovery: Figure[];
  workers: Figure[];
  balancers: Figure[];
  brokers: Figure[];
  generator: Figure[];
  host: Figure[];
}

/** Past this ratio of highest to typical value a linear axis shows one peak and a flat line. */
const FLATTENING_RATIO = 30;

/** Chooses and fills all charts of a run. */
export function buildFigures(run: Run): Figures {
  return {
    load: [...usersFigure(run), ...messagesFigure(run)],
    errors: errorFigure(run),
    latency: latencyFigure(run, { name: 'response', title: 'Round trip' }),
    push: [...latencyFigure(run, { name: 'push', title: 'Publication to delivery' }), ...fanoutFigure(run)],
    recovery: recoveryFigure(run),
    workers: workerFigures(run),
    balancers: balancerFigures(run),
    brokers: brokerFigures(run),
    generator: generatorFigures(run),
    host: hostFigure(run),
  };
}

/** Length of the run's time axis, seconds. A run that ended early has a shorter one than was planned. */
export function runSeconds({ timeline, header }: Run): number {
  const last = timeline.at(-1);
  return last === undefined ? (header.phases.at(-1)?.end ?? 1) : last.second + (last.seconds ?? 1);
}

function usersFigure({ header, timeline }: Run): Figure[] {
  const open = series(timeline, ({ users }) => users.open);
  // Version 1 knew one ramp only. Since then users come in stages, and each begins when it was planned to.
  const planned = series(timeline, ({ second, users }) =>
    header.version === 1 ? Math.min(header.users, header.ramp * (second + 1)) : users.started,
  );
  const left = seriesUnlessZero(timeline, ({ users }) => users.left);
  const returned = seriesUnlessZero(timeline, ({ users }) => users.returned);
  const failed = seriesUnlessZero(timeline, ({ failedSoFar }) => totalOf(failedSoFar));
  const dropped = seriesUnlessZero(timeline, ({ droppedSoFar }) => totalOf(droppedSoFar));
  return figure({
    title: 'Users',
    id: 'chart-users',
    lines: [
      line('open', { look: 0, points: open }),
      line(header.version === 1 ? 'planned' : 'begun', { look: 7, points: planned }),
      line('failed', { look: 3, points: failed }),
      line('dropped', { look: 1, points: dropped }),
      line('left', { look: 4, points: left }),
      line('returned', { look: 2, points: returned }),
    ],
  });
}

function messagesFigure({ timeline }: Run): Figure[] {
  const rates: [label: string, look: number, of: (second: Second) => number][] = [
    ['answered', 0, ({ answered }) => answered],
    ['sent', 7, ({ sent }) => sent],
    ['delivered', 2, ({ pushed }) => pushed],
    ['timed out', 3, ({ timedOut }) => timedOut],
    ['lost', 1, ({ lost }) => lost],
    ['unsent', 4, ({ unsent }) => unsent],
    ['errors', 5, ({ errors }) => errors],
    ['not delivered', 6, ({ pushLost }) => pushLost],
  ];
  const lines = rates.map(([label, look, of]) =>
    line(label, { look, points: seriesUnlessZero(timeline, of) }),
  );
  return figure({ title: 'Messages per second', id: 'chart-messages', lines });
}

/** The generator's own lateness lies under the latency it is part of, so that one can be told from the other. */
function latencyFigure(
  { timeline }: Run,
  { name, title }: { name: 'response' | 'push'; title: string },
): Figure[] {
  const of = (which: 'p50' | 'p99' | 'max', times: (second: Second) => Latency | undefined): Point[] =>
    series(timeline, (second) => {
      const value = times(second)?.[which];
      return value === undefined ? null : Math.max(LEAST_MS, value);
    });
  const measured = (second: Second): Latency | undefined => second[name];
  if (!timeline.some((second) => measured(second) !== undefined)) return [];
  const [median, worst] = [of('p50', measured), of('max', measured)];
  return figure({
    title,
    id: `chart-${name}`,
    unit: 'ms',
    scale: scaleFor(median, worst),
    lines: [
      line('max', { look: 3, points: worst }),
      line('p99', { look: 1, points: of('p99', measured) }),
      line('p50', { look: 0, points: median }),
      latenessBand(timeline),
    ],
  });
}

function fanoutFigure({ timeline }: Run): Figure[] {
  const of = (which: 'first' | 'median' | 'last'): Point[] =>
    series(timeline, ({ fanout }) => fanout?.[which].p50);
  return figure({
    title: 'Publication to its first, median and last subscriber, p50',
    id: 'chart-fanout',
    unit: 'ms',
    lines: [
      line('last', { look: 3, points: of('last') }),
      line('median', { look: 1, points: of('median') }),
      line('first', { look: 0, points: of('first') }),
      latenessBand(timeline),
    ],
  });
}

function recoveryFigure({ timeline }: Run): Figure[] {
  const of = (which: 'p50' | 'max'): Point[] => series(timeline, ({ recovery }) => recovery?.[which]);
  return figure({
    title: 'Lost connection to ready again',
    id: 'chart-recovery',
    unit: 'ms',
    lines: [
      line('max', { look: 3, points: of('max') }),
      line('p50', { look: 0, points: of('p50') }),
      latenessBand(timeline),
    ],
  });
}

function scaleFor(median: readonly Point[], worst: readonly Point[]): ChartModel['scale'] {
  const values = median
    .flatMap(([, value]) => (value === null ? [] : [value]))
    .sort((one, other) => one - other);
  const typical = values[Math.floor(values.length / 2)] ?? 0;
  const highest = worst.reduce((most, [, value]) => Math.max(most, value ?? 0), 0);
  return highest > typical * FLATTENING_RATIO ? 'logarithmic' : 'linear';
}

function hostFigure({ timeline }: Run): Figure[] {
  const busy = series(timeline, ({ probe }) => probe?.host.busyPercent);
  const stolen = series(timeline, ({ probe }) => probe?.host.stealPercent);
  return figure({
    title: 'Processor of the generating host',
    id: 'chart-host',
    unit: '%',
    lines: [line('busy', { look: 0, points: busy }), line('stolen', { look: 3, points: stolen })],
  });
}
