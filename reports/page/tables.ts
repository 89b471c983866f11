/** The page's tables, filled from a run. */
import { generatorName, processName, type Run, type Summary } from '../../loadgen/results/index.ts';
import {
  ABSENT,
  comparedPhases,
  errorsOf,
  formatClock,
  formatCount,
  formatDecimal,
  formatRate,
  formatShare,
  measuredName,
  namedTimes,
  phaseFlow,
  totalOf,
} from '../figures/index.ts';
import type { Insert } from './html.ts';
import { type Cell, cell, dataTable } from './table.ts';

/** What the columns of the workers hold that a stretch of the run has too. */
const WORKER_FIGURES = [
  '',
  'connections',
  'peakConnections',
  'messagesPerSecond',
  'p50',
  'p99',
  'cpuCores',
  'rssMB',
  'eventLoopP99Ms',
  'gcMsPerSecond',
];

/** Shows the three times of every message, and what else was timed. */
export function latencyTable(summary: Summary): Insert {
  const names = namedTimes(summary).map(({ name }) => name);
  return dataTable({
    caption: 'Percentiles, ms,',
    span: `in ${measuredName(summary)}; connect, arrival and recovery in the whole run`,
    keys: { group: 'time', rows: names, figures: ['', 'mean', 'p50', 'p90', 'p99', 'p999', 'max'] },
    head: ['time', 'mean', 'p50', 'p90', 'p99', 'p99.9', 'max', 'measured from'],
    words: [0, 7],
    rows: namedTimes(summary).map(({ name, meaning, quantiles }): Cell[] => {
      const { mean, p50, p90, p99, p999, max } = quantiles;
      return [name, ...[mean, p50, p90, p99, p999, max].map((value) => cell(value, formatDecimal)), meaning];
    }),
  });
}

/** Shows the measured phases side by side; nothing when there is only one. */
export function phaseTable(summary: Summary): Insert {
  return dataTable({
    caption: 'Measured phases',
    head: [
      'phase',
      'from',
      'seconds',
      'users',
      'messages/s',
      'of plan',
      'p50 ms',
      'p99 ms',
      'lost',
      'errors',
      'failed',
      'dropped',
      'cores',
    ],
    rows: comparedPhases(summary).map((phase): Cell[] => {
      const { perSecond, ofPlan, p50, p99, lost } = phaseFlow(phase);
      return [
        phase.id,
        { text: formatClock(phase.start), value: phase.start },
        cell(phase.end - phase.start, formatCount),
        cell(phase.users.peak, formatCount),
        cell(perSecond, formatRate),
        cell(ofPlan, formatShare),
        cell(p50, formatDecimal),
        cell(p99, formatDecimal),
        cell(lost, formatCount),
        cell(phase.messages.errors, formatCount),
        cell(totalOf(phase.users.failed), formatCount),
        cell(totalOf(phase.users.dropped), formatCount),
        cell(phase.target.cpuCores, formatDecimal),
      ];
    }),
  });
}

/** Shows each worker's load, latency and cost. */
export function workerTable(summary: Summary): Insert {
  return dataTable({
    caption: 'Workers',
    span: `in ${measuredName(summary)}`,
    keys: { group: 'worker', rows: summary.workers.map(({ id }) => id), figures: WORKER_FIGURES },
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
    rows: summary.workers.map((worker) => [
      worker.id === '-' ? 'target' : worker.id,
      cell(worker.connections, formatCount),
      cell(worker.peakConnections, formatCount),
      cell(worker.messagesPerSecond, formatRate),
      cell((worker.response ?? worker.push)?.p50, formatDecimal),
      cell((worker.response ?? worker.push)?.p99, formatDecimal),
      cell(worker.cpuCores, formatDecimal),
      cell(worker.rssMB, formatCount),
      cell(worker.eventLoopP99Ms, formatDecimal),
      cell(worker.gcMsPerSecond, formatDecimal),
      cell(worker.pid, plainNumber),
    ]),
  });
}

/** Shows the processes between and before the workers, and what the server costs as a whole. */
export function brokerTable(summary: Summary): Insert {
  const { brokers, balancers, target } = summary;
  const row = (name: string, part: Summary['brokers'][number], rate: Cell): Cell[] => [
    `${name} ${processName(part)}`,
    rate,
    cell(part.cpuCores, formatDecimal),
    cell(part.rssMB, formatCount),
    cell(part.pid, plainNumber),
  ];
  const rows = [
    ...balancers.map((part) => row('balancer', part, '')), // messages pass them by
    ...brokers.map((part) => row('broker', part, cell(part.messagesPerSecond, formatRate))),
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
    caption: 'Server',
    span: `in ${measuredName(summary)}`,
    keys: {
      group: 'process',
      rows: [
        ...balancers.map((part) => `balancer ${processName(part)}`),
        ...brokers.map((part) => `broker ${processName(part)}`),
      ],
      figures: ['', 'messagesPerSecond', 'cpuCores', 'rssMB'],
    },
    head: ['process', 'messages/s', 'cores', 'MB', 'pid'],
    rows,
    foot: [all],
  });
}

/** Shows what the measuring itself costs. */
export function generatorTable(summary: Summary): Insert {
  const { generator } = summary;
  const rows = generator.processes.map((part): Cell[] => {
    const hasUsers = part.id >= 0;
    return [
      generatorName(part.id),
      hasUsers ? cell(part.users, formatCount) : '',
      cell(part.cpuCores, formatDecimal),
      cell(part.rssMB, formatCount),
      hasUsers ? cell(part.loopUtilisation, formatShare) : ABSENT,
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
    caption: 'Generator',
    span: `in ${measuredName(summary)}`,
    keys: {
      group: 'load',
      rows: generator.processes.map(({ id }) => String(id)),
      figures: ['', 'users', 'cpuCores', 'rssMB', 'loopUtilisation'],
    },
    head: ['process', 'users', 'cores', 'MB', 'loop busy', 'pid'],
    rows,
    foot: [all],
  });
}

/** Counts what went wrong, by cause; nothing when nothing did. */
export function errorTable(summary: Summary): Insert {
  const errors = errorsOf(summary);
  return dataTable({
    caption: 'Errors by cause',
    span: 'in the whole run',
    keys: {
      group: 'error',
      rows: errors.map(({ kind, cause }) => `${kind}/${cause}`),
      figures: ['', '', 'count'],
    },
    head: ['what', 'cause', 'count'],
    words: [0, 1],
    rows: errors.map(({ what, words, count }): Cell[] => [what, words, cell(count, formatCount)]),
  });
}

/** Lists what happened, by the numbers under which the charts mark it. */
export function eventTable({ events }: Run): Insert {
  return dataTable({
    keys: { group: 'event' },
    caption: 'Events, numbered ▾ in the charts; ▾ on a solid line is a fault of the scenario',
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
