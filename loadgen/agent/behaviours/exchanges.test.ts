import { expect, test } from 'vitest';
import { gapOf, pingPong } from '../../plan/testing.ts';
import { routineScene } from './testing.ts';

const calls = { kind: 'calls', event: 'c', payload: {}, every: gapOf(), model: 'open' } as const;

test.each([
  ['createEvents() sends what was due in one write', pingPong(), ['send 0 2']],
  ['createCalls() calls once for each turn, by its number', calls, ['call 0 5', 'call 0 6']],
])('%s, and has it wait for answers', (_title, behaviour, expected) => {
  const { answers, driver, recorder, routine } = routineScene(behaviour);
  expect(routine.prepare(0)).toBe(0);
  routine.take(0, 5, 1, 1.5);
  routine.take(0, 6, 2, 2.5);
  routine.flush(0, 2);
  expect(driver.told).toEqual(expected);
  expect(answers.inFlight).toBe(2);
  expect(recorder.cut(0).workers[0]?.sent).toBe(2);
});
