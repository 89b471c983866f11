/** Looks at target and host once a second during a run: the second opinion beside what users measure. */
import { cpuMicros, memoryOf } from '../host/index.ts';
import {
  type Probe,
  type ProbedLoad,
  type ProbedProcess,
  processName,
  type RunEvent,
} from '../results/index.ts';
import { createHostMeter } from './host.ts';
import { createRates, type ProbedSnapshot } from './rates.ts';

/** The part of the admin endpoint's answer that is used here. */
export interface State {
  /** Name of the host among others. Absent: it has none. */
  host?: string;
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
 * @param stateUrls URLs of the target's state, one a host; none for a target that has none.
 * @param startAt The run's start, milliseconds since the epoch, by which ends are dated. They count in the second of
 *   the look that finds them when it is later than that, as by default.
 * @param httpPid The process that makes HTTP requests, if there is one.
 */
export function createProbe(
  stateUrls: readonly string[],
  startAt = Number.NEGATIVE_INFINITY,
  httpPid?: number,
): (second: number) => Promise<Look> {
  const hostUse = createHostMeter();
  const coordinator = createLoadMeter(process.pid, ownUse);
  const http = httpPid === undefined ? undefined : createLoadMeter(httpPid, createUseOf(httpPid));
  const hosts = stateUrls.map((url) => createHostLook(url, startAt));
  return async (second) => {
    const found = await Promise.all(hosts.map((look) => look(second)));
    const processes = found.flatMap((each) => each.processes);
    const events = found.flatMap((each) => each.events);
    const loads = { coordinator: coordinator(), ...(http && { http: http() }) };
    return { probe: { type: 'probe', second, processes, ...loads, host: hostUse() }, events };
  };
}

/** Makes the look at one host of the target. */
function createHostLook(
  stateUrl: string,
  startAt: number,
): (second: number) => Promise<{ processes: ProbedProcess[]; events: RunEvent[] }> {
  const rates = createRates();
  const starts = createStarts();
  let known = new Set<string>();
  return async (second) => {
    const state = await fetchState(stateUrl);
    // Without an answer there are no figures: those of the second before would pass for new ones.
    if (state === undefined) return { processes: [], events: [] };
    const { host, restarts, processes } = state;
    const fresh = restarts.filter((restart) => !known.has(nameOf(restart)));
    known = new Set(restarts.map(nameOf));
    return {
      processes: rates(processes).map((process) => ({ ...process, ...(host !== undefined && { host }) })),
      events: [
        ...fresh.map((restart) => exitEvent(secondOf(restart, startAt, second), restart, host)),
        ...starts(second, processes, host),
      ],
    };
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

function exitEvent(second: number, restart: State['restarts'][number], host?: string): RunEvent {
  const how = restart.signal === null ? `with code ${restart.code}` : `by ${restart.signal}`;
  const words = restart.lastWords?.trim().split('\n')[0];
  return {
    type: 'event',
    second,
    kind: restart.role === 'broker' ? 'broker-exit' : 'worker-exit',
    text: `${titleOf(restart, host)} (pid ${restart.pid}) ended ${how}${words ? `: ${words}` : ''}`,
    process: { role: restart.role, id: restart.id, pid: restart.pid },
    ...(restart.signal === null ? {} : { signal: restart.signal }),
  };
}

/** A look may find what happened some seconds before, when those in between got no answer. */
function secondOf({ at }: State['restarts'][number], startAt: number, latest: number): number {
  return Math.max(0, Math.min(latest, Math.floor((Date.parse(at) - startAt) / SECOND_MS)));
}

/** Makes a function that tells which processes are new. Those of its first call were there before the run. */
function createStarts(): (second: number, processes: readonly ProbedSnapshot[], host?: string) => RunEvent[] {
  const known = new Set<number>();
  return (second, processes, host) => {
    const fresh = known.size === 0 ? [] : processes.filter(({ pid }) => !known.has(pid));
    for (const { pid } of processes) known.add(pid);
    return fresh.map(({ role, id, pid }) => ({
      type: 'event',
      second,
      kind: role === 'broker' ? 'broker-start' : 'worker-start',
      text: `${titleOf({ role, id }, host)} (pid ${pid}) was started`,
      process: { role, id, pid },
    }));
  };
}

/** A process as people read of it: `worker 0`, or `worker left/0` where there are several hosts. */
function titleOf({ role, id }: Pick<ProbedProcess, 'role' | 'id'>, host?: string): string {
  return `${role} ${processName({ id, ...(host !== undefined && { host }) })}`;
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
