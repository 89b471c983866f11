import { type Plan, plannedIn } from '../../plan/index.ts';
import { type CreateAlarm, createThreadAlarm, createTimerAlarm, DENSE_PER_SECOND } from './alarm.ts';

/**
 * Chooses how one of so many load processes sleeps: by timers alone where all measured phases are so dense that the
 * thread would never be used. It takes some 5 MB.
 */
export function chooseAlarm(plan: Plan, processes: number): CreateAlarm {
  const planned = plannedIn(plan);
  const isDense = plan.phases.every(({ measured, start, end }, index) => {
    const perSecond = (planned[index] ?? 0) / (end - start) / processes;
    return !measured || perSecond > DENSE_PER_SECOND;
  });
  return isDense ? createTimerAlarm : createThreadAlarm;
}
