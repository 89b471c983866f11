/** A comparison as text for a terminal. Pure. */
import type { Ratio } from './ratio.ts';
import type { Cell, Comparison, Row } from './results.ts';

const GAP = '  ';
/** In place of a figure that a subject has not. */
const NONE = '-';

/** Formats a comparison: one line a figure, after the first subject a figure and a ratio for each other one. */
export function formatComparison(comparison: Comparison): string {
  const { subjects, missing, rows, ownRows, rounds, sockets, isComplete } = comparison;
  const [first = { name: '' }, ...others] = subjects;
  const head = ['', '', first.name, ...others.flatMap(({ name }) => [name, `${first.name} / ${name}`])];
  const own = ownRows.length === 0 ? [] : ['', ...align(ownRows.map(formatRow))];
  const setups = subjects.map(({ name, setup }) => `${name}: ${setup}`);
  const leftOut = missing.map(({ name, reason }) => `${name} is left out: ${reason}`);
  const note = `Medians of ${rounds} rounds, ${sockets} idle sockets; ratios with the interval of 95 in 100.`;
  const end = isComplete ? [] : ['Interrupted: figures that were not measured to the end are missing.'];
  return `${[...align([head, ...rows.map(formatRow)]), ...own, '', ...setups, ...leftOut, note, ...end].join('\n')}\n`;
}

function formatRow({ title, unit, cells }: Row): string[] {
  return [title, unit, ...cells.flatMap(formatCell)];
}

function formatCell({ median, ratio }: Cell): string[] {
  return ratio === undefined ? [formatFigure(median)] : [formatFigure(median), formatRatio(ratio)];
}

function formatFigure(value: number): string {
  if (Number.isNaN(value)) return NONE;
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}

function formatRatio({ value, low, high }: Ratio): string {
  if (Number.isNaN(value)) return NONE;
  return `${value.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}

/** Makes columns: titles and units to the left, figures to the right. */
function align(lines: string[][]): string[] {
  const columns = Math.max(...lines.map((line) => line.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines.map((line) =>
    line
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join(GAP)
      .trimEnd(),
  );
}
