/**
 * A run second by second, made while it goes on. It keeps one small object for each second and the
 * distributions of each phase; windows and probes themselves are forgotten as soon as they are counted.
 */
import { Measure } from './measure.ts';
import type { AgentFacts, OwnVisits, Phase, Probe, ProbedLoad, Window } from './record/index.ts';
import {
  addCounts,
  COORDINATOR_ID,
  countLoad,
  countWindow,
  emptySecond,
  HTTP_ID,
  type LoadSecond,
  megabytes,
  moveLost,
  type Second,
  timeSecond,
} from './second.ts';

/**
 * Takes windows and probes in any order, those of one load process in theirs. A second is settled when nothing more
 * is awaited of it; what comes even later is counted all the same, and only that second's own latencies do
 * not know of it.
 */
export class Timeline {
  /** The seconds so far, ascending. */
  readonly seconds: Second[] = [];
  readonly phases: readonly Phase[];
  readonly #measures: Measure[];
  /** Load process → host. */
  readonly #agents: ReadonlyMap<number, string>;
  readonly #visits = new Map<string, OwnVisits>();
  /** Times of the seconds that are not settled yet. */
  readonly #open = new Map<number, Measure>();
  readonly #loads = new Map<number, { second: number; cpuMicros: number }>();
  #settledThrough = -1;

  /** @param agents Hosts that hold users. Default: all load processes run on the coordinator's. */
  constructor(phases: readonly Phase[], agents: readonly AgentFacts[] = []) {
    this.phases = phases;
    this.#agents = new Map(
      agents.flatMap(({ name, processes }) => processes.map((process) => [process, name])),
    );
    this.#measures = phases.map(() => new Measure());
  }

  /** Counts a line into its second. */
  add(line: Window | Probe): void {
    const at = this.#find(line.second);
    const second = this.seconds[at];
    if (second === undefined) return;
    if (line.type === 'probe') {
      second.probe = line;
      countLoad(second, probedSecond(COORDINATOR_ID, line.coordinator));
      if (line.http !== undefined) countLoad(second, probedSecond(HTTP_ID, line.http));
      return;
    }
    countWindow(second, line);
    this.#dateLosses(second, line);
    countLoad(second, this.#loadSecond(line));
    this.#countVisits(line);
    for (const later of this.seconds.slice(at)) {
      addCounts(later.failedSoFar, line.users.failed);
      addCounts(later.droppedSoFar, line.users.dropped);
    }
    this.#measureOf(line.second).addWindow(line, this.#agents.get(line.process));
  }

  /**
   * Awaits nothing more of all seconds up to this one.
   * @returns That second; undefined when nobody told anything of it.
   */
  settle(through: number): Second | undefined {
    this.#settledThrough = Math.max(this.#settledThrough, through);
    for (const [second, measure] of this.#open) {
      if (second > through) continue;
      const made = this.seconds[this.#find(second)];
      if (made !== undefined) timeSecond(made, measure);
      this.#measures[phaseIndex(this.phases, second)]?.add(measure);
      this.#open.delete(second);
    }
    return this.seconds.findLast(({ second }) => second === through);
  }

  /** What behaviours of the scenario's own came to so far, by group. */
  get visits(): OwnVisits[] {
    return [...this.#visits.values()];
  }

  /** The times of one phase, by its place in the plan; only of seconds that are settled. */
  measured(phase: number): Measure {
    return this.#measures[phase] ?? new Measure();
  }

  /** A publication is lost when it should have come, not when everybody has stopped to wait for it. */
  #dateLosses(told: Second, { workers }: Window): void {
    for (const { worker, pushLostOf = {} } of workers) {
      for (const [second, count] of Object.entries(pushLostOf)) {
        const intended = this.seconds.find((each) => each.second === Number(second));
        if (intended !== undefined) moveLost(told, intended, { worker, count });
      }
    }
  }

  #countVisits({ visits = [] }: Window): void {
    for (const { group, begun, threw } of visits) {
      const before = this.#visits.get(group) ?? { group, begun: 0, threw: 0 };
      this.#visits.set(group, { group, begun: before.begun + begun, threw: before.threw + threw });
    }
  }

  #measureOf(second: number): Measure {
    const phase = this.#measures[phaseIndex(this.phases, second)];
    if (second <= this.#settledThrough && phase !== undefined) return phase;
    const measure = this.#open.get(second) ?? new Measure();
    this.#open.set(second, measure);
    return measure;
  }

  /** The place of a second, which is made where there is none. Most lines belong to the last one. */
  #find(second: number): number {
    const before = this.seconds.findLastIndex((each) => each.second <= second);
    if (this.seconds[before]?.second === second) return before;
    const phase = this.phases[phaseIndex(this.phases, second)]?.name ?? 'drain';
    this.seconds.splice(before + 1, 0, emptySecond(second, phase, this.seconds[before]));
    return before + 1;
  }

  #loadSecond({ process, second, load, users, resolutionMs }: Window): LoadSecond {
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
      waitMsPerSecond: (load.waitMs ?? 0) / elapsed,
      throttledMsPerSecond: (load.throttledMs ?? 0) / elapsed,
      ...(resolutionMs !== undefined && { resolutionMs }),
      users: users.open,
    };
  }
}

/** The place in the plan of the phase a second belongs to. Seconds past the plan belong to the last phase. */
export function phaseIndex(phases: readonly Phase[], second: number): number {
  const index = phases.findIndex(({ start, end }) => second >= start && second < end);
  return index < 0 ? Math.max(0, phases.length - 1) : index;
}

/** Tells whether a run's own figures are taken from a phase. Version 1 knew it by its name. */
export function isMeasured({ name, measured }: Phase): boolean {
  return measured ?? name === 'steady';
}

function probedSecond(id: number, { pid, cpuCores, rssBytes }: ProbedLoad): LoadSecond {
  return {
    id,
    pid,
    cpuCores,
    rssMB: megabytes(rssBytes),
    loopUtilisation: 0,
    gcMsPerSecond: 0,
    waitMsPerSecond: 0,
    throttledMsPerSecond: 0,
    users: 0,
  };
}
