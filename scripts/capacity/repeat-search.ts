/** The same capacity, searched twice. */
import { searchOnce, type Trying } from './trying.ts';

/** Gives a table of both searches, and how far they are apart. */
export async function repeatSearch(trying: Trying): Promise<string> {
  const found = [];
  for (const name of ['first search', 'second search']) found.push(await searchOnce(trying, { name }));
  const rows = found.map(({ result, trials }, index) => {
    const { confirmed, estimate, verdict } = result;
    const interval = estimate && `${estimate.lower.toFixed(0)} to ${estimate.upper.toFixed(0)}`;
    return `| ${index + 1} | ${verdict} | ${trials.length} | ${estimate?.median.toFixed(0)} | ${interval} | ${confirmed?.toFixed(0)} |`;
  });
  return [
    '| search | verdict | trials | messages/s | 90 % | confirmed |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    `Apart by ${percentApart(found.map(({ result }) => result.estimate?.median))}.`,
    '',
  ].join('\n');
}

/** Words how far two figures are apart: `3.2 %`. */
export function percentApart([one, other]: readonly (number | undefined)[]): string {
  if (one === undefined || other === undefined) return 'nobody knows how much';
  return `${(100 * Math.abs(Math.log(one / other))).toFixed(1)} %`;
}
