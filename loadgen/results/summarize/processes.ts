/** What each process of the target and of the generator did and cost in a stretch of the run. */
import { eachTimed, loopDelayOf } from '../measure.ts';
import type { Header, ProbedProcess } from '../record/index.ts';
import { compareNames, type LoadSecond, megabytes, processName, type Second } from '../second.ts';
import type { PhaseSummary, Summary, WorkerSummary } from '../summary.ts';
import { growthOf } from './growth/index.ts';
import { highest, mean, probedIn, probesOf, type Span, sum } from './span.ts';

/** Name of the worker of a target that does not say which one answers. */
const UNNAMED_WORKER = '-';

/** See `Summary`: one message in 200 on each of its two ways. */
const ERROR_SHARE = 0.995;
/** Of fewer users the memory of a load process is mostly its own. Version 1 told it of all. */
const LEAST_USERS = 1_000;
const MICROSECONDS_PER_MS = 1_000;
const SECONDS_PER_HOUR = 3_600;

/** Names all workers anybody saw during the run, sorted. */
export function workerNames(whole: Span): string[] {
  const names = new Set(probedIn(whole, 'worker').map(processName));
  for (const worker of whole.seconds.flatMap((second) => second.workers)) {
    // Connections that never got an answer belong to nobody; only a target without names has such a worker.
    const isNobody = worker.worker === UNNAMED_WORKER && worker.open + worker.sent + worker.pushed === 0;
    if (!isNobody) names.add(worker.worker);
  }
  return [...names].sort(compareNames);
}

/** Sums one worker up. */
export function workerOf(id: string, whole: Span, measured: Span): WorkerSummary {
  const probed = probedIn(measured, 'worker').filter((process) => processName(process) === id);
  return {
    id,
    pid: probed.at(-1)?.pid ?? null,
    connections: secondsOf(id, measured.seconds.slice(-1))[0]?.open ?? 0,
    peakConnections: highest(secondsOf(id, whole.seconds).map(({ open }) => open)),
    messagesPerSecond: messagesPerSecond(id, measured),
    ...eachTimed(measured.measure.byWorker.get(id) ?? {}, ['response', 'push'], ({ p50, p99 }) => ({
      p50,
      p99,
    })),
    cpuCores: mean(probed.map(({ cpuCores }) => cpuCores)),
    rssMB: probed.length > 0 ? highest(probed.map(({ rssBytes }) => megabytes(rssBytes))) : null,
    eventLoopP99Ms: probed.length > 0 ? highest(probed.map(({ eventLoopP99Ms }) => eventLoopP99Ms)) : null,
    gcMsPerSecond: mean(probed.map(({ gcMsPerSecond }) => gcMsPerSecond)),
  };
}

/** Tells what one worker did in one phase. */
export function phaseWorkerOf(id: string, span: Span): PhaseSummary['workers'][number] {
  const times = span.measure.byWorker.get(id) ?? {};
  return {
    id,
    messagesPerSecond: messagesPerSecond(id, span),
    ...eachTimed(times, ['response', 'push'], (quantiles) => quantiles),
  };
}

/** Sums up the processes of a role that holds no users. */
export function roleOf(role: 'broker' | 'balancer', span: Span): Summary['brokers'] {
  const all = probedIn(span, role);
  const names = [...new Set(all.map(processName))].sort(compareNames);
  return names.map((name) => {
    const probed = all.filter((process) => processName(process) === name);
    const last = probed.at(-1);
    return {
      id: last?.id ?? 0,
      ...(last?.host !== undefined && { host: last.host }),
      pid: last?.pid ?? 0,
      cpuCores: mean(probed.map(({ cpuCores }) => cpuCores)) ?? 0,
      rssMB: highest(probed.map(({ rssBytes }) => megabytes(rssBytes))),
      messagesPerSecond: mean(probed.map((process) => process.messagesInPerSecond)) ?? 0,
    };
  });
}

/** Sums up the whole target; nulls when it told nothing. */
export function targetOf(span: Span): Summary['target'] {
  const probes = probesOf(span).filter(({ processes }) => processes.length > 0);
  if (probes.length === 0) {
    return {
      cpuCores: null,
      rssMB: null,
      rssSlopeMBPerHour: null,
      rssGrowthMB: null,
      cpuMicrosPerMessage: null,
    };
  }
  const cpuCores =
    sum(probes.flatMap(({ processes }) => processes.map((each: ProbedProcess) => each.cpuCores))) /
    probes.length;
  const memory = probes.map(({ processes }) => megabytes(sum(processes.map(({ rssBytes }) => rssBytes))));
  const growth = growthOf(probes);
  return {
    cpuCores,
    rssMB: highest(memory),
    rssSlopeMBPerHour: growth === null ? null : growth.mbPerSecond * SECONDS_PER_HOUR,
    rssGrowthMB: growth?.totalMB ?? null,
    cpuMicrosPerMessage: perMessage(cpuCores, span),
  };
}

/** Sums up what measuring cost, and how late it was. Users come when they do, most of them before anything is measured. */
export function generatorOf(
  { users, version }: Pick<Header, 'users' | 'version'>,
  { whole, measured }: { whole: Span; measured: Span },
): Summary['generator'] {
  const all = loadSecondsOf(measured);
  const processes = idsOf(all).map((id) => {
    const own = all.filter((process) => process.id === id);
    const loopDelay = measured.measure.loopDelays.get(id);
    return {
      id,
      pid: own.at(-1)?.pid ?? 0,
      cpuCores: mean(own.map(({ cpuCores }) => cpuCores)) ?? 0,
      rssMB: highest(own.map(({ rssMB }) => rssMB)),
      users: own.at(-1)?.users ?? 0,
      loopUtilisation: mean(own.map(({ loopUtilisation }) => loopUtilisation)) ?? 0,
      gcMsPerSecond: mean(own.map(({ gcMsPerSecond }) => gcMsPerSecond)) ?? 0,
      waitMsPerSecond: mean(own.map(({ waitMsPerSecond }) => waitMsPerSecond)) ?? 0,
      throttledMsPerSecond: mean(own.map(({ throttledMsPerSecond }) => throttledMsPerSecond)) ?? 0,
      ...(loopDelay && { loopDelayMs: loopDelayOf(loopDelay) }),
    };
  });
  const cpuCores = sum(processes.map((process) => process.cpuCores));
  const loadMB = sum(processes.map(({ id, rssMB }) => (id < 0 ? 0 : rssMB)));
  return {
    cpuCores,
    rssMB: sum(processes.map(({ rssMB }) => rssMB)),
    cpuMicrosPerMessage: perMessage(cpuCores, measured) ?? 0,
    ...((users >= LEAST_USERS || version === 1) && { bytesPerUser: (loadMB * 1_000_000) / users }),
    ...errorOf(measured, 'lateness'),
    ...(whole.measure.times.arrival && { arrivals: errorOf(whole, 'arrival') }),
    processes,
  };
}

/** Of what was late, and of how finely the processes slept meanwhile; the one that slept most roughly decides. */
function errorOf(span: Span, name: 'lateness' | 'arrival'): { errorMs: number; resolutionMs?: number } {
  const told = loadSecondsOf(span).flatMap(({ resolutionMs = [] }) => resolutionMs);
  return {
    errorMs: (span.measure.times[name]?.quantile(ERROR_SHARE) ?? 0) / MICROSECONDS_PER_MS,
    ...(told.length > 0 && { resolutionMs: highest(told) }),
  };
}

function loadSecondsOf({ seconds }: Span): LoadSecond[] {
  return seconds.flatMap(({ generator }) => generator.processes);
}

/** Largest divided by mean. 1 for none. */
export function imbalance(connections: readonly number[]): number {
  const average = mean(connections) ?? 0;
  return average > 0 ? highest(connections) / average : 1;
}

function secondsOf(id: string, seconds: readonly Second[]) {
  return seconds.flatMap(({ workers }) => workers.filter(({ worker }) => worker === id));
}

function messagesPerSecond(id: string, { seconds, length }: Span): number {
  return sum(secondsOf(id, seconds).map(({ answered, pushed }) => answered + pushed)) / length;
}

function perMessage(cpuCores: number, { counts, length }: Span): number | null {
  const messages = counts.answered / length + counts.pushed / length;
  return messages > 0 ? (cpuCores * 1_000_000) / messages : null;
}

function idsOf(processes: readonly { id: number }[]): number[] {
  return [...new Set(processes.map(({ id }) => id))].sort((one, other) => one - other);
}
