/** What rounds come to: figures with their ratios, and what has to be known of them. Pure. */
import type { PeerCell, PeerComparison, PeerRow } from '../results/index.ts';
import { CLIENTS } from './measures/index.ts';
import { median, ratioOf } from './ratio.ts';

/** The rounds of one subject, or why there are none. */
export type Taken<Round> = readonly Round[] | string;

/** Clients that use more of their core are the limit themselves, per cent. */
const BUSY = 90;

/** Why a subject has no figure that others have: none of its rounds came to one. */
const UNTOLD = 'comes to no such figure';

/** Makes a row of the rounds of each subject. The first one is held against all others. */
export function createRow(labels: Omit<PeerRow, 'cells'>, taken: readonly Taken<number>[]): PeerRow {
  const [first = ''] = taken;
  const cells = taken.map((rounds, index): PeerRow['cells'][number] => {
    if (typeof rounds === 'string') return { reason: rounds };
    if (!rounds.some(Number.isFinite)) return { reason: UNTOLD };
    const known = rounds.filter(Number.isFinite);
    const cell: PeerCell = { median: median(known), rounds: known };
    if (index === 0 || typeof first === 'string' || labels.better === 'neither') return cell;
    const ratio = ratioOf(first, rounds);
    const isNumber = Object.values(ratio).every(Number.isFinite);
    return isNumber ? { ...cell, ratio } : cell;
  });
  return { ...labels, cells };
}

/** Says of which figures the clients were the limit, so that a server could do more. */
export function remarksOf({ rows, subjects }: Pick<PeerComparison, 'rows' | 'subjects'>): string[] {
  return rows
    .filter(({ key }) => key === CLIENTS)
    .flatMap(({ measure, cells }) =>
      cells.flatMap((cell, index) =>
        'median' in cell && cell.median > BUSY
          ? [
              `${measure}: the clients of ${subjects[index]?.name} used ${cell.median.toFixed(0)} % of their core, so it may do better than its figures say`,
            ]
          : [],
      ),
    );
}
