/** The tables of fleets: all of them, and the smallest for so many users. */
import { formatCount } from '../../figures/index.ts';
import {
  chosenRows,
  type PlanFleet,
  type PlanFleets,
  type PlanNeeded,
  type PlanRow,
  standingOf,
  tierBases,
  writeDollars,
  writeEstimated,
  writePercent,
  writeStanding,
  writeTier,
} from '../../plan/document/index.ts';
import type { Insert } from '../html.ts';
import { type Column, columnTable } from '../table.ts';
import { figureCell } from './search-tables.ts';

/** Rows that a page has room for; the CSV file has all. */
const MOST_ROWS = 120;

/** A row and its place in the plan. */
interface Placed<Row> {
  readonly row: Row;
  readonly index: number;
}

/** Columns of a fleet, whose figures lie at `path`. */
function fleetColumns<Row>(path: string, rowOf: (row: Row) => PlanRow): Column<Placed<Row>>[] {
  const figure = (
    title: string,
    name: string,
    of: (row: PlanRow) => number,
    write: (value: number | null | undefined) => string,
  ): Column<Placed<Row>> => [title, `${path}${name}`, ({ row }) => figureCell(of(rowOf(row)), write)];
  const word = (title: string, of: (row: PlanRow) => string): Column<Placed<Row>> => [
    title,
    '',
    ({ row }) => of(rowOf(row)),
    'word',
  ];
  return [
    figure('hosts', 'nodes', ({ nodes }) => nodes, formatCount),
    figure('workers', 'workers', ({ workers }) => workers, formatCount),
    figure('users', 'users.median', ({ users }) => users.median, writeEstimated),
    figure('90 % from', 'users.lower', ({ users }) => users.lower, writeEstimated),
    figure('to', 'users.upper', ({ users }) => users.upper, writeEstimated),
    figure('$/month', 'monthly', ({ monthly }) => monthly, writeDollars),
    figure('$/million users', 'perMillion.median', ({ perMillion }) => perMillion.median, writeDollars),
    figure('90 % from', 'perMillion.lower', ({ perMillion }) => perMillion.lower, writeDollars),
    figure('to', 'perMillion.upper', ({ perMillion }) => perMillion.upper, writeDollars),
    figure('headroom', 'headroom', ({ headroom }) => headroom, writePercent),
    figure('hosts it may lose', 'survives', ({ survives }) => survives, formatCount),
    word('binds first', ({ binding }) => binding),
    word('next', ({ runnerUp }) => runnerUp ?? '–'),
    figure('messages/s in', 'messages.in', ({ messages }) => messages.in, writeEstimated),
    figure('out', 'messages.out', ({ messages }) => messages.out, writeEstimated),
    word('tier', writeTier),
  ];
}

/** Every fleet there is room for, the fewest dollars for a million users first. */
export function fleetTable({ rows }: Pick<PlanFleets, 'rows'>): Insert {
  const columns: readonly Column<Placed<PlanFleet>>[] = [
    ['type', '', ({ row }) => row.type],
    ['mark', '', ({ row }) => writeStanding(standingOf(row)), 'word'],
    ...fleetColumns<PlanFleet>('', (row) => row),
    ['why never', '', ({ row }) => row.unfit ?? '', 'word'],
  ];
  return columnTable('fleet', {
    caption: 'Fleets, the fewest dollars a month for a million users first',
    columns,
    rows: shown(rows, ({ unfit }) => unfit),
    idOf: ({ index }) => String(index),
    kindOf: ({ row }) => standingOf(row),
  });
}

/** Says how many fleets the table leaves out; false for none. */
export function hiddenSentence({ rows }: Pick<PlanFleets, 'rows'>): string | false {
  return rows.length > MOST_ROWS && `plan.csv has ${formatCount(rows.length - MOST_ROWS)} more fleets.`;
}

type NeededFleet = PlanNeeded['fleets'][number];

/** The smallest fleet of each type for so many users, the cheapest first. */
export function neededTable({ users, fleets }: PlanNeeded): Insert {
  const standing = ({ row, isRecommended }: NeededFleet) => standingOf({ unfit: row.unfit, isRecommended });
  const columns: readonly Column<Placed<NeededFleet>>[] = [
    ['type', '', ({ row }) => row.row.type],
    ['mark', '', ({ row }) => writeStanding(standing(row)), 'word'],
    ['chance to be enough', 'chance', ({ row }) => figureCell(row.chance, writePercent)],
    ...fleetColumns<NeededFleet>('row.', ({ row }) => row),
    ['why never', '', ({ row }) => row.row.unfit ?? '', 'word'],
  ];
  return columnTable('needed', {
    caption: `The smallest fleets for ${writeEstimated(users)} users, by price`,
    columns,
    rows: shown(fleets, ({ row }) => row.unfit),
    idOf: ({ index }) => String(index),
    kindOf: ({ row }) => standing(row),
  });
}

/** What the tiers rest on, as a sentence: those that are in the table. */
export function tierSentence(rows: readonly Pick<PlanRow, 'tier'>[]): string {
  const used = Object.entries(tierBases).filter(([tier]) => rows.some((row) => row.tier === tier));
  return used.map(([tier, basis]) => `${tier}: ${basis}`).join('; ');
}

function shown<Row>(rows: readonly Row[], unfitOf: (row: Row) => string | undefined): Placed<Row>[] {
  const placed = rows.map((row, index) => ({ row, index }));
  return chosenRows(placed, { most: MOST_ROWS, unfitOf: ({ row }) => unfitOf(row) });
}
