/** Which kinds of things can come due for the users of a plan. */
import type { Plan } from '../../plan/index.ts';
import type { Lane } from './timers.ts';

/** Finds the lanes a plan needs. Every user arrives, so there is always the one for turns. */
export function lanesOf({ groups }: Pick<Plan, 'groups'>): Lane[] {
  const lanes: Lane[] = ['turn'];
  if (groups.some(({ stays }) => stays !== null)) lanes.push('visit');
  if (groups.some(({ reconnects }) => reconnects !== null)) lanes.push('reconnect');
  if (groups.some(({ stalls }) => stalls !== null)) lanes.push('stall');
  return lanes;
}
