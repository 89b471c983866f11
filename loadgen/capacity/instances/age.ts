/** Whether prices may have changed since they were written down. */
import type { Instance, Snapshot } from './instance.ts';

/** From here on prices are called old. */
const MOST_DAYS = 180;

const DAY_MS = 86_400_000;

/**
 * Gives the sentence that warns of old prices; undefined while they are fresh, or when none of the instances has a
 * price of the snapshot. `today` is the moment of asking.
 */
export function warnOfAge(
  { date }: Pick<Snapshot, 'date'>,
  { instances, today }: { instances: readonly Instance[]; today: Date },
): string | undefined {
  const days = Math.floor((today.getTime() - Date.parse(date)) / DAY_MS);
  const isAsked = instances.some(({ pricedBy }) => pricedBy === 'snapshot');
  if (!isAsked || days <= MOST_DAYS) return undefined;
  return `Prices are of ${date}, ${days} days ago: look them up anew and give them with --prices FILE`;
}
