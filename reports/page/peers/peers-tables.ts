/** The tables of a comparison's page. Every figure keeps its exact value and an address by which it can be found. */
import type { PeerComparison, PeerRow } from '../../../loadgen/results/index.ts';
import { ABSENT } from '../../figures/index.ts';
import { writeCell, writeFigure, writeRatio, writeTarget, writeTitle } from '../../peers/words/index.ts';
import type { Insert } from '../html.ts';
import { type Cell, type Column, columnTable } from '../table.ts';

/** A figure that is there. */
type Known = Extract<PeerRow['cells'][number], { median: number }>;

/** The first subject's figure, and its ratio to that of each other one, with what they are wanted to be. */
export function ratioTable({ rows, subjects }: PeerComparison): Insert {
  const [first = '', ...others] = subjects.map(({ name }) => name);
  const columns: Column<PeerRow>[] = [
    ['figure', '', writeTitle],
    [first, '', (row) => withTarget(row, 0, ({ median }) => [writeFigure(median), median])],
    ...others.map((name, index): Column<PeerRow> => {
      const place = index + 1;
      return [
        `${first} / ${name}`,
        `cells.${place}.ratio.value`,
        (row) =>
          withTarget(row, place, ({ ratio }) => (ratio ? [writeRatio(ratio), ratio.value] : undefined)),
      ];
    }),
  ];
  const isWanted = (cell: PeerRow['cells'][number]): boolean => 'target' in cell;
  const compared = rows.filter(({ better, cells }) => better !== 'neither' || cells.some(isWanted));
  return columnTable('ratio', { caption: 'Ratios', columns, rows: compared, idOf });
}

/** All figures. */
export function figureTable({ rows, subjects }: PeerComparison): Insert {
  const columns: Column<PeerRow>[] = [
    ['figure', '', writeTitle],
    ...subjects.map(
      ({ name }, place): Column<PeerRow> => [name, `cells.${place}.median`, (row) => figure(row, place)],
    ),
  ];
  return columnTable('row', { caption: 'Figures', columns, rows, idOf });
}

/** What is measured of our own server alone. */
export function ownTable({ ownRows }: PeerComparison): Insert {
  return columnTable('own', {
    caption: 'Our own processes',
    columns: [
      ['figure', '', writeTitle],
      ['median', 'cells.0.median', (row) => figure(row, 0)],
      ['rounds', '', roundsOf, 'word'],
    ],
    rows: ownRows,
    idOf,
  });
}

function idOf({ measure, key }: PeerRow): string {
  return `${measure}/${key}`;
}

function roundsOf({ cells: [cell] }: PeerRow): string {
  return cell !== undefined && 'rounds' in cell ? cell.rounds.map(writeFigure).join(', ') : ABSENT;
}

function figure({ cells }: PeerRow, place: number): Cell {
  const cell = cells[place];
  return {
    text: writeCell(cell),
    value: cell !== undefined && 'median' in cell ? cell.median : null,
  };
}

/** A figure or a ratio, and behind it what it is wanted to be. */
function withTarget(
  { cells }: PeerRow,
  place: number,
  write: (cell: Known) => [text: string, value: number] | undefined,
): Cell {
  const cell = cells[place];
  const written = cell !== undefined && 'median' in cell ? write(cell) : undefined;
  if (cell === undefined || !('median' in cell) || written === undefined)
    return { text: ABSENT, value: null };
  const [text, value] = written;
  return { text: cell.target === undefined ? text : `${text} ${writeTarget(cell.target)}`, value };
}
