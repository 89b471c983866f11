/** Whether anybody got in, and whether anybody stayed. */
import type { Totals } from '../record/index.ts';
import { total } from '../second.ts';
import type { Summary } from '../summary.ts';

/** Tells whether any user was ever connected, be it for less than a second. */
export function hasConnected({ peak, dropped, left }: Summary['users']): boolean {
  return peak > 0 || left > 0 || total(dropped) > 0;
}

/** Says so when the target let users in and kept none: rules on failed connections do not speak of that. */
export function nobodyStayed(totals: readonly (Totals | null)[]): string[] {
  const known = totals.filter((each) => each !== null);
  const connected = known.reduce((sum, each) => sum + each.connected, 0);
  const dropped = known.reduce((sum, each) => sum + each.dropped, 0);
  if (dropped === 0 || dropped < connected) return [];
  return [`All users were dropped by the target: ${connected} connected, none stayed`];
}
