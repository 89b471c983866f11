/** Test only: the surroundings of behaviours of a scenario's own. */
import { Answers } from '../answers/index.ts';
import { fakeDriver, newRecorder, readyUsers } from '../testing.ts';

/** Two ready users at second 5 of a run in which nothing is sent from second 100 on. */
export function ownScene(answerWithin = 10) {
  const recorder = newRecorder();
  const users = readyUsers(2, recorder);
  const clock = { startEpochMs: 0, at: 5, now: () => clock.at };
  const driver = fakeDriver();
  const answers = new Answers({ users, recorder, answerWithin, settled: () => undefined });
  return { answers, answerWithin, clock, driver, recorder, until: 100, users };
}
