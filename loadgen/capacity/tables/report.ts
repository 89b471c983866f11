/** What tables are made of, and what each of their columns says. */
import type { FleetTable, Needed, NeededFleet, RankedRow } from '../fleet/index.ts';
import type { Snapshot } from '../instances/index.ts';
import { writeDollars, writeEstimated, writeInterval, writeShare, writeThings } from './figures.ts';

/** Everything that is told about fleets. */
export interface FleetReport {
  readonly table: FleetTable;
  /** The answer to how many hosts so many users need; absent when nobody asked. */
  readonly needed?: Needed;
  /** Where prices are from. */
  readonly prices: Pick<Snapshot, 'date' | 'source'>;
}

/** A column: its name, and what it says of a row. */
export type Column<Row> = readonly [name: string, of: (row: Row) => string];

/** Columns about a fleet, of a terminal and of Markdown alike. */
export const fleetColumns: readonly Column<RankedRow>[] = [
  ['type', ({ type }) => type],
  ['hosts', ({ nodes }) => String(nodes)],
  ['workers', ({ workers }) => String(workers)],
  ['users (90 % interval)', ({ users }) => writeInterval(users)],
  [
    'messages/s in / out',
    ({ messages }) => `${writeEstimated(messages.in)} / ${writeEstimated(messages.out)}`,
  ],
  ['binds first, next', writeBinding],
  ['headroom', ({ headroom }) => writeShare(headroom)],
  ['survives loss of', ({ survives }) => writeThings(survives, 'host')],
  ['$/month', ({ monthly }) => writeDollars(monthly)],
  ['$/million users and month', ({ perMillion }) => writeInterval(perMillion)],
  ['tier', ({ tier, grade }) => (grade === 'interpolation' ? tier : `${tier}, ${grade}`)],
];

/** Columns about a fleet that is large enough. */
export const neededColumns: readonly Column<NeededFleet>[] = [
  ['type', ({ row }) => row.type],
  ['hosts', ({ row }) => String(row.nodes)],
  ['workers', ({ row }) => String(row.workers)],
  ['chance to be enough', ({ chance }) => writeShare(chance)],
  ['users (90 % interval)', ({ row }) => writeInterval(row.users)],
  ['binds first, next', ({ row }) => writeBinding(row)],
  ['survives loss of', ({ row }) => writeThings(row.survives, 'host')],
  ['$/month', ({ row }) => writeDollars(row.monthly)],
  ['tier', ({ row }) => (row.grade === 'interpolation' ? row.tier : `${row.tier}, ${row.grade}`)],
];

/** Columns of text; all others are figures, flush right. */
export const textColumns = ['', 'type', 'binds first, next', 'tier', 'remark'];

/**
 * Chooses the rows that people are shown, in the order they come in: as many as there is room for, those that may be
 * bought before those that may not.
 */
export function chosen<Row>(
  rows: readonly Row[],
  unfitOf: (row: Row) => string | undefined,
  most: number,
): Row[] {
  const fit = rows.filter((row) => unfitOf(row) === undefined);
  const unfit = rows.filter((row) => unfitOf(row) !== undefined);
  const kept = new Set([...fit, ...unfit].slice(0, most));
  return rows.filter((row) => kept.has(row));
}

/** The sentence about rows that are not shown; empty when all are. */
export function hiddenOf(count: number): string {
  return count > 0 ? `The CSV has ${writeThings(count, 'more row')}.` : '';
}

/** The sentence that answers how many hosts so many users need. */
export function answerOf({ users, chance, recommended }: Needed): string {
  const wanted = `${writeEstimated(users)} users`;
  if (recommended === undefined) {
    return `No fleet may be recommended for ${wanted}: none of the types that are known well enough carries so many`;
  }
  const { row, chance: reached } = recommended;
  const kept = row.survives > 0 ? `, the loss of ${writeThings(row.survives, 'host')} survived` : '';
  return (
    `${wanted} take ${writeThings(row.nodes, 'host')} of ${row.type} at ${writeDollars(row.monthly)} a month: ` +
    `enough with a chance of ${writeShare(reached)}, wanted ${writeShare(chance)}${kept}`
  );
}

/** The sentences that stand below a table. */
export function sentencesBelow({ table, needed, prices }: FleetReport): string[] {
  const { notes, leftOut, next } = table;
  return [
    `Prices of ${prices.date}, ${prices.source}; a month of 730 hours.`,
    ...notes.map((note) => `${note}.`),
    ...[...new Set([...leftOut, ...(needed?.leftOut ?? [])])].map((sentence) => `${sentence}.`),
    ...(next === undefined ? [] : [`What to measure next: ${next.sentence}.`]),
  ];
}

function writeBinding({ binding, runnerUp }: Pick<RankedRow, 'binding' | 'runnerUp'>): string {
  return runnerUp === undefined ? binding : `${binding}, ${runnerUp}`;
}
