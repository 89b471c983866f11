/** The page's tables, filled from a run. */
import { COORDINATOR_ID, type Run, type Summary } from '../../loadgen/results/index.ts';
import {
  ABSENT,
  formatClock,
  formatCount,
  formatDecimal,
  formatRate,
  formatShare,
  namedTimes,
} from '../figures/index.ts';
import type { Insert } from './html.ts';
import { type Cell, cell, dataTable } from './table.ts';

/** Shows the three times of every message, and what else was timed. */
export function latencyTable(summary: Summary): Insert {
  return dataTable({
    caption: 'Percentiles in the steady phase, ms',
    head: ['time', 'mean', 'p50', 'p90', 'p99', 'p99.9', 'max', 'measured from'],
    words: [0, 7],
    rows: namedTimes(summary).map(({ name, meaning, quantiles }): Cell[] => {
      const { mean, p50, p90, p99, p999, max } = quantiles;
      return [name, ...[mean, p50, p90, p99, p999, max].map((value) => cell(value, formatDecimal)), meaning];
    }),
  });
}

/** Shows each worker's load, latency and cost. */
export function workerTable({ workers }: Summary): Insert {
  return dataTable({
    caption: 'Workers in the steady phase',
    head: [
      'worker',
      'connections',
      'peak',
      'messages/s',
      'p50 ms',
      'p99 ms',
      'cores',
      'MB',
      'loop p99 ms',
      'GC ms/s',
      'pid',
    ],
    rows: workers.map((worker) => [
      worker.id === '-' ? 'target' : worker.id,
      cell(worker.connections, formatCount),
      cell(worker.peakConnections, formatCount),
      cell(worker.messagesPerSecond, formatRate),
      cell(worker.response.p50, formatDecimal),
      cell(worker.response.p99, formatDecimal),
      cell(worker.cpuCores, formatDecimal),
      cell(worker.rssMB, formatCount),
      cell(worker.eventLoopP99Ms, formatDecimal),
      cell(worker.gcMsPerSecond, formatDecimal),
      cell(worker.pid, plainNumber),
    ]),
  });
}

/** Shows the processes between and before the workers, and what the server costs as a whole. */
export function brokerTable({ brokers, balancers, target }: Summary): Insert {
  const row = (name: string, part: Summary['brokers'][number]): Cell[] => [
    `${name} ${part.id}`,
    cell(part.messagesPerSecond, formatRate),
    cell(part.cpuCores, formatDecimal),
    cell(part.rssMB, formatCount),
    cell(part.pid, plainNumber),
  ];
  const rows = [
    ...balancers.map((part) => row('balancer', part)),
    ...brokers.map((part) => row('broker', part)),
  ];
  if (rows.length === 0) return false;
  const all = [
    'all server processes',
    '',
    cell(target.cpuCores, formatDecimal),
    cell(target.rssMB, formatCount),
    '',
  ];
  return dataTable({
    caption: 'Server in the steady phase',
    head: ['process', 'messages/s', 'cores', 'MB', 'pid'],
    rows,
    foot: [all],
  });
}

/** Shows what the measuring itself costs. */
export function generatorTable({ generator }: Summary): Insert {
  const rows = generator.processes.map((part): Cell[] => {
    const isCoordinator = part.id === COORDINATOR_ID;
    return [
      isCoordinator ? 'coordinator' : `load process ${part.id}`,
      isCoordinator ? '' : cell(part.users, formatCount),
      cell(part.cpuCores, formatDecimal),
      cell(part.rssMB, formatCount),
      isCoordinator ? ABSENT : cell(part.loopUtilisation, formatShare),
      cell(part.pid, plainNumber),
    ];
  });
  const all = [
    'all of them',
    '',
    cell(generator.cpuCores, formatDecimal),
    cell(generator.rssMB, formatCount),
    '',
    '',
  ];
  return dataTable({
    caption: 'Generator in the steady phase',
    head: ['process', 'users', 'cores', 'MB', 'loop busy', 'pid'],
    rows,
    foot: [all],
  });
}

/** Lists what happened, by the numbers under which the charts mark it. */
export function eventTable({ events }: Run): Insert {
  return dataTable({
    caption: 'Events, numbered ▾ in the charts',
    head: ['number', 'time', 'kind', 'what happened'],
    words: [0, 2, 3],
    rows: events.map(({ second, kind, text }, index) => [
      String(index + 1),
      { text: formatClock(second), value: second },
      kind.replace('-', ' '),
      text,
    ]),
  });
}

function plainNumber(value: number | null | undefined): string {
  return value === null || value === undefined ? ABSENT : String(value);
}
