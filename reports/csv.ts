/** The run as CSV, one row a second, for whoever goes on calculating. */
import { type Latency, type Run, type Second, TIMES } from '../loadgen/results/index.ts';
import { totalOf } from './figures/index.ts';

type Field = string | number | null | undefined;
type Column = readonly [name: string, of: (second: Second) => Field];

const COUNTERS = [
  'sent',
  'answered',
  'timedOut',
  'lost',
  'duplicated',
  'reordered',
  'errors',
  'unsent',
  'published',
  'pushed',
  'pushLost',
  'pushDuplicated',
  'pushReordered',
  'pushUnasked',
  'subscribed',
  'pushForeign',
] as const satisfies readonly (keyof Second)[];

const QUANTILES = ['p50', 'p90', 'p99', 'p999', 'max', 'mean'] as const satisfies readonly (keyof Latency)[];

const columns: readonly Column[] = [
  ['second', ({ second }) => second],
  ['seconds', ({ seconds = 1 }) => seconds],
  ['phase', ({ phase }) => phase],
  ['usersOpen', ({ users }) => users.open],
  ['usersFailed', ({ failedSoFar }) => totalOf(failedSoFar)],
  ['usersDropped', ({ droppedSoFar }) => totalOf(droppedSoFar)],
  ...COUNTERS.map((name): Column => [name, (second) => second[name]]),
  ...TIMES.flatMap((name) =>
    QUANTILES.map((quantile): Column => [`${name}.${quantile}Ms`, (second) => second[name]?.[quantile]]),
  ),
  ['targetCpuCores', ({ probe }) => probe && sum(probe.processes.map(({ cpuCores }) => cpuCores))],
  ['targetRssBytes', ({ probe }) => probe && sum(probe.processes.map(({ rssBytes }) => rssBytes))],
  ['generatorCpuCores', ({ generator }) => generator.cpuCores],
  ['generatorRssMB', ({ generator }) => generator.rssMB],
  ['hostBusyPercent', ({ probe }) => probe?.host.busyPercent],
  ['hostStealPercent', ({ probe }) => probe?.host.stealPercent],
];

/**
 * Formats a run: counts are of the second, except users that failed or were dropped, which are so far. A row that
 * stands for several seconds, as a long run has them in its page, counts what they had on average.
 */
export function formatCsv({ timeline }: Run): string {
  const rows = timeline.map((second) => columns.map(([, of]) => of(second)));
  return [columns.map(([name]) => name), ...rows].map((row) => `${row.map(quote).join(',')}\n`).join('');
}

/** Quotes a field that a reader of CSV would take apart. */
export function quote(field: Field): string {
  const text = String(field ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
