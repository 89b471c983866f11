/** The tables of a comparison's page. Every figure keeps its exact value and an address by which it can be found. */
import type { PeerComparison, PeerRow } from '../../../loadgen/results/index.ts';
import { ABSENT } from '../../figures/index.ts';
import { writeCell, writeFigure, writeRatio, writeTarget, writeTitle } from '../../peers/words/index.ts';
import type { Insert } from '../html.ts';
import { type Cell, type Column, columnTable } from '../table.ts';

/** A figure that is there. */
type Known = Extract<PeerRow['cells'][number], { median: number }>;

/** All figures: that of the first subject, then of each other one figure, ratio and target. */
export function ratioTable({ rows, subjects }: PeerComparison): Insert {
  const [first, ...others] = subjects.map(({ name }) => name);
  const columns: Column<PeerRow>[] = [
    ['figure', '', writeTitle],
    [first ?? '', 'cells.0.median', (row) => figure(row, 0)],
    ['wanted', '', (row) => known(row, 0, target), 'word'],
    ...others.flatMap((name, index): Column<PeerRow>[] => {
      const place = index + 1;
      return [
        [name, `cells.${place}.median`, (row) => figure(row, place)],
        [`${first} / ${name}`, `cells.${place}.ratio.value`, (row) => known(row, place, ratio)],
        ['wanted', '', (row) => known(row, place, target), 'word'],
      ];
    }),
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
      ['rounds', '', (row) => known(row, 0, ({ rounds }) => rounds.map(writeFigure).join(', ')), 'word'],
    ],
    rows: ownRows,
    idOf,
  });
}

function idOf({ measure, key }: PeerRow): string {
  return `${measure}/${key}`;
}

function figure({ cells }: PeerRow, place: number): Cell {
  const cell = cells[place];
  return {
    text: writeCell(cell),
    value: cell !== undefined && 'median' in cell ? cell.median : null,
  };
}

function known({ cells }: PeerRow, place: number, write: (cell: Known) => Cell): Cell {
  const cell = cells[place];
  return cell !== undefined && 'median' in cell ? write(cell) : ABSENT;
}

function ratio({ ratio: found }: Known): Cell {
  return found === undefined
    ? { text: ABSENT, value: null }
    : { text: writeRatio(found), value: found.value };
}

function target({ target: found }: Known): Cell {
  return found === undefined ? '' : writeTarget(found);
}
