/** Fleets as comma-separated text, one row each, for whoever goes on calculating. */
import type { FleetTable, RankedRow } from '../fleet/index.ts';
import { roundRaw } from './figures.ts';

type Field = string | number | boolean | undefined;
type FieldColumn = readonly [name: string, of: (row: RankedRow, table: FleetTable) => Field];

const columns: readonly FieldColumn[] = [
  ['type', ({ type }) => type],
  ['hosts', ({ nodes }) => nodes],
  ['workers', ({ workers }) => workers],
  ['usersLower', ({ users }) => users.lower],
  ['users', ({ users }) => users.median],
  ['usersUpper', ({ users }) => users.upper],
  ['capacityUsers', ({ capacity }) => capacity.median],
  ['messagesInPerSecond', ({ messages }) => messages.in],
  ['messagesOutPerSecond', ({ messages }) => messages.out],
  ['binding', ({ binding }) => binding],
  ['runnerUp', ({ runnerUp }) => runnerUp],
  ['headroom', ({ headroom }) => headroom],
  ['survivesHosts', ({ survives }) => survives],
  ['dollarsPerMonth', ({ monthly }) => monthly],
  ['dollarsPerMillionLower', ({ perMillion }) => perMillion.lower],
  ['dollarsPerMillion', ({ perMillion }) => perMillion.median],
  ['dollarsPerMillionUpper', ({ perMillion }) => perMillion.upper],
  ['tier', ({ tier }) => tier],
  ['grade', ({ grade }) => grade],
  ['pareto', ({ isPareto }) => isPareto],
  ['recommended', (row, { recommended }) => row === recommended],
  ['unfit', ({ unfit }) => unfit],
];

/** Formats all rows of a table; shares are of 1, intervals of 90 %. */
export function formatFleetsCsv(table: FleetTable): string {
  const rows = table.rows.map((row) => columns.map(([, of]) => write(of(row, table))));
  return [columns.map(([name]) => name), ...rows].map((cells) => `${cells.join(',')}\n`).join('');
}

function write(field: Field): string {
  const text = typeof field === 'number' ? String(roundRaw(field)) : String(field ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
