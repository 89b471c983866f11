import { expect, test } from 'vitest';
import { createSchedule } from '../plan/index.ts';
import { groupOf, pingPong, planOf } from '../plan/testing.ts';
import { idle } from './behaviours/index.ts';
import { Timers } from './pacing/index.ts';
import { exactly, newRecorder, readyUsers } from './testing.ts';
import { Turns } from './turns.ts';

/** One user whose turns come every second, at a clock that is set by hand. */
function scene(isClosed = false) {
  const recorder = newRecorder();
  const users = readyUsers(1, recorder);
  const clock = { startEpochMs: 0, at: 0, now: () => clock.at };
  const timers = new Timers(1, ['turn'], 328);
  const behaviour = pingPong({ every: exactly(1), model: isClosed ? 'closed' : 'open' });
  const plan = planOf({ users: 1, groups: [groupOf({ users: 1, behaviour })] });
  const taken: string[] = [];
  const routine = {
    ...idle,
    isClosed,
    take: (_user: number, turn: number, intended: number) =>
      void taken.push(`${turn} at ${intended.toFixed(1)}`),
    flush: (_user: number, count: number) => void taken.push(`flush ${count}`),
  };
  const schedule = createSchedule(plan);
  const turns = new Turns({ clock, recorder, routines: [routine], schedule, timers, users, until: 328 });
  const run = (now: number): void => {
    clock.at = now;
    const take = (user: number, due: number): void => turns.take(user, due);
    timers.runDue(now, { turn: take, visit: take, reconnect: take, stall: take });
  };
  return { recorder, users, timers, taken, turns, run };
}

test('Turns takes all turns that have come by now, each with its own time, and flushes them once', () => {
  const { timers, taken, turns, run } = scene();
  timers.schedule('turn', 0, 0.5);
  run(2.7);
  expect(taken).toEqual(['0 at 0.5', '1 at 1.5', '2 at 2.5', 'flush 3']);
  run(3.4);
  expect(taken).toHaveLength(4);
  turns.stop(0);
  run(10);
  expect(taken).toHaveLength(4);
});

test('Turns counts those of a user that is not there as unsent, and goes on with their numbers', () => {
  const { recorder, users, timers, taken, run } = scene();
  users.enter(0, 'broken');
  timers.schedule('turn', 0, 0.5);
  run(2.7);
  expect(recorder.cut(0).unsent).toBe(3);
  users.enter(0, 'ready');
  run(3.6);
  expect(taken).toEqual(['3 at 3.5', 'flush 1']);
});

test('Turns lets the next one of a closed model follow the answer by a gap', () => {
  const { timers, taken, turns, run } = scene(true);
  timers.schedule('turn', 0, 0.5);
  run(5);
  expect(taken).toEqual(['0 at 0.5', 'flush 1']);
  turns.settled(0, 5.5);
  run(6.4);
  expect(taken).toHaveLength(2);
  run(6.6);
  expect(taken).toEqual(['0 at 0.5', 'flush 1', '1 at 6.5', 'flush 1']);
});

test('Turns of a closed model end when the user is about to leave', () => {
  const { users, timers, taken, turns, run } = scene(true);
  timers.schedule('turn', 0, 0.5);
  run(1);
  users.enter(0, 'leaving');
  turns.settled(0, 1.5);
  run(9);
  expect(taken).toEqual(['0 at 0.5', 'flush 1']);
});

test('Turns.begin() makes the first one due within a gap', () => {
  const { taken, turns, run } = scene();
  turns.begin(0, 0, 4);
  run(4);
  expect(taken).toEqual([]);
  run(5);
  expect(taken).toHaveLength(2);
});
