/** Merging windows: what several load processes saw in one second becomes what was seen. Pure and exact. */
import { decodeHistogram, emptyHistogram, type Histogram } from './histogram.ts';
import type { Window, WorkerWindow } from './run-record.ts';
import type { Quantiles } from './summary.ts';

/** The distributions a worker window carries. */
const WORKER_DISTRIBUTIONS = ['response', 'service', 'push', 'connect'] as const;

/** Times in microseconds, by what they measure; missing when nothing was timed. */
export interface Distributions {
  response?: Histogram;
  service?: Histogram;
  push?: Histogram;
  connect?: Histogram;
  lateness?: Histogram;
}

/** Counters that add up over processes, workers and seconds. */
export interface Counters {
  sent: number;
  answered: number;
  timedOut: number;
  lost: number;
  duplicated: number;
  reordered: number;
  pushed: number;
}

/** One worker in one second, over all load processes. */
export interface MergedWorker extends Counters {
  worker: string;
  open: number;
  times: Distributions;
}

/** One second over all load processes. */
export interface MergedWindow extends Counters {
  started: number;
  open: number;
  failed: Record<string, number>;
  dropped: Record<string, number>;
  unsent: number;
  /** In the order of their names, numbers by value. */
  workers: MergedWorker[];
  times: Distributions;
}

/** Merges the windows of one second. A process without a window in it simply adds nothing. */
export function mergeWindows(windows: readonly Window[]): MergedWindow {
  const workers = mergeWorkers(windows);
  const merged: MergedWindow = {
    ...sumCounters(workers),
    started: 0,
    open: 0,
    failed: {},
    dropped: {},
    unsent: 0,
    workers,
    times: {},
  };
  for (const window of windows) {
    merged.started += window.users.started;
    merged.open += window.users.open;
    merged.unsent += window.unsent;
    addCounts(merged.failed, window.users.failed);
    addCounts(merged.dropped, window.users.dropped);
    if (window.lateness !== undefined) gather(merged.times, 'lateness', decodeHistogram(window.lateness));
  }
  for (const worker of workers) addDistributions(merged.times, worker.times);
  return merged;
}

/** Adds counts by name to others in place. */
export function addCounts(into: Record<string, number>, counts: Record<string, number>): void {
  for (const [name, count] of Object.entries(counts)) into[name] = (into[name] ?? 0) + count;
}

/** Adds every distribution of one set to another; the second stays as it is. */
export function addDistributions(into: Distributions, from: Distributions): void {
  for (const name of [...WORKER_DISTRIBUTIONS, 'lateness'] as const) {
    const histogram = from[name];
    if (histogram !== undefined) gather(into, name, histogram);
  }
}

/** Turns a distribution in microseconds into quantiles in milliseconds. All 0 for none. */
export function quantilesOf(histogram: Histogram | undefined): Quantiles {
  const milliseconds = (share: number) => (histogram === undefined ? 0 : histogram.quantile(share) / 1000);
  return {
    p50: milliseconds(0.5),
    p90: milliseconds(0.9),
    p99: milliseconds(0.99),
    p999: milliseconds(0.999),
    max: (histogram?.max ?? 0) / 1000,
    mean: (histogram?.mean ?? 0) / 1000,
  };
}

function mergeWorkers(windows: readonly Window[]): MergedWorker[] {
  const byName = new Map<string, MergedWorker>();
  for (const part of windows.flatMap((window) => window.workers)) {
    let worker = byName.get(part.worker);
    if (worker === undefined) {
      worker = { worker: part.worker, open: 0, ...sumCounters([]), times: {} };
      byName.set(part.worker, worker);
    }
    addWorker(worker, part);
  }
  return [...byName.values()].sort((one, other) => compareNames(one.worker, other.worker));
}

function addWorker(worker: MergedWorker, part: WorkerWindow): void {
  worker.open += part.open;
  Object.assign(worker, sumCounters([worker, part]));
  for (const name of WORKER_DISTRIBUTIONS) {
    const encoded = part[name];
    if (encoded !== undefined) gather(worker.times, name, decodeHistogram(encoded));
  }
}

/** Sorts names of workers: numbers by value, before all other names. */
export function compareNames(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}

/** Adds counters up. All 0 for none. */
export function sumCounters(parts: readonly Counters[]): Counters {
  const sum = { sent: 0, answered: 0, timedOut: 0, lost: 0, duplicated: 0, reordered: 0, pushed: 0 };
  for (const part of parts) {
    sum.sent += part.sent;
    sum.answered += part.answered;
    sum.timedOut += part.timedOut;
    sum.lost += part.lost;
    sum.duplicated += part.duplicated;
    sum.reordered += part.reordered;
    sum.pushed += part.pushed;
  }
  return sum;
}

function gather(into: Distributions, name: keyof Distributions, histogram: Histogram): void {
  // Never the given histogram itself: what is added later must not show in it.
  into[name] ??= emptyHistogram();
  into[name].add(histogram);
}
