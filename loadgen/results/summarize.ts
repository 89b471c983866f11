/**
 * Seconds → summary. Pure. Figures are taken from the steady phase; a run that never got there is
 * summarized over all its seconds, and its verdict says so.
 */
import { compareNames, quantilesOf, sumCounters } from './merge.ts';
import type { Final, Header, ProbedProcess } from './run-record.ts';
import type { Summary, WorkerSummary } from './summary.ts';
import { COORDINATOR_ID, megabytes, type Second, type Timeline } from './timeline.ts';

type Ending = Pick<Final, 'seconds' | 'totals' | 'verdict' | 'rules'>;

/** Name of the worker of a target that does not say which one answers. */
const UNNAMED_WORKER = '-';

/** Sums a run up. What only the load processes' own totals tell (in flight, published) is 0 without them. */
export function summarizeRun(run: { header: Header; timeline: Timeline; ending: Ending }): Summary {
  const { header, timeline, ending } = run;
  const seconds = timeline.seconds;
  const steady = seconds.filter(({ phase }) => phase === 'steady');
  const measured = steady.length > 0 ? steady : seconds;
  const rates = ratesOf(measured);
  const messages = { ...messagesOf(seconds, ending.totals), ...rates };
  const perMessage = perMessageOf(rates);
  const workers = workersOf(timeline, measured);
  return {
    version: 1,
    scenario: header.scenario,
    seed: header.seed,
    startedAt: header.startedAt,
    seconds: ending.seconds,
    verdict: ending.verdict,
    rules: ending.rules,
    users: usersOf(header, seconds),
    messages,
    schedule: scheduleOf(header, messages, ending.seconds),
    latencyMs: latencyOf(timeline),
    workers,
    balance: { connections: imbalance(workers.map(({ connections }) => connections)) },
    brokers: roleOf('broker', measured),
    balancers: roleOf('balancer', measured),
    target: targetOf(measured, perMessage),
    generator: generatorOf(header, measured, perMessage),
    host: {
      ...header.host,
      stealPercent: mean(probesOf(measured).map(({ host }) => host.stealPercent)) ?? 0,
    },
  };
}

function usersOf(header: Header, seconds: readonly Second[]): Summary['users'] {
  const last = seconds.at(-1);
  return {
    target: header.users,
    peak: highest(seconds.map(({ users }) => users.open)),
    failed: last?.failedSoFar ?? {},
    dropped: last?.droppedSoFar ?? {},
  };
}

function messagesOf(seconds: readonly Second[], totals: Ending['totals']) {
  const { sent, answered, timedOut, lost, duplicated, reordered, pushed } = sumCounters(seconds);
  const known = totals.filter((each) => each !== null);
  return {
    sent,
    received: answered,
    timedOut,
    lost,
    duplicated,
    reordered,
    inFlight: sum(known.map(({ inFlight }) => inFlight)),
    unsent: sum(seconds.map(({ unsent }) => unsent)),
    published: sum(known.map(({ published }) => published)),
    pushed,
  };
}

function ratesOf(measured: readonly Second[]): { perSecond: number; pushesPerSecond: number } {
  const length = lengthOf(measured);
  const { answered, pushed } = sumCounters(measured);
  return { perSecond: answered / length, pushesPerSecond: pushed / length };
}

function perMessageOf({ perSecond, pushesPerSecond }: ReturnType<typeof ratesOf>) {
  const messages = perSecond + pushesPerSecond;
  return (cpuCores: number) => (messages > 0 ? (cpuCores * 1_000_000) / messages : null);
}

/**
 * What was done of what was planned. Publications have no answer, and windows do not count them: theirs is
 * the share published from the users' arrivals to the end of the steady phase, when sending stops.
 */
function scheduleOf(header: Header, messages: Summary['messages'], seconds: number): Summary['schedule'] {
  const planned = header.messagesPerSecond;
  if (planned === 0) return { perSecond: 0, ratio: 1 };
  if (messages.sent > 0 || messages.published === 0) {
    return { perSecond: planned, ratio: messages.perSecond / planned };
  }
  const end = Math.min(seconds, header.phases.find(({ name }) => name === 'steady')?.end ?? seconds);
  const meanArrival = (header.users - 1) / header.ramp / 2;
  return { perSecond: planned, ratio: messages.published / (planned * Math.max(1, end - meanArrival)) };
}

function latencyOf({ measured }: Timeline): Summary['latencyMs'] {
  const { response, service, lateness, push, connect } = measured.times;
  return {
    response: quantilesOf(response),
    service: quantilesOf(service),
    lateness: quantilesOf(lateness),
    ...(push !== undefined && { push: quantilesOf(push) }),
    ...(connect !== undefined && { connect: quantilesOf(connect) }),
  };
}

function workersOf(timeline: Timeline, measured: readonly Second[]): WorkerSummary[] {
  const names = new Set(probedIn(timeline.seconds, 'worker').map(({ id }) => String(id)));
  for (const worker of timeline.seconds.flatMap((second) => second.workers)) {
    // Connections that never got an answer belong to nobody; only a target without names has such a worker.
    const isNobody = worker.worker === UNNAMED_WORKER && worker.open + worker.sent + worker.pushed === 0;
    if (!isNobody) names.add(worker.worker);
  }
  return [...names].sort(compareNames).map((id) => workerOf(id, timeline, measured));
}

function workerOf(id: string, timeline: Timeline, measured: readonly Second[]): WorkerSummary {
  const named = (seconds: readonly Second[]) =>
    seconds.flatMap(({ workers }) => workers.filter(({ worker }) => worker === id));
  const probed = probedIn(measured, 'worker').filter((process) => String(process.id) === id);
  const { p50, p99 } = quantilesOf(timeline.measured.responseByWorker.get(id)?.response);
  const counted = named(measured);
  return {
    id,
    pid: probed.at(-1)?.pid ?? null,
    connections: named(measured.slice(-1))[0]?.open ?? 0,
    peakConnections: highest(named(timeline.seconds).map(({ open }) => open)),
    messagesPerSecond: sum(counted.map((each) => each.answered + each.pushed)) / lengthOf(measured),
    response: { p50, p99 },
    cpuCores: mean(probed.map(({ cpuCores }) => cpuCores)),
    rssMB: probed.length > 0 ? highest(probed.map(({ rssBytes }) => megabytes(rssBytes))) : null,
    eventLoopP99Ms: probed.length > 0 ? highest(probed.map(({ eventLoopP99Ms }) => eventLoopP99Ms)) : null,
    gcMsPerSecond: mean(probed.map(({ gcMsPerSecond }) => gcMsPerSecond)),
  };
}

function roleOf(role: 'broker' | 'balancer', measured: readonly Second[]): Summary['brokers'] {
  const all = probedIn(measured, role);
  const ids = [...new Set(all.map(({ id }) => id))].sort((one, other) => one - other);
  return ids.map((id) => {
    const probed = all.filter((process) => process.id === id);
    return {
      id,
      pid: probed.at(-1)?.pid ?? 0,
      cpuCores: mean(probed.map(({ cpuCores }) => cpuCores)) ?? 0,
      rssMB: highest(probed.map(({ rssBytes }) => megabytes(rssBytes))),
      messagesPerSecond: mean(probed.map((process) => process.messagesInPerSecond)) ?? 0,
    };
  });
}

function targetOf(
  measured: readonly Second[],
  perMessage: ReturnType<typeof perMessageOf>,
): Summary['target'] {
  const probes = probesOf(measured).filter(({ processes }) => processes.length > 0);
  if (probes.length === 0) return { cpuCores: null, rssMB: null, cpuMicrosPerMessage: null };
  const cpuCores =
    sum(probes.flatMap(({ processes }) => processes.map((each) => each.cpuCores))) / probes.length;
  const memory = probes.map(({ processes }) => sum(processes.map(({ rssBytes }) => rssBytes)));
  return { cpuCores, rssMB: megabytes(highest(memory)), cpuMicrosPerMessage: perMessage(cpuCores) };
}

function generatorOf(
  header: Header,
  measured: readonly Second[],
  perMessage: ReturnType<typeof perMessageOf>,
): Summary['generator'] {
  const all = measured.flatMap(({ generator }) => generator.processes);
  const ids = [...new Set(all.map(({ id }) => id))].sort((one, other) => one - other);
  const processes = ids.map((id) => {
    const own = all.filter((process) => process.id === id);
    return {
      id,
      pid: own.at(-1)?.pid ?? 0,
      cpuCores: mean(own.map(({ cpuCores }) => cpuCores)) ?? 0,
      rssMB: highest(own.map(({ rssMB }) => rssMB)),
      users: own.at(-1)?.users ?? 0,
      loopUtilisation: mean(own.map(({ loopUtilisation }) => loopUtilisation)) ?? 0,
    };
  });
  const cpuCores = sum(processes.map((process) => process.cpuCores));
  const loadMB = sum(processes.map(({ id, rssMB }) => (id === COORDINATOR_ID ? 0 : rssMB)));
  return {
    cpuCores,
    rssMB: sum(processes.map(({ rssMB }) => rssMB)),
    cpuMicrosPerMessage: perMessage(cpuCores) ?? 0,
    bytesPerUser: header.users > 0 ? (loadMB * 1_000_000) / header.users : 0,
    processes,
  };
}

/** Largest divided by mean. 1 for none. */
function imbalance(connections: readonly number[]): number {
  const average = mean(connections) ?? 0;
  return average > 0 ? highest(connections) / average : 1;
}

/** Seconds from the first to the last, both counted; at least 1. A silent second in between counts too. */
function lengthOf(seconds: readonly Second[]): number {
  const first = seconds[0]?.second ?? 0;
  return Math.max(1, (seconds.at(-1)?.second ?? first) - first + 1);
}

function probesOf(seconds: readonly Second[]) {
  return seconds.flatMap(({ probe }) => (probe === null ? [] : [probe]));
}

function probedIn(seconds: readonly Second[], role: ProbedProcess['role']): ProbedProcess[] {
  return probesOf(seconds).flatMap(({ processes }) => processes.filter((process) => process.role === role));
}

function sum(values: readonly number[]): number {
  return values.reduce((so, value) => so + value, 0);
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : sum(values) / values.length;
}

function highest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
