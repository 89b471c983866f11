/** The tables of the terminal summary: phases, workers, server, generator. */
import { generatorName, processName, type Summary } from '../loadgen/results/index.ts';
import {
  ABSENT,
  alignColumns,
  comparedPhases,
  formatClock,
  formatCount,
  formatDecimal,
  formatRange,
  formatRate,
  formatShare,
  phaseFlow,
  type Row,
} from './figures/index.ts';

const MICROS_PER_CORE = 1_000_000;
/** As rules count them: `generator.bytesPerUser < 6KB`. */
const BYTES_PER_KB = 1_000;

/** A server that has just filled up grows for a while, and means nothing by it. */
const LEAST_SECONDS_OF_GROWTH = 300;

/** Shows the measured phases side by side; nothing when there is only one. */
export function phaseLines(summary: Summary): string[] {
  const rows = comparedPhases(summary).map((phase): Row => {
    const { perSecond, ofPlan, p50, p99, lost } = phaseFlow(phase);
    return [
      phase.id,
      formatClock(phase.start),
      formatCount(phase.users.peak),
      formatRate(perSecond),
      formatShare(ofPlan),
      formatDecimal(p50),
      formatDecimal(p99),
      formatCount(lost),
      formatCount(phase.messages.errors),
      formatDecimal(phase.target.cpuCores),
    ];
  });
  if (rows.length === 0) return [];
  const head = ['', 'from', 'users', 'messages/s', 'of plan', 'p50 ms', 'p99 ms', 'lost', 'errors', 'cores'];
  return alignColumns([head, ...rows]);
}

/** Shows each worker's load, latency and cost; below the host that it is on, where there are several. */
export function workerLines(summary: Summary): string[] {
  const { servers = [], workers } = summary;
  const ofHosts = servers.flatMap((server) => [
    serverRow(server),
    ...workerRows(workers.filter(({ id }) => id.startsWith(`${server.id}/`))),
  ]);
  const rows = servers.length > 0 ? ofHosts : workerRows(workers);
  if (rows.length === 0) return [];
  const head = ['', 'connections', 'messages/s', 'p50 ms', 'p99 ms', 'cores', 'MB', 'loop p99 ms', 'GC ms/s'];
  return alignColumns([head, ...rows]);
}

function serverRow(server: NonNullable<Summary['servers']>[number]): Row {
  const { id, connections, messagesPerSecond, cpuCores, rssMB } = server;
  const carried = [formatCount(connections), formatRate(messagesPerSecond), '', ''];
  return [`host ${id}`, ...carried, formatDecimal(cpuCores), formatCount(rssMB), '', ''];
}

function workerRows(workers: Summary['workers']): Row[] {
  return workers.map(
    (worker): Row => [
      `worker ${worker.id}`,
      formatCount(worker.connections),
      formatRate(worker.messagesPerSecond),
      formatDecimal((worker.response ?? worker.push)?.p50),
      formatDecimal((worker.response ?? worker.push)?.p99),
      formatDecimal(worker.cpuCores),
      formatCount(worker.rssMB),
      formatDecimal(worker.eventLoopP99Ms),
      formatDecimal(worker.gcMsPerSecond),
    ],
  );
}

/** Shows the processes between and before the workers, and what the server costs as a whole. */
export function serverLines({ brokers, balancers, target, phases }: Summary): string[] {
  const row = (
    name: string,
    part: { cpuCores: number | null; rssMB: number | null },
    rate: number | null,
  ): Row => [
    name,
    formatDecimal(part.cpuCores),
    formatCount(part.rssMB),
    rate === null ? '' : formatRate(rate),
  ];
  const rows = [
    ...balancers.map((part) => row(`balancer ${processName(part)}`, part, null)),
    ...brokers.map((part) => row(`broker ${processName(part)}`, part, part.messagesPerSecond)),
  ];
  if (target.cpuCores === null && rows.length === 0) return [];
  const micros = target.cpuMicrosPerMessage;
  return [
    ...alignColumns([['', 'cores', 'MB', 'messages/s'], ...rows, row('all processes', target, null)]),
    `${micros === null ? ABSENT : formatDecimal(micros)} µs CPU a message${growth(target, phases)}`,
  ];
}

/** Says how fast memory grew, and by how much at least and at most, of a run that is long enough to tell. */
function growth(
  { rssSlopeMBPerHour: slope, rssGrowthMB: total }: Summary['target'],
  phases: Summary['phases'],
): string {
  const seconds = phases.reduce((sum, { start, end, measured }) => sum + (measured ? end - start : 0), 0);
  if (slope === null || seconds < LEAST_SECONDS_OF_GROWTH) return '';
  const inAll =
    total === null ? '' : ` (${formatDecimal(total.low)} to ${formatDecimal(total.high)} MB in all)`;
  return `, memory ${slope < 0 ? 'falls' : 'grows'} by ${formatDecimal(Math.abs(slope))} MB an hour${inAll}`;
}

/** Shows what the measuring itself cost. */
export function generatorLines(summary: Summary): string[] {
  const { generator: load, host, latencyMs } = summary;
  const rows = load.processes.map(
    (part): Row => [
      generatorName(part.id),
      formatDecimal(part.cpuCores),
      formatCount(part.rssMB),
      part.id < 0 ? '' : formatCount(part.users),
      part.id < 0 ? '' : formatShare(part.loopUtilisation),
      part.id < 0 ? '' : formatDecimal(part.loopDelayMs?.p99),
    ],
  );
  const users = load.processes.reduce((sum, part) => sum + part.users, 0);
  const perCore = load.cpuMicrosPerMessage > 0 ? MICROS_PER_CORE / load.cpuMicrosPerMessage : null;
  return [
    ...alignColumns([
      ['', 'cores', 'MB', 'users', 'loop busy', 'loop delay p99 ms'],
      ...rows,
      ['all processes', formatDecimal(load.cpuCores), formatCount(load.rssMB), formatCount(users)],
    ]),
    `${formatDecimal(load.cpuMicrosPerMessage)} µs CPU a message (${formatCount(perCore)}/s on a core)${memoryOf(load)}`,
    `lateness p99 ${formatDecimal(latencyMs.lateness?.p99)} ms${fromSleeping(load)}, stolen by other machines ${host.stealPercent.toFixed(1)} %`,
    ...agentLines(summary),
    ...forecastLines(summary),
  ];
}

function memoryOf({ bytesPerUser }: Summary['generator']): string {
  return bytesPerUser === undefined ? '' : `, ${formatDecimal(bytesPerUser / BYTES_PER_KB)} KB a user`;
}

/** What of its lateness is there on any host. */
function fromSleeping({ resolutionMs }: Summary['generator']): string {
  return resolutionMs === undefined ? '' : ` (sleeping takes up to ${formatDecimal(resolutionMs)})`;
}

/** Shows the hosts that held users, how late they began and how well their clocks are known. */
function agentLines({ generator: { agents = [], startLateMs } }: Summary): string[] {
  if (agents.length === 0) return [];
  const head = [
    '',
    'users',
    'cores',
    'MB',
    'lateness p99 ms',
    'began late ms',
    'clock ahead ms',
    'clock ± ms',
  ];
  const rows = agents.map(
    (agent): Row => [
      `agent ${agent.id}`,
      formatCount(agent.users),
      formatDecimal(agent.cpuCores),
      formatCount(agent.rssMB),
      formatDecimal(agent.latenessP99Ms),
      formatDecimal(agent.startLateMs),
      formatDecimal(agent.clockOffsetMs),
      formatDecimal(agent.clockErrorMs),
    ],
  );
  const worst = Math.max(...agents.map(({ clockErrorMs }) => clockErrorMs));
  return [
    ...alignColumns([head, ...rows]),
    `start skew p99 ${formatDecimal(startLateMs?.p99)} ms, at most ${formatDecimal(startLateMs?.max)} ms, by clocks within ± ${formatDecimal(worst)} ms`,
  ];
}

/** What the doctor foretold, beside what it came to. */
function forecastLines({ forecast, generator, target }: Summary): string[] {
  if (forecast === undefined) return [];
  const beside = (
    name: string,
    foretold: NonNullable<Summary['forecast']>['generator'],
    taken: { cpuCores: number | null; rssMB: number | null },
  ): string[] => [
    name,
    `${formatRange(foretold.leastCpuCores ?? foretold.cpuCores, foretold.cpuCores)} cores, took ${formatDecimal(taken.cpuCores ?? undefined)}`,
    `${formatCount(foretold.rssMB)} MB, took ${formatCount(taken.rssMB)}`,
  ];
  const rows = [beside('foretold for the generator', forecast.generator, generator)];
  if (forecast.target !== null) rows.push(beside('foretold for the server', forecast.target, target));
  return alignColumns(rows);
}
