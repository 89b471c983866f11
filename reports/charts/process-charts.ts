/** Rows of small charts, one figure each, with one line for every process of a kind. */
import {
  COORDINATOR_ID,
  generatorName,
  HTTP_ID,
  type LoadSecond,
  megabytes,
  type ProbedProcess,
  processName,
  type Run,
  type Second,
  type WorkerSecond,
} from '../../loadgen/results/index.ts';
import type { Line } from '../browser/index.ts';
import { type Figure, figure, series } from './figure.ts';
import { latenessBand, line, SMALL_POINTS } from './lines.ts';

/** Most lines of one chart: as many as there are looks that can be told apart. */
export const MOST_LINES = 8;

type Value = number | null | undefined;

/** What stands in one small chart. */
interface Subject {
  title: string;
  unit?: string;
  /** What lies behind the processes' own lines. Default nothing. */
  behind?: Line[];
}

/** Draws workers side by side. Of more than eight, the slowest eight; the table has them all. */
export function workerFigures(run: Run): Figure[] {
  const ids = slowestWorkers(run);
  const seen = (subject: Subject, of: (worker: WorkerSecond) => Value): Figure[] =>
    row(run, {
      kind: 'worker',
      ids,
      subject,
      of: (second, id) => ask(workerSecond(second, id), of),
    });
  const probed = (subject: Subject, of: (process: ProbedProcess) => Value): Figure[] =>
    row(run, {
      kind: 'worker',
      ids,
      subject,
      of: (second, id) => ask(probedProcess(second, 'worker', id), of),
    });
  const late = [latenessBand(run.timeline, SMALL_POINTS)];
  const timed = run.timeline.some(({ response }) => response !== undefined) ? 'Response' : 'Push';
  return [
    ...seen({ title: 'Connections' }, ({ open }) => open),
    ...seen({ title: 'Messages per second' }, ({ answered, pushed }) => answered + pushed),
    ...seen(
      { title: `${timed} p50`, unit: 'ms', behind: late },
      ({ response, push }) => (response ?? push)?.p50,
    ),
    ...seen(
      { title: `${timed} p99`, unit: 'ms', behind: late },
      ({ response, push }) => (response ?? push)?.p99,
    ),
    ...probed({ title: 'CPU', unit: 'cores' }, ({ cpuCores }) => cpuCores),
    ...probed({ title: 'Memory', unit: 'MB' }, ({ rssBytes }) => megabytes(rssBytes)),
    ...probed({ title: 'Event-loop delay p99', unit: 'ms' }, ({ eventLoopP99Ms }) => eventLoopP99Ms),
    ...probed({ title: 'Garbage collection', unit: 'ms/s' }, ({ gcMsPerSecond }) => gcMsPerSecond),
  ];
}

/** Draws balancers side by side, the first eight. No message passes them, so what they cost is all there is. */
export function balancerFigures(run: Run): Figure[] {
  const ids = firstOf(run.summary.balancers);
  const probed = (title: string, unit: string, of: (process: ProbedProcess) => Value): Figure[] =>
    row(run, {
      kind: 'balancer',
      ids,
      subject: { title, unit },
      of: (second, id) => ask(probedProcess(second, 'balancer', id), of),
    });
  return [
    ...probed('Balancer CPU', 'cores', ({ cpuCores }) => cpuCores),
    ...probed('Balancer memory', 'MB', ({ rssBytes }) => megabytes(rssBytes)),
    ...probed('Balancer event-loop delay p99', 'ms', ({ eventLoopP99Ms }) => eventLoopP99Ms),
  ];
}

/** Draws brokers side by side, the first eight. */
export function brokerFigures(run: Run): Figure[] {
  const ids = firstOf(run.summary.brokers);
  const probed = (subject: Subject, of: (process: ProbedProcess) => Value): Figure[] =>
    row(run, {
      kind: 'broker',
      ids,
      subject,
      of: (second, id) => ask(probedProcess(second, 'broker', id), of),
    });
  return [
    ...probed({ title: 'Messages per second' }, ({ messagesInPerSecond }) => messagesInPerSecond),
    ...probed({ title: 'CPU', unit: 'cores' }, ({ cpuCores }) => cpuCores),
    ...probed({ title: 'Memory', unit: 'MB' }, ({ rssBytes }) => megabytes(rssBytes)),
    ...probed({ title: 'Event-loop delay p99', unit: 'ms' }, ({ eventLoopP99Ms }) => eventLoopP99Ms),
  ];
}

/** Draws all processes of the generator: the instrument's own state while it measured. */
export function generatorFigures(run: Run): Figure[] {
  const all = run.summary.generator.processes.map(({ id }) => id);
  const others = [HTTP_ID, COORDINATOR_ID].filter((id) => id === COORDINATOR_ID || all.includes(id));
  const loads = all.filter((id) => id >= 0).slice(0, MOST_LINES - others.length);
  const ids = [...loads, ...others].map(String);
  const load = (subject: Subject, of: (process: LoadSecond) => Value): Figure[] =>
    row(run, {
      kind: 'generator',
      ids,
      subject,
      of: (second, id) =>
        ask(
          second.generator.processes.find((process) => String(process.id) === id),
          of,
        ),
    });
  return [
    ...load({ title: 'CPU', unit: 'cores' }, ({ cpuCores }) => cpuCores),
    ...load({ title: 'Memory', unit: 'MB' }, ({ rssMB }) => rssMB),
    ...load({ title: 'Event loop busy', unit: '%' }, ({ id, loopUtilisation }) =>
      // Its utilisation is not measured, and a line at zero would claim that it is idle.
      id < 0 ? null : loopUtilisation * 100,
    ),
  ];
}

interface RowParts {
  kind: 'worker' | 'balancer' | 'broker' | 'generator';
  ids: readonly string[];
  subject: Subject;
  of: (second: Second, id: string) => Value;
}

function row({ timeline }: Run, { kind, ids, subject, of }: RowParts): Figure[] {
  const lines = ids.map((id, look): Line => {
    const points = series(timeline, (second) => of(second, id));
    return line(lineName(kind, id), { look, points, most: SMALL_POINTS });
  });
  const { behind = [], ...titled } = subject;
  const name = subject.title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const id = name.startsWith(kind) ? `chart-${name}` : `chart-${kind}-${name}`;
  return figure({ ...titled, id, lines: [...lines, ...behind], small: true });
}

function lineName(kind: RowParts['kind'], id: string): string {
  if (kind === 'generator' && Number(id) < 0) return generatorName(Number(id));
  if (kind === 'worker') return id === '-' ? 'target' : `w${id}`;
  return { balancer: `lb${id}`, broker: `b${id}`, generator: `load ${id}` }[kind];
}

function firstOf(processes: readonly Pick<ProbedProcess, 'id' | 'host'>[]): string[] {
  return processes.slice(0, MOST_LINES).map(processName);
}

function slowestWorkers({ summary }: Run): string[] {
  const slowest = summary.workers
    .toSorted((one, other) => slowness(other) - slowness(one))
    .slice(0, MOST_LINES);
  return summary.workers.filter((worker) => slowest.includes(worker)).map(({ id }) => id);
}

function slowness({ response, push }: Run['summary']['workers'][number]): number {
  return (response ?? push)?.p99 ?? 0;
}

function workerSecond({ workers }: Second, id: string): WorkerSecond | undefined {
  return workers.find(({ worker }) => worker === id);
}

function probedProcess(
  { probe }: Second,
  role: ProbedProcess['role'],
  id: string,
): ProbedProcess | undefined {
  return probe?.processes.find((process) => process.role === role && processName(process) === id);
}

function ask<Source>(source: Source | undefined, of: (source: Source) => Value): Value {
  return source === undefined ? null : of(source);
}
