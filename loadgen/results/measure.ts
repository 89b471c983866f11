/** Distributions of times, merged over load processes, workers and seconds. Exact: bucket for bucket. */
import type { LoopDelay } from './generator/index.ts';
import { decodeHistogram, emptyHistogram, type Histogram } from './histogram.ts';
import type { Fanout, Window, WorkerWindow } from './record/index.ts';
import type { Quantiles, Times } from './summary.ts';

/** What is timed of messages and of connections, in the order in which it is told. */
export const TIMES = [
  'response',
  'service',
  'lateness',
  'push',
  'connect',
  'arrival',
  'recovery',
] as const satisfies readonly (keyof Times)[];

/** The distributions a worker window carries. */
const WORKER_TIMES = [
  'response',
  'service',
  'push',
  'connect',
  'recovery',
] as const satisfies readonly (keyof WorkerWindow)[];

/** Those that are kept for each worker beyond its second. */
const KEPT_FOR_WORKERS = ['response', 'push'] as const;

const LOOP_DELAY = ['p99', 'p995', 'p999', 'max'] as const satisfies readonly (keyof LoopDelay)[];

const FANOUT_TIMES = ['first', 'median', 'last'] as const satisfies readonly (keyof Fanout)[];

/** What is timed: by worker, by load process, and from a publication to its subscribers. */
export type TimeName = keyof Times | keyof Fanout;

/** All of them, in one order. */
export const TIME_NAMES: readonly TimeName[] = [...TIMES, ...FANOUT_TIMES];

/** Times in microseconds, by what they measure; missing when nothing was timed. */
export type Distributions = { [Name in TimeName]?: Histogram };

/** All times of a stretch of the run: of all workers together, and of each. */
export class Measure {
  readonly times: Distributions = {};
  readonly byWorker = new Map<string, Distributions>();
  /** Lateness of each host that held users. */
  readonly lateness = new Map<string, Histogram>();
  /** How late each load process looked up. Never merged: one that cannot read spoils what it reads, however many can. */
  readonly loopDelays = new Map<number, Histogram>();

  /**
   * Takes the times of one second of one load process.
   * @param agent The host it ran on, if that is another one than the coordinator's.
   */
  addWindow(window: Window, agent?: string): void {
    for (const worker of window.workers) {
      const own = this.#worker(worker.worker);
      for (const name of WORKER_TIMES) {
        const histogram = decoded(worker[name]);
        gather(this.times, name, histogram);
        gather(own, name, histogram);
      }
    }
    const lateness = decoded(window.lateness);
    gather(this.times, 'lateness', lateness);
    if (agent !== undefined) this.#addLateness(agent, lateness);
    gather(this.times, 'arrival', decoded(window.arrival));
    this.#addLoopDelay(window.process, decoded(window.loopDelay));
    for (const name of FANOUT_TIMES) gather(this.times, name, decoded(window.fanout?.[name]));
  }

  /** Takes the times of another stretch, which stays as it is; of its workers only what is reported of them. */
  add(other: Measure): void {
    for (const [name, histogram] of Object.entries(other.times)) {
      gather(this.times, name as TimeName, histogram);
    }
    for (const [worker, times] of other.byWorker) {
      const own = this.#worker(worker);
      for (const name of KEPT_FOR_WORKERS) gather(own, name, times[name]);
    }
    for (const [agent, histogram] of other.lateness) this.#addLateness(agent, histogram);
    for (const [process, delay] of other.loopDelays) this.#addLoopDelay(process, delay);
  }

  #addLateness(agent: string, histogram: Histogram | undefined): void {
    if (histogram === undefined) return;
    const own = this.lateness.get(agent) ?? emptyHistogram();
    own.add(histogram);
    this.lateness.set(agent, own);
  }

  #addLoopDelay(process: number, delay: Histogram | undefined): void {
    if (delay === undefined) return;
    const into = this.loopDelays.get(process) ?? emptyHistogram();
    into.add(delay);
    this.loopDelays.set(process, into);
  }

  #worker(name: string): Distributions {
    let own = this.byWorker.get(name);
    if (own === undefined) {
      own = {};
      this.byWorker.set(name, own);
    }
    return own;
  }
}

/** Turns a distribution in microseconds into quantiles in milliseconds; undefined when nothing was timed. */
export function quantilesOf(histogram: Histogram | undefined): Quantiles | undefined {
  if (histogram === undefined || histogram.count === 0) return undefined;
  const milliseconds = (share: number) => histogram.quantile(share) / 1000;
  return {
    p50: milliseconds(0.5),
    p90: milliseconds(0.9),
    p99: milliseconds(0.99),
    p999: milliseconds(0.999),
    max: histogram.max / 1000,
    mean: histogram.mean / 1000,
  };
}

/** Of how many standard errors chance is capable, where a few looks happen to fall into what is seldom. */
const STANDARD_ERRORS = 2;

/** Sums up how late one load process looked up. */
export function loopDelayOf(looks: Histogram): LoopDelay {
  const least = (share: number): number => {
    const error = Math.sqrt((share * (1 - share)) / looks.count);
    return looks.quantile(Math.max(0, share - STANDARD_ERRORS * error)) / 1000;
  };
  return { p99: least(0.99), p995: least(0.995), p999: least(0.999), max: looks.max / 1000 };
}

/** Takes each figure from the load process in which it was longest; undefined when none told of any. */
export function longestLoopDelay({ loopDelays }: Measure): LoopDelay | undefined {
  if (loopDelays.size === 0) return undefined;
  const longest: LoopDelay = { p99: 0, p995: 0, p999: 0, max: 0 };
  for (const delay of Array.from(loopDelays.values(), loopDelayOf)) {
    for (const name of LOOP_DELAY) longest[name] = Math.max(longest[name], delay[name]);
  }
  return longest;
}

/** Makes something of each distribution that is there. What was never timed stays missing. */
export function eachTimed<Name extends TimeName, Made>(
  times: Distributions,
  names: readonly Name[],
  make: (quantiles: Quantiles, count: number) => Made,
): { [Each in Name]?: Made } {
  const made: { [Each in Name]?: Made } = {};
  for (const name of names) {
    const quantiles = quantilesOf(times[name]);
    if (quantiles !== undefined) made[name] = make(quantiles, times[name]?.count ?? 0);
  }
  return made;
}

function decoded(encoded: string | undefined): Histogram | undefined {
  return encoded === undefined ? undefined : decodeHistogram(encoded);
}

function gather(into: Distributions, name: TimeName, histogram: Histogram | undefined): void {
  if (histogram === undefined) return;
  // Never the given histogram itself: what is added later must not show in it.
  into[name] ??= emptyHistogram();
  into[name].add(histogram);
}
