/** Cutting a plan into shares. Users are dealt out in turn, so every share has the same ramp. */
import type { Share } from './plan.ts';

/** What `usersOf` needs of a share. */
export type Part = Pick<Share, 'process' | 'processes'> & { plan: { users: number } };

/** The users a load process drives, in the order of their arrival. */
export function usersOf({ plan, process, processes }: Part): number[] {
  return Array.from({ length: countOf({ plan, process, processes }) }, (_, n) => process + n * processes);
}

/** How many users a load process drives. */
export function countOf({ plan, process, processes }: Part): number {
  return Math.max(0, Math.ceil((plan.users - process) / processes));
}
