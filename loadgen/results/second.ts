/**
 * One second of a run, all load processes merged, as plain data: what charts and the live view are drawn
 * from. Latencies are milliseconds; one MB is 1,000,000 bytes.
 */
import { type Distributions, eachTimed, type Measure, TIME_NAMES, TIMES, type TimeName } from './measure.ts';
import {
  COUNTED,
  type Phase,
  type Probe,
  type ProbedProcess,
  RARE,
  type Window,
  type WorkerWindow,
} from './record/index.ts';
import type { Shape } from './shape.ts';
import type { Quantiles } from './summary.ts';

/** Id under which the coordinator stands among the load processes. */
export const COORDINATOR_ID = -1;
/** Id of the process that makes HTTP requests. */
export const HTTP_ID = -2;

/** Quantiles in milliseconds, and how many values they stand for. */
export interface Latency extends Quantiles {
  count: number;
}

/** Counters that worker windows have, and that add up over processes, workers and seconds. */
export const COUNTERS = [...COUNTED, ...RARE, 'errors'] as const satisfies readonly (keyof WorkerWindow)[];

/** Each of them. */
export type Counters = Record<(typeof COUNTERS)[number], number>;

/** What the users of one server worker saw in one second. A latency is missing when nothing was timed. */
export interface WorkerSecond extends Counters {
  worker: string;
  open: number;
  response?: Latency;
  service?: Latency;
  push?: Latency;
  /** How its responses were distributed, or its deliveries when there were none. */
  shape?: Shape;
}

/** One load process in one second, or what has no users and no windows, under an id below 0. */
export interface LoadSecond {
  id: number;
  pid: number;
  /** 0 in the first second of a process, which has nothing to be compared with. */
  cpuCores: number;
  rssMB: number;
  /** Share of the second its event loop was busy, 0 to 1. Ids below 0 tell none: 0. */
  loopUtilisation: number;
  gcMsPerSecond: number;
  /** Ready to run, but without a processor; and stopped by the quota of its control group. */
  waitMsPerSecond: number;
  throttledMsPerSecond: number;
  /** What comes into its lateness by the way it sleeps. Missing when it was not told. */
  resolutionMs?: number;
  /** Open sockets. */
  users: number;
}

/** One second of a run. Counters count this second, unless they say otherwise. */
export interface Second extends Counters {
  second: number;
  phase: Phase['name'];
  /** `started` is so far, `open` is now, all others are in this second. */
  users: { started: number; open: number; failed: number; dropped: number; left: number; returned: number };
  /** Connections that failed, so far, by cause. */
  failedSoFar: Record<string, number>;
  /** Open sockets that ended though nobody asked, so far, by cause. */
  droppedSoFar: Record<string, number>;
  /** Errors that ended behaviours of the scenario's own, by their names. Missing when there were none. */
  thrown?: Record<string, number>;
  unsent: number;
  published: number;
  response?: Latency;
  service?: Latency;
  lateness?: Latency;
  push?: Latency;
  connect?: Latency;
  arrival?: Latency;
  recovery?: Latency;
  /** From an intended publication to its first, its median and its last subscriber. */
  fanout?: { first: Latency; median: Latency; last: Latency };
  /** How each of these times was distributed. Missing when nothing was timed. */
  shapes?: { [Name in TimeName]?: Shape };
  /** How many seconds it stands for, in a run that was condensed: its counters are means of them. Default 1. */
  seconds?: number;
  /** In the order of their names, numbers by value. */
  workers: WorkerSecond[];
  /** All processes of the generator; the utilisation is that of the busiest. */
  generator: { cpuCores: number; rssMB: number; loopUtilisation: number; processes: LoadSecond[] };
  probe: Probe | null;
}

/** Makes a second in which nothing has happened yet, with what happened before it. */
export function emptySecond(second: number, phase: Phase['name'], before: Second | undefined): Second {
  return {
    second,
    phase,
    users: { started: 0, open: 0, failed: 0, dropped: 0, left: 0, returned: 0 },
    failedSoFar: { ...before?.failedSoFar },
    droppedSoFar: { ...before?.droppedSoFar },
    ...sumCounters([]),
    unsent: 0,
    published: 0,
    workers: [],
    generator: { cpuCores: 0, rssMB: 0, loopUtilisation: 0, processes: [] },
    probe: null,
  };
}

/** Counts a window into its second, in place. What failed so far is not this second's alone: see `addCounts`. */
export function countWindow(into: Second, window: Window): void {
  const { users } = window;
  into.users.started += users.started;
  into.users.open += users.open;
  into.users.failed += total(users.failed);
  into.users.dropped += total(users.dropped);
  into.users.left += users.left ?? 0;
  into.users.returned += users.returned ?? 0;
  into.unsent += window.unsent;
  into.published += window.published ?? 0;
  if (window.thrown !== undefined) {
    into.thrown ??= {};
    addCounts(into.thrown, window.thrown);
  }
  for (const part of window.workers) {
    const worker = workerIn(into, part.worker);
    worker.open += part.open;
    for (const name of COUNTERS) {
      worker[name] += part[name] ?? 0;
      into[name] += part[name] ?? 0;
    }
  }
}

/** Counts lost publications of a worker in the second in which they were intended, instead of the one they were told in. */
export function moveLost(
  told: Second,
  intended: Second,
  { worker, count }: { worker: string; count: number },
): void {
  for (const part of [told, workerIn(told, worker)]) part.pushLost -= count;
  for (const part of [intended, workerIn(intended, worker)]) part.pushLost += count;
}

/** Puts a process of the generator into its second and sums all of them up anew, always in the same order. */
export function countLoad({ generator }: Second, load: LoadSecond): void {
  const { processes } = generator;
  processes.push(load);
  processes.sort((one, other) => orderOf(one) - orderOf(other));
  generator.cpuCores = processes.reduce((sum, each) => sum + each.cpuCores, 0);
  generator.rssMB = processes.reduce((sum, each) => sum + each.rssMB, 0);
  generator.loopUtilisation = Math.max(0, ...processes.map((each) => each.loopUtilisation));
}

/** How a process of the generator is called. */
export function generatorName(id: number): string {
  if (id === COORDINATOR_ID) return 'coordinator';
  return id === HTTP_ID ? 'HTTP requests' : `load process ${id}`;
}

/** Writes down how long things took in a second, once all is known of it. */
export function timeSecond(into: Second, { times, byWorker }: Measure): void {
  Object.assign(into, eachTimed(times, TIMES, latency));
  const { first, median, last } = eachTimed(times, ['first', 'median', 'last'], latency);
  if (first && median && last) into.fanout = { first, median, last };
  into.shapes = shapesOf(times);
  for (const worker of into.workers) {
    const own: Distributions = byWorker.get(worker.worker) ?? {};
    Object.assign(worker, eachTimed(own, ['response', 'service', 'push'], latency));
    const timed = own.response ?? own.push;
    if (timed !== undefined && timed.count > 0) worker.shape = timed.shape();
  }
}

/** Adds counters up. All 0 for none. */
export function sumCounters(parts: readonly Counters[]): Counters {
  const sum = Object.fromEntries(COUNTERS.map((name) => [name, 0])) as Counters;
  for (const part of parts) for (const name of COUNTERS) sum[name] += part[name];
  return sum;
}

/** Adds counts by name to others in place. */
export function addCounts(into: Record<string, number>, counts: Record<string, number>): void {
  for (const [name, count] of Object.entries(counts)) into[name] = (into[name] ?? 0) + count;
}

/** The sum of counts by name. */
export function total(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Bytes as megabytes of 1,000,000 bytes, the unit of every `rssMB`. */
export function megabytes(bytes: number): number {
  return bytes / 1_000_000;
}

/** Sorts names of workers: numbers by value, before all other names. */
export function compareNames(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}

/** Names a process within its role: its number, after the name of its host where there are several. */
export function processName({ id, host }: Pick<ProbedProcess, 'id' | 'host'>): string {
  return host === undefined ? String(id) : `${host}/${id}`;
}

/** In an order of its own, whoever spoke first: the same run makes the same pages. */
function shapesOf(times: Distributions): NonNullable<Second['shapes']> {
  const shapes: NonNullable<Second['shapes']> = {};
  for (const name of TIME_NAMES) {
    const histogram = times[name];
    if (histogram !== undefined && histogram.count > 0) shapes[name] = histogram.shape();
  }
  return shapes;
}

function workerIn({ workers }: Second, name: string): WorkerSecond {
  const known = workers.find(({ worker }) => worker === name);
  if (known !== undefined) return known;
  const made: WorkerSecond = { worker: name, open: 0, ...sumCounters([]) };
  workers.push(made);
  workers.sort((one, other) => compareNames(one.worker, other.worker));
  return made;
}

/** Load processes by their ids, the coordinator last. */
function orderOf({ id }: LoadSecond): number {
  return id < 0 ? Number.MAX_SAFE_INTEGER + id : id;
}

function latency(quantiles: Quantiles, count: number): Latency {
  return { count, ...quantiles };
}
