/** A comparison as text for a terminal. Pure. */
import type { PeerComparison, PeerRow } from '../../loadgen/results/index.ts';
import { alignColumns } from '../figures/index.ts';
import {
  notesOf,
  readingSentence,
  targetSentence,
  writeCell,
  writeRatio,
  writeTarget,
  writeTitle,
} from './words/index.ts';

/** Formats a comparison: a line a subject under the name of each figure, with its ratio and what that is wanted to be. */
export function formatPeers(comparison: PeerComparison): string {
  const { subjects, rows, ownRows } = comparison;
  const names = subjects.map(({ name }) => name);
  const lines = alignColumns(rows.flatMap((row) => subjectLines(row, names)));
  const figures = rows.flatMap((row, index) => [
    writeTitle(row),
    ...lines.slice(index * names.length, (index + 1) * names.length).map((line) => `  ${line}`),
  ]);
  const own = alignColumns(ownRows.map((row) => [writeTitle(row), writeCell(row.cells[0])]));
  const setups = subjects.map(({ name, setup }) => `${name}: ${setup}`);
  const notes = [targetSentence(comparison), ...notesOf(comparison).map((note) => `${note}.`)];
  const blocks = [
    figures,
    own,
    setups,
    [readingSentence(comparison), ...notes.filter((note) => note !== '')],
  ];
  const filled = blocks.filter((block) => block.length > 0);
  return `${filled.map((block) => block.join('\n')).join('\n\n')}\n`;
}

function subjectLines({ cells }: PeerRow, names: readonly string[]): string[][] {
  return cells.map((cell, index) => {
    const ratio = 'median' in cell && cell.ratio !== undefined ? writeRatio(cell.ratio) : '';
    const target = 'median' in cell && cell.target !== undefined ? writeTarget(cell.target) : '';
    return [names[index] ?? '', writeCell(cell), ratio, target];
  });
}
