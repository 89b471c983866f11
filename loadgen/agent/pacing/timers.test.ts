import { expect, test } from 'vitest';
import { type Lane, Timers } from './timers.ts';

function run(timers: Timers, now: number): string[] {
  const fired: string[] = [];
  const note = (lane: Lane) => (user: number, due: number) => void fired.push(`${lane} ${user} ${due}`);
  timers.runDue(now, {
    turn: note('turn'),
    visit: note('visit'),
    reconnect: note('reconnect'),
    stall: note('stall'),
  });
  return fired;
}

test('Timers keeps several due times of one user apart and fires them in order of time', () => {
  const timers = new Timers(3, ['turn', 'stall', 'visit'], 10);
  timers.schedule('visit', 2, 0.3);
  timers.schedule('turn', 2, 0.1);
  timers.schedule('stall', 2, 0.2);
  timers.schedule('turn', 0, 0.2);
  timers.schedule('turn', 1, 0.1);
  timers.cancel('turn', 1);
  expect(timers.nextDue(5)).toBe(0.1);
  expect(run(timers, 1)).toEqual(['turn 2 0.1', 'stall 2 0.2', 'turn 0 0.2', 'visit 2 0.3']);
});

test('Timers fires nothing without a lane, and nothing but the end of stalls after the last turn', () => {
  const timers = new Timers(2, ['turn', 'stall'], 5);
  timers.schedule('visit', 0, 1);
  timers.cancel('visit', 0);
  timers.schedule('turn', 0, 5);
  timers.schedule('turn', 1, Number.POSITIVE_INFINITY);
  timers.schedule('stall', 1, 6);
  expect(run(timers, 7)).toEqual(['stall 1 6']);
});

test('Timers tells when something will fire, and of nothing that will not', () => {
  const told: number[] = [];
  const timers = new Timers(2, ['turn', 'stall'], 5, (due) => told.push(due));
  timers.schedule('turn', 0, 3);
  timers.schedule('turn', 1, 5);
  timers.schedule('visit', 1, 1);
  timers.schedule('stall', 1, 6);
  expect(told).toEqual([3, 6]);
});
