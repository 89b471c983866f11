/** How the figures of a comparison are written, the same on the terminal, on the page and in Markdown. */
import type { PeerComparison, PeerRatio, PeerRow, PeerTarget } from '../../../loadgen/results/index.ts';
import { ABSENT, formatCount, formatThings } from '../../figures/index.ts';

type Subjects = Pick<PeerComparison, 'subjects'>;

/** Writes a figure: with fewer decimals the larger it is. */
export function writeFigure(value: number): string {
  const size = Math.abs(value);
  return size >= 100 ? formatCount(value) : value.toFixed(size >= 10 ? 1 : 2);
}

/** Writes the figure of a cell. */
export function writeCell(cell: PeerRow['cells'][number] | undefined): string {
  return cell !== undefined && 'median' in cell ? writeFigure(cell.median) : ABSENT;
}

/** Writes a ratio with its interval. */
export function writeRatio({ value, low, high }: PeerRatio): string {
  return `${value.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}

/** Writes what is wanted and whether it is so. */
export function writeTarget({ sense, bound, isMet }: PeerTarget): string {
  return `${isMet ? '✓' : '✗'} ${sense === 'at most' ? '≤' : '≥'} ${formatBound(bound)}`;
}

function formatBound(bound: number): string {
  return Number.isInteger(bound) ? formatCount(bound) : String(bound);
}

/** Writes the title of a row with its unit. */
export function writeTitle({ title, unit, better }: PeerRow): string {
  const more = better === 'more' ? ', more is better' : '';
  return `${title}${unit === '' ? '' : `, ${unit}`}${more}`;
}

/** Says what is compared with what. */
export function subjectSentence({ subjects }: Subjects): string {
  const [first, ...others] = subjects.map(({ name }) => name);
  return others.length === 0 ? `${first} alone` : `${first} beside ${others.join(', ')}`;
}

/** Says what the figures are. */
export function readingSentence({ rounds, sockets }: Pick<PeerComparison, 'rounds' | 'sockets'>): string {
  return `Medians of ${formatThings(rounds, 'round')} in turns, ${formatCount(sockets)} idle sockets and parts of them; a ratio is the first subject's figure over another's, with the interval that holds it in 95 of 100 repetitions.`;
}

/** How many targets there are, and how many are met. */
export function countTargets({ rows }: Pick<PeerComparison, 'rows'>): { all: number; met: number } {
  const targets = rows.flatMap(({ cells }) =>
    cells.flatMap((cell) => ('median' in cell && cell.target !== undefined ? [cell.target] : [])),
  );
  return { all: targets.length, met: targets.filter(({ isMet }) => isMet).length };
}

/** Says how many targets are met; nothing where none was measured. */
export function targetSentence(comparison: Pick<PeerComparison, 'rows'>): string {
  const { all, met } = countTargets(comparison);
  return all === 0 ? '' : `${met} of ${all} targets are met.`;
}

/** Says why subjects have no figures of a measure, each reason once. */
function reasonsOf({ rows, subjects }: Pick<PeerComparison, 'rows' | 'subjects'>): string[] {
  const reasons = rows.flatMap(({ measure, cells }) =>
    cells.flatMap((cell, index) =>
      'reason' in cell ? [`${measure}: ${subjects[index]?.name} ${cell.reason}`] : [],
    ),
  );
  return [...new Set(reasons)];
}

/** All that has to be known of the figures. */
export function notesOf(comparison: PeerComparison): string[] {
  const { remarks, isComplete, missing } = comparison;
  const end = isComplete ? [] : ['Interrupted: figures that were not measured to the end are missing'];
  const leftOut = missing.map(({ name, reason }) => `${name} is left out: ${reason}`);
  return [...end, ...leftOut, ...remarks, ...reasonsOf(comparison)];
}
