/**
 * A run as reports and the live view see it: one plain object a second, all load processes merged.
 * Charts are drawn from these alone. Latencies are milliseconds; one MB is 1,000,000 bytes.
 */

import type { Histogram } from './histogram.ts';
import type { Distributions, MergedWindow, MergedWorker } from './merge.ts';
import { addCounts, addDistributions, mergeWindows, quantilesOf } from './merge.ts';
import type { Phase, Probe, Window } from './run-record.ts';
import type { Quantiles } from './summary.ts';

/** Id under which the coordinator stands among the load processes. */
export const COORDINATOR_ID = -1;

/** Quantiles in milliseconds, and how many values they stand for. */
export interface Latency extends Quantiles {
  count: number;
}

/** What the users of one server worker saw in one second. A latency is missing when nothing was timed. */
export interface WorkerSecond {
  worker: string;
  open: number;
  sent: number;
  answered: number;
  pushed: number;
  timedOut: number;
  lost: number;
  response?: Latency;
  service?: Latency;
  push?: Latency;
}

/** One load process in one second, or the coordinator under the id -1. */
export interface LoadSecond {
  id: number;
  pid: number;
  /** 0 in the first second of a process, which has nothing to be compared with. */
  cpuCores: number;
  rssMB: number;
  /** Share of the second its event loop was busy, 0 to 1. The coordinator tells none: 0. */
  loopUtilisation: number;
  gcMsPerSecond: number;
  /** Open sockets. */
  users: number;
}

/** One second of a run. Counters count this second, unless they say otherwise. */
export interface Second {
  second: number;
  phase: Phase['name'];
  /** `started` is so far, `open` is now, `failed` and `dropped` are in this second. */
  users: { started: number; open: number; failed: number; dropped: number };
  /** Users that never connected, so far, by cause. */
  failedSoFar: Record<string, number>;
  /** Users whose open socket ended though nobody asked, so far, by cause. */
  droppedSoFar: Record<string, number>;
  sent: number;
  answered: number;
  timedOut: number;
  lost: number;
  duplicated: number;
  reordered: number;
  pushed: number;
  unsent: number;
  response?: Latency;
  service?: Latency;
  lateness?: Latency;
  push?: Latency;
  connect?: Latency;
  workers: WorkerSecond[];
  /** All load processes and the coordinator; the utilisation is that of the busiest. */
  generator: { cpuCores: number; rssMB: number; loopUtilisation: number; processes: LoadSecond[] };
  probe: Probe | null;
}

/** Times of the whole steady phase, over all workers and for each. */
export interface Measured {
  /** True when there is no second of the steady phase and the times are those of all seconds. */
  isWholeRun: boolean;
  times: Distributions;
  responseByWorker: Map<string, Distributions>;
}

/** Makes seconds out of windows as they come in, and gathers the times of the steady phase. */
export class Timeline {
  /** The seconds so far, in the order they were given. */
  readonly seconds: Second[] = [];
  readonly #phases: readonly Phase[];
  readonly #loads = new Map<number, { second: number; cpuMicros: number }>();
  #failedSoFar: Record<string, number> = {};
  #droppedSoFar: Record<string, number> = {};
  #measured: Measured = { isWholeRun: true, times: {}, responseByWorker: new Map() };

  constructor(phases: readonly Phase[]) {
    this.#phases = phases;
  }

  /** What the quantiles of the whole run are taken from. */
  get measured(): Measured {
    return this.#measured;
  }

  /** Takes all windows of one second. Seconds come in ascending order, each once. */
  push(second: number, { windows, probe }: { windows: readonly Window[]; probe: Probe | null }): Second {
    const merged = mergeWindows(windows);
    const phase = phaseAt(this.#phases, second);
    this.#measure(merged, phase);
    this.#failedSoFar = { ...this.#failedSoFar };
    this.#droppedSoFar = { ...this.#droppedSoFar };
    addCounts(this.#failedSoFar, merged.failed);
    addCounts(this.#droppedSoFar, merged.dropped);
    const { started, open, failed, dropped, workers, times, ...counters } = merged;
    const made: Second = {
      second,
      phase,
      users: { started, open, failed: total(failed), dropped: total(dropped) },
      failedSoFar: this.#failedSoFar,
      droppedSoFar: this.#droppedSoFar,
      ...counters,
      ...latencies(times, ['response', 'service', 'lateness', 'push', 'connect']),
      workers: workers.map(workerSecond),
      generator: this.#generator(windows, probe),
      probe,
    };
    this.seconds.push(made);
    return made;
  }

  #measure(merged: MergedWindow, phase: Phase['name']): void {
    const isSteady = phase === 'steady';
    if (!isSteady && !this.#measured.isWholeRun) return;
    if (isSteady && this.#measured.isWholeRun) {
      this.#measured = { isWholeRun: false, times: {}, responseByWorker: new Map() };
    }
    addDistributions(this.#measured.times, merged.times);
    for (const { worker, times } of merged.workers) {
      const byWorker = this.#measured.responseByWorker.get(worker) ?? {};
      if (times.response !== undefined) addDistributions(byWorker, { response: times.response });
      this.#measured.responseByWorker.set(worker, byWorker);
    }
  }

  #generator(windows: readonly Window[], probe: Probe | null): Second['generator'] {
    const processes = windows.map((window) => this.#loadSecond(window));
    processes.sort((one, other) => one.id - other.id);
    if (probe !== null) processes.push(coordinatorSecond(probe));
    return {
      cpuCores: processes.reduce((sum, each) => sum + each.cpuCores, 0),
      rssMB: processes.reduce((sum, each) => sum + each.rssMB, 0),
      loopUtilisation: Math.max(0, ...processes.map((each) => each.loopUtilisation)),
      processes,
    };
  }

  #loadSecond({ process, second, load, users }: Window): LoadSecond {
    const before = this.#loads.get(process);
    this.#loads.set(process, { second, cpuMicros: load.cpuMicros });
    // A process that was silent tells of all its seconds since its last window at once.
    const elapsed = before === undefined ? 1 : second - before.second;
    const cpuMicros = load.cpuMicros - (before?.cpuMicros ?? load.cpuMicros);
    return {
      id: process,
      pid: load.pid,
      cpuCores: cpuMicros / elapsed / 1_000_000,
      rssMB: megabytes(load.rssBytes),
      loopUtilisation: load.loopUtilisation,
      gcMsPerSecond: load.gcMs / elapsed,
      users: users.open,
    };
  }
}

/** Bytes as megabytes of 1,000,000 bytes, the unit of every `rssMB`. */
export function megabytes(bytes: number): number {
  return bytes / 1_000_000;
}

/** The phase a second belongs to. Seconds past the plan belong to the last phase. */
export function phaseAt(phases: readonly Phase[], second: number): Phase['name'] {
  const phase = phases.find(({ start, end }) => second >= start && second < end);
  return phase?.name ?? phases.at(-1)?.name ?? 'drain';
}

/** The sum of counts by name. */
export function total(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function coordinatorSecond({ coordinator }: Probe): LoadSecond {
  return {
    id: COORDINATOR_ID,
    pid: coordinator.pid,
    cpuCores: coordinator.cpuCores,
    rssMB: megabytes(coordinator.rssBytes),
    loopUtilisation: 0,
    gcMsPerSecond: 0,
    users: 0,
  };
}

function workerSecond({ worker, open, times, ...counters }: MergedWorker): WorkerSecond {
  const { sent, answered, pushed, timedOut, lost } = counters;
  const counted = { worker, open, sent, answered, pushed, timedOut, lost };
  return { ...counted, ...latencies(times, ['response', 'service', 'push']) };
}

function latencies<Name extends keyof Distributions>(times: Distributions, names: readonly Name[]) {
  const found: { [Each in Name]?: Latency } = {};
  for (const name of names) {
    const histogram = times[name];
    if (histogram !== undefined && histogram.count > 0) found[name] = latency(histogram);
  }
  return found;
}

function latency(histogram: Histogram): Latency {
  return { count: histogram.count, ...quantilesOf(histogram) };
}
