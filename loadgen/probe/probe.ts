/** Looks at target and host once a second during a run: the second opinion beside what users measure. */
import { cpuMicros, memoryOf } from '../host/index.ts';
import type { Probe, ProbedLoad, ProbedProcess, RunEvent } from '../results/index.ts';
import { createHostMeter } from './host.ts';
import { createRates, type ProbedSnapshot } from './rates.ts';

/** The part of the admin endpoint's answer that is used here. */
export interface State {
  processes: ProbedSnapshot[];
  restarts: {
    role: ProbedProcess['role'];
    id: number;
    pid: number;
    at: string;
    code: number | null;
    signal: string | null;
    lastWords?: string;
  }[];
}

const SECOND_MS = 1_000;
const MICROS_PER_MS = 1_000;

/** Longest wait for an answer of the admin endpoint, milliseconds: the next look comes a second later. */
const ANSWER_WITHIN_MS = 900;

/** What one look found. */
export interface Look {
  probe: Probe;
  /** Processes of the target that ended or were started since the last look. */
  events: RunEvent[];
}

/**
 * Makes the probe of one run.
 *
 * @param stateUrl URL of the target's state; undefined for a target that has none.
 * @param startAt The run's start, milliseconds since the epoch, by which ends are dated. They count in the second of
 *   the look that finds them when it is later than that, as by default.
 * @param httpPid The process that makes HTTP requests, if there is one.
 */
export function createProbe(
  stateUrl: string | undefined,
  startAt = Number.NEGATIVE_INFINITY,
  httpPid?: number,
): (second: number) => Promise<Look> {
  const hostUse = createHostMeter();
  const rates = createRates();
  const coordinator = createLoadMeter(process.pid, ownUse);
  const http = httpPid === undefined ? undefined : createLoadMeter(httpPid, createUseOf(httpPid));
  const starts = createStarts();
  let known = new Set<string>();
  return async (second) => {
    const state = stateUrl === undefined ? undefined : await fetchState(stateUrl);
    const events: RunEvent[] = [];
    // Without an answer there are no figures: those of the second before would pass for new ones.
    let processes: ProbedProcess[] = [];
    if (state !== undefined) {
      processes = rates(state.processes);
      const fresh = state.restarts.filter((restart) => !known.has(nameOf(restart)));
      events.push(...fresh.map((restart) => exitEvent(secondOf(restart, startAt, second), restart)));
      known = new Set(state.restarts.map(nameOf));
      events.push(...starts(second, state.processes));
    }
    const loads = { coordinator: coordinator(), ...(http && { http: http() }) };
    return { probe: { type: 'probe', second, processes, ...loads, host: hostUse() }, events };
  };
}

/** The target's state now. Undefined when the endpoint does not answer: the next question may succeed. */
export async function fetchState(url: string): Promise<State | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    return response.ok ? ((await response.json()) as State) : undefined;
  } catch {
    return undefined;
  }
}

function nameOf({ role, id, pid, at }: State['restarts'][number]): string {
  return `${role}/${id}/${pid}/${at}`;
}

function exitEvent(second: number, restart: State['restarts'][number]): RunEvent {
  const how = restart.signal === null ? `with code ${restart.code}` : `by ${restart.signal}`;
  const words = restart.lastWords?.trim().split('\n')[0];
  return {
    type: 'event',
    second,
    kind: restart.role === 'broker' ? 'broker-exit' : 'worker-exit',
    text: `${restart.role} ${restart.id} (pid ${restart.pid}) ended ${how}${words ? `: ${words}` : ''}`,
    process: { role: restart.role, id: restart.id, pid: restart.pid },
    ...(restart.signal === null ? {} : { signal: restart.signal }),
  };
}

/** A look may find what happened some seconds before, when those in between got no answer. */
function secondOf({ at }: State['restarts'][number], startAt: number, latest: number): number {
  return Math.max(0, Math.min(latest, Math.floor((Date.parse(at) - startAt) / SECOND_MS)));
}

/** Makes a function that tells which processes are new. Those of its first call were there before the run. */
function createStarts(): (second: number, processes: readonly ProbedSnapshot[]) => RunEvent[] {
  const known = new Set<number>();
  return (second, processes) => {
    const fresh = known.size === 0 ? [] : processes.filter(({ pid }) => !known.has(pid));
    for (const { pid } of processes) known.add(pid);
    return fresh.map(({ role, id, pid }) => ({
      type: 'event',
      second,
      kind: role === 'broker' ? 'broker-start' : 'worker-start',
      text: `${role} ${id} (pid ${pid}) was started`,
      process: { role, id, pid },
    }));
  };
}

/** What a process of the generator used until now, and what it holds. */
interface Use {
  cpuMicros: number;
  rssBytes: number;
}

/** The use of a process of the generator since the call before. */
function createLoadMeter(pid: number, read: () => Use): () => ProbedLoad {
  let last = { at: performance.now(), cpuMicros: read().cpuMicros };
  return () => {
    const { cpuMicros: used, rssBytes } = read();
    const now = { at: performance.now(), cpuMicros: used };
    const cpuCores = (now.cpuMicros - last.cpuMicros) / MICROS_PER_MS / (now.at - last.at);
    last = now;
    return { pid, cpuCores, rssBytes };
  };
}

function ownUse(): Use {
  const { user, system } = process.cpuUsage();
  return { cpuMicros: user + system, rssBytes: process.memoryUsage.rss() };
}

/** Reads another process from outside. One that has ended uses nothing more. */
function createUseOf(pid: number): () => Use {
  let last: Use = { cpuMicros: 0, rssBytes: 0 };
  return () => {
    try {
      last = { cpuMicros: cpuMicros([pid]), rssBytes: memoryOf(pid).rss };
    } catch {
      last = { ...last, rssBytes: 0 };
    }
    return last;
  };
}
