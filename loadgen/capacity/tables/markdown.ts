/** Fleets as GitHub Markdown. */
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

/** Rows of a table, unless told otherwise. */
const MOST_ROWS = 40;

/**
 * Formats the table, and the answer to how many hosts so many users need before it. The recommended row is bold, rows
 * that nothing betters have a star, and what is never recommended says why in its last column.
 */
export function formatFleetsMarkdown(report: FleetReport, { most = MOST_ROWS } = {}): string {
  const { table, needed } = report;
  const rows = chosen(table.rows, ({ unfit }) => unfit, most);
  const parts = [
    ...(needed === undefined ? [] : [`${answerOf(needed)}.`, neededTable(needed, most)]),
    tableOf(fleetColumns, rows, {
      markOf: (row) => (row === table.recommended ? '**recommended**' : row.isPareto ? '*' : ''),
      unfitOf: ({ unfit }) => unfit,
    }),
    hiddenOf(table.rows.length - rows.length),
    sentencesBelow(report)
      .map((sentence) => `- ${escapeText(sentence)}`)
      .join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function neededTable({ fleets, recommended }: NonNullable<FleetReport['needed']>, most: number): string {
  const rows = chosen(fleets, ({ row }) => row.unfit, most);
  const lines = tableOf(neededColumns, rows, {
    markOf: (fleet) => (fleet === recommended ? '**recommended**' : ''),
    unfitOf: ({ row }) => row.unfit,
  });
  return [lines, hiddenOf(fleets.length - rows.length)].filter((part) => part !== '').join('\n\n');
}

function tableOf<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { markOf, unfitOf }: { markOf: (row: Row) => string; unfitOf: (row: Row) => string | undefined },
): string {
  if (rows.length === 0) return '';
  const names = ['', ...columns.map(([name]) => name), 'remark'];
  const lines = rows.map((row) => {
    const unfit = unfitOf(row);
    const remark = unfit === undefined ? '' : `never recommended: ${unfit}`;
    return [escapeMark(markOf(row)), ...[...columns.map(([, of]) => of(row)), remark].map(escapeText)];
  });
  const ruler = names.map((name) => (textColumns.includes(name) ? '---' : '---:'));
  return [names, ruler, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A star alone would begin emphasis. */
function escapeMark(mark: string): string {
  return mark === '*' ? '\\*' : mark;
}

function escapeText(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]|~]/g, '\\$&').replaceAll('<', '&lt;');
}
