/** One second of a run as a block of lines: where it is, what flows, how fast, worker by worker, and what fails. */
import type { Header, Latency, RunEvent, Second, WorkerSecond } from '../../loadgen/results/index.ts';
import {
  formatClock,
  formatCount,
  formatDecimal,
  formatRate,
  ruleValue,
  runLength,
  totalOf,
} from '../figures/index.ts';
import { bar, type Look, type Piece } from './pieces.ts';
import type { SoFar } from './progress-line.ts';
import type { Standing } from './standing.ts';

/** What a block shows. */
export interface Moment {
  header: Header;
  second: Second;
  soFar: SoFar;
  standing: Standing;
  events: readonly RunEvent[];
}

/** Most workers, rules and events that have lines of their own. */
const MOST_WORKERS = 8;
const MOST_RULES = 4;
const MOST_EVENTS = 2;

/** Narrower terminals get no bars beside the words. */
const COLUMNS_FOR_BARS = 72;
const TIME_CELLS = 32;
const WORKER_CELLS = 12;

/** Makes the block of a moment. Lines are cut by whoever writes them. */
export function blockOf(moment: Moment, columns: number): Piece[][] {
  const { second, standing, events } = moment;
  return [
    timeLine(moment, columns),
    usersLine(moment),
    messagesLine(second),
    faultsLine(moment.soFar),
    ...timesLines(second),
    [
      name('cores'),
      `generator ${formatDecimal(second.generator.cpuCores)}, server ${formatDecimal(serverCores(second))}`,
    ],
    ...workerLines(second, columns),
    ...rulesLines(standing),
    ...events.slice(-MOST_EVENTS).map(eventLine),
  ];
}

function name(text: string): Piece {
  return ['dim', `  ${text.padEnd(10)} `];
}

function timeLine({ header, second, events }: Moment, columns: number): Piece[] {
  const elapsed = second.second + 1;
  const length = runLength(header, elapsed);
  const phase = header.phases.find(({ name: known }) => known === second.phase);
  const left = phase === undefined ? '' : `, ${formatClock(Math.max(0, phase.end - elapsed))} left`;
  const cells = columns < COLUMNS_FOR_BARS ? 0 : TIME_CELLS;
  return [
    ['bold', header.scenario],
    `  ${formatClock(elapsed)} / ${formatClock(length)}  `,
    ...timeBar({ cells, share: elapsed / length, marks: marksOf(header, events, length) }),
    cells === 0 ? '' : '  ',
    ['bold', second.phase],
    left,
  ];
}

/** Where faults are planned, and where something happened, as shares of the run. */
function marksOf(header: Header, events: readonly RunEvent[], length: number): number[] {
  const planned = (header.faults ?? []).map(({ second }) => second);
  return [...planned, ...events.map(({ second }) => second)].map((second) => second / length);
}

function timeBar(parts: { cells: number; share: number; marks: readonly number[] }): Piece[] {
  const { cells, share, marks } = parts;
  const done = Math.min(cells, Math.round(share * cells));
  const marked = new Set(marks.map((mark) => Math.min(cells - 1, Math.floor(mark * cells))));
  return Array.from({ length: cells }, (_, cell): Piece => {
    if (marked.has(cell)) return ['yellow', '▼'];
    return cell < done ? '█' : ['dim', '░'];
  });
}

function usersLine({ header, second }: Moment): Piece[] {
  const { users, failedSoFar, droppedSoFar } = second;
  return [
    name('users'),
    `${formatCount(users.open)} of ${formatCount(header.users)} open, `,
    count(totalOf(failedSoFar), 'failed'),
    ', ',
    count(totalOf(droppedSoFar), 'dropped'),
  ];
}

function messagesLine({ sent, answered, pushed }: Second): Piece[] {
  const flow =
    sent > 0 || pushed === 0 ? [`${formatRate(sent)}/s sent, ${formatRate(answered)}/s answered`] : [];
  if (pushed > 0) flow.push(`${formatRate(pushed)}/s delivered`);
  return [name('messages'), flow.join(', ')];
}

function faultsLine(soFar: SoFar): Piece[] {
  const { timedOut, lost, unsent, errors, misdelivered } = soFar;
  const line = [
    name('faults'),
    count(timedOut, 'timed out'),
    ', ',
    count(lost, 'lost'),
    ', ',
    count(unsent, 'never sent'),
  ];
  if (errors > 0) line.push(', ', count(errors, 'errors'));
  if (misdelivered > 0) line.push(', ', count(misdelivered, 'misdelivered'));
  return line;
}

/** A count that should be 0, in a colour when it is not. */
function count(value: number, what: string): Piece {
  const text = `${formatCount(value)} ${what}`;
  return value === 0 ? text : ['red', text];
}

function timesLines({ response, push, lateness }: Second): Piece[][] {
  const lines: Piece[][] = [];
  if (response !== undefined || push === undefined) lines.push(timesLine('response', response));
  if (push !== undefined) lines.push(timesLine('push', push));
  return [...lines, timesLine('lateness', lateness)];
}

function timesLine(what: string, times: Latency | undefined): Piece[] {
  const quantiles = (['p50', 'p90', 'p99', 'max'] as const).map(
    (which) => `${which} ${formatDecimal(times?.[which]).padStart(6)}`,
  );
  return [name(what), `${quantiles.join('  ')} ms`];
}

function serverCores({ probe }: Second): number | null {
  return probe === null || probe.processes.length === 0
    ? null
    : probe.processes.reduce((sum, { cpuCores }) => sum + cpuCores, 0);
}

function workerLines({ workers }: Second, columns: number): Piece[][] {
  const cells = columns < COLUMNS_FOR_BARS ? 0 : WORKER_CELLS;
  const most = {
    open: Math.max(1, ...workers.map(({ open }) => open)),
    flow: Math.max(1, ...workers.map(flowOf)),
  };
  const lines = workers.slice(0, MOST_WORKERS).map((worker): Piece[] => {
    const flow = flowOf(worker);
    const p99 = (worker.response ?? worker.push)?.p99;
    return [
      name(worker.worker === '-' ? 'target' : `worker ${worker.worker}`),
      ['cyan', bar(worker.open / most.open, cells)],
      `${formatCount(worker.open).padStart(7)} open  `,
      ['blue', bar(flow / most.flow, cells)],
      `${formatRate(flow).padStart(8)}/s  p99 ${formatDecimal(p99).padStart(6)} ms`,
    ];
  });
  const others = workers.length - lines.length;
  return others > 0 ? [...lines, [name(''), `and ${others} more`]] : lines;
}

function flowOf({ answered, pushed }: WorkerSecond): number {
  return answered + pushed;
}

function rulesLines({ failing, holding, pending }: Standing): Piece[][] {
  if (failing.length + holding.length + pending.length === 0) return [];
  const words: [number, string, Look][] = [
    [failing.length, failing.length === 1 ? 'fails now' : 'fail now', 'red'],
    [holding.length, holding.length === 1 ? 'holds' : 'hold', 'green'],
    [pending.length, 'not measured yet', 'dim'],
  ];
  const summary = words
    .filter(([number]) => number > 0)
    .flatMap(([number, what, look], at): Piece[] => [at === 0 ? '' : ', ', [look, `${number} ${what}`]]);
  const broken = failing
    .slice(0, MOST_RULES)
    .map((result): Piece[] => [name(''), ['red', `✗ ${result.rule}`], `  ${ruleValue(result)}`]);
  return [[name('rules'), ...summary], ...broken];
}

function eventLine({ second, text }: RunEvent): Piece[] {
  return [name('event'), ['yellow', `▼ ${formatClock(second)} `], text];
}
