/** Test only: the surroundings of behaviours of a scenario's own. */
import { Answers } from '../answers/index.ts';
import type { AgentReport } from '../messages.ts';
import { fakeDriver, newRecorder, readyUsers } from '../testing.ts';
import { ThrownErrors } from './thrown.ts';

/** Two ready users at second 5 of a run in which nothing is sent from second 100 on. */
export function ownScene(answerWithin = 10) {
  const recorder = newRecorder();
  const users = readyUsers(2, recorder);
  const clock = { startEpochMs: 0, at: 5, now: () => clock.at };
  const driver = fakeDriver();
  const answers = new Answers({ users, recorder, answerWithin, settled: () => undefined });
  const told: AgentReport[] = [];
  const report = (line: AgentReport): void => void told.push(line);
  const thrown = new ThrownErrors(recorder, report, ['/own.mjs']);
  return { answers, answerWithin, clock, driver, recorder, report, thrown, told, until: 100, users };
}
