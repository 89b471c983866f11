/** A comparison as Markdown, one table for all figures: the ratio stands behind the figure it was made with. */
import type { PeerComparison, PeerRow } from '../../loadgen/results/index.ts';
import { formatInstant, formatSystem } from '../figures/index.ts';
import { escapeCell } from '../markdown.ts';
import {
  notesOf,
  readingSentence,
  subjectSentence,
  targetSentence,
  writeCell,
  writeRatio,
  writeTarget,
  writeTitle,
} from './words/index.ts';

/** Formats a comparison as GitHub Markdown. */
export function formatPeersMarkdown(comparison: PeerComparison): string {
  const { subjects, rows, ownRows, command, startedAt, host } = comparison;
  const where = `${host.cpus} × ${host.model}, ${formatSystem(host)}, ${formatInstant(startedAt)}`;
  const parts = [
    `## ${escapeCell(subjectSentence(comparison))}`,
    [readingSentence(comparison), targetSentence(comparison)].join(' ').trim(),
    table(
      ['figure', ...subjects.map(({ name }) => name)],
      rows.map((row) => [writeTitle(row), ...row.cells.map(markCell)]),
    ),
    table(
      ['figure', subjects[0]?.name ?? ''],
      ownRows.map((row) => [writeTitle(row), writeCell(row.cells[0])]),
    ),
    list(notesOf(comparison).map((note) => `${note}.`)),
    list(subjects.map(({ name, setup }) => `${name}: ${setup}.`)),
    `Measured on ${escapeCell(where)}${command === '' ? '.' : ` by \`${command}\`.`}`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function markCell(cell: PeerRow['cells'][number]): string {
  if (!('median' in cell)) return writeCell(cell);
  const { ratio, target } = cell;
  const parts = [
    writeCell(cell),
    ...(ratio === undefined ? [] : [`× ${writeRatio(ratio)}`]),
    ...(target === undefined ? [] : [writeTarget(target)]),
  ];
  return parts.join(' ');
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${escapeCell(line)}`).join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const ruler = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [line(head.map(escapeCell)), line(ruler), ...rows.map((row) => line(row.map(escapeCell)))].join(
    '\n',
  );
}
