/** Whether anybody got in, and whether anybody stayed. */
import type { Totals } from '../record/index.ts';
import { total } from '../second.ts';
import type { Summary } from '../summary.ts';

/** Tells whether any user was ever connected, be it for less than a second. */
export function hasConnected({ peak, dropped, left }: Summary['users']): boolean {
  return peak > 0 || left > 0 || total(dropped) > 0;
}

/** Says so when the target let users in and kept none: rules on failed connections do not speak of that. */
export function nobodyStayed(users: Summary['users'], totals: readonly (Totals | null)[]): string[] {
  const known = totals.filter((each) => each !== null);
  const connected = known.reduce((sum, each) => sum + each.connected, 0);
  const dropped = known.reduce((sum, each) => sum + each.dropped, 0);
  if (dropped === 0 || dropped < connected) return [];
  return [`No user stayed on the target: ${connected} connected, ${namedCounts(users.dropped)}`];
}

/** Counts with their names, as a list of words. */
export function namedCounts(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([name, times]) => `${times} ${name}`)
    .join(', ');
}
