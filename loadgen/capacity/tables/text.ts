/** Fleets for a terminal. */
import {
  answerOf,
  type Column,
  chosen,
  type FleetReport,
  fleetColumns,
  hiddenOf,
  neededColumns,
  sentencesBelow,
  textColumns,
} from './report.ts';

/** Rows that a screen has room for. */
const MOST_ROWS = 20;

/** Columns that a terminal leaves to wider media. */
const LEFT_OUT = ['messages/s in / out', 'headroom'];

/** Signs before a row. */
const RECOMMENDED = '>';
const PARETO = '*';
const UNFIT = 'x';

/** Formats the table as lines of text, and the answer to how many hosts so many users need before it. */
export function formatFleetsText(report: FleetReport, { most = MOST_ROWS } = {}): string {
  const { table, needed } = report;
  const rows = chosen(table.rows, ({ unfit }) => unfit, most);
  const parts = [
    ...(needed === undefined ? [] : [`${answerOf(needed)}.`, neededTable(needed, most)]),
    tableOf(fleetColumns, rows, (row) => {
      if (row === table.recommended) return RECOMMENDED;
      return row.unfit === undefined ? (row.isPareto ? PARETO : '') : UNFIT;
    }),
    hiddenOf(table.rows.length - rows.length),
    rows.length > 0
      ? `${RECOMMENDED} recommended   ${PARETO} nothing carries more for less   ${UNFIT} never recommended`
      : '',
    sentencesBelow(report).join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function neededTable({ fleets, recommended }: NonNullable<FleetReport['needed']>, most: number): string {
  const rows = chosen(fleets, ({ row }) => row.unfit, most);
  return tableOf(neededColumns, rows, (fleet) => {
    if (fleet === recommended) return RECOMMENDED;
    return fleet.row.unfit === undefined ? '' : UNFIT;
  });
}

function tableOf<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  markOf: (row: Row) => string,
): string {
  if (rows.length === 0) return '';
  const shown = columns.filter(([name]) => !LEFT_OUT.includes(name));
  const names = ['', ...shown.map(([name]) => name)];
  const lines = [names, ...rows.map((row) => [markOf(row), ...shown.map(([, of]) => of(row))])];
  const widths = names.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return textColumns.includes(names[column] ?? '') ? cell.padEnd(width) : cell.padStart(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
