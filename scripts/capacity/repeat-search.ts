/** The same capacity, searched twice. */
import type { SizeFound } from '../../loadgen/capacity/planner/index.ts';
import { refuseInterrupted, searchOnce, type Trying } from './trying.ts';

/**
 * Keeps a table of both searches, row by row, and how far they are apart.
 * @param share Of a core, for the worker. Absent: as much as it takes.
 */
export async function repeatSearch(
  trying: Trying,
  share?: number,
  search: typeof searchOnce = searchOnce,
): Promise<void> {
  trying.keep('| search | verdict | trials | messages/s | 90 % | confirmed |\n|---|---|---|---|---|---|\n');
  const found: SizeFound[] = [];
  for (const name of ['first search', 'second search']) {
    const one = await search(trying, { name, ...(share !== undefined && { share }) });
    found.push(one);
    trying.keep(rowOf(found.length, one));
    if (one.failure !== undefined) trying.say(one.failure);
    refuseInterrupted(one);
  }
  trying.keep(`\nApart by ${percentApart(found.map(({ result }) => knownOf(result)))}.\n`);
}

/** Words how far two figures are apart: `3.2 %`. */
export function percentApart([one, other]: readonly (number | undefined)[]): string {
  if (one === undefined || other === undefined) return 'nobody knows how much';
  return `${(100 * Math.abs(Math.log(one / other))).toFixed(1)} %`;
}

/** Where a capacity begins tells nothing of how far two of them are apart. */
function knownOf({ atLeast, estimate }: SizeFound['result']): number | undefined {
  return atLeast === undefined ? estimate?.median : undefined;
}

function rowOf(
  number: number,
  { result: { atLeast, confirmed, estimate, verdict }, trials }: SizeFound,
): string {
  const interval = estimate && `${estimate.lower.toFixed(0)} to ${estimate.upper.toFixed(0)}`;
  const figures =
    atLeast === undefined
      ? [estimate?.median.toFixed(0), interval]
      : [`at least ${estimate?.lower.toFixed(0)}`, undefined];
  const cells = [number, verdict, trials.length, ...figures, confirmed?.toFixed(0)];
  return `| ${cells.map((cell) => cell ?? '–').join(' | ')} |\n`;
}
