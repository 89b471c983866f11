import { expectedIn, type Plan } from '../../plan/index.ts';
import { type CreateAlarm, createThreadAlarm, createTimerAlarm, DENSE_PER_SECOND } from './alarm.ts';

/**
 * Chooses how one of so many load processes sleeps: by timers alone where all measured phases are so dense that the
 * thread would never be used. It takes some 5 MB.
 */
export function chooseAlarm(plan: Plan, processes: number): CreateAlarm {
  const isDense = turnsPerSecond(plan, processes).every((rate) => rate > DENSE_PER_SECOND);
  return isDense ? createTimerAlarm : createThreadAlarm;
}

/**
 * Chooses how load processes get a processor. A real-time thread wakes on time, on the processor it was on, even where
 * another one is idle: worth it where all of them together wake so rarely that hardly anybody is pushed aside. Fourteen
 * of them that wake 600 times a second each keep a server on the same host from answering at all.
 */
export function choosePrecedence(plan: Plan): 'real-time' | 'high' {
  const isSparse = turnsPerSecond(plan, 1).every((rate) => rate <= DENSE_PER_SECOND);
  return isSparse ? 'real-time' : 'high';
}

/** Of one load process, for each measured phase; NaN where answers set the pace. */
function turnsPerSecond(plan: Plan, processes: number): number[] {
  const expected = expectedIn(plan);
  return plan.phases.flatMap(({ measured, start, end }, index) =>
    measured ? [(expected[index] ?? Number.NaN) / (end - start) / processes] : [],
  );
}
