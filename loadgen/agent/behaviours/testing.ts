/** Test only: a routine and what it works with. */
import { createSchedule, type PlannedBehaviour } from '../../plan/index.ts';
import { groupOf, planOf } from '../../plan/testing.ts';
import { Answers } from '../answers/index.ts';
import { createOracle } from '../oracle/index.ts';
import { fakeDriver, newRecorder, readyUsers } from '../testing.ts';
import { createRoutine } from './create-routine.ts';
import { idle, type Routine } from './routine.ts';

/** Makes the routine of four users who all do the same. */
export function routineScene(behaviour: PlannedBehaviour) {
  const recorder = newRecorder();
  const users = readyUsers(4, recorder);
  const driver = fakeDriver();
  const schedule = createSchedule(planOf({ users: 4, groups: [groupOf({ users: 4, behaviour })] }));
  const answers = new Answers({ users, recorder, answerWithin: 10, settled: () => undefined });
  const oracle = createOracle({ schedule, users, spread: () => {} });
  const custom: Routine = { ...idle };
  const options = { answers, custom, driver, oracle, recorder, schedule, users };
  return { answers, custom, driver, recorder, routine: createRoutine(behaviour, options) };
}
