import { expect, test } from 'vitest';
import { createSchedule } from '../../plan/index.ts';
import { groupOf, planOf } from '../../plan/testing.ts';
import { Timers } from '../pacing/index.ts';
import { exactly, fakeDriver, newRecorder, readyUsers } from '../testing.ts';
import { Stalls } from './stalls.ts';

function scene() {
  const users = readyUsers(2, newRecorder());
  const stalls = { every: exactly(10), for: exactly(3) };
  const schedule = createSchedule(planOf({ users: 2, groups: [groupOf({ users: 2, stalls })] }));
  const timers = new Timers(2, ['turn', 'stall'], 328);
  const driver = fakeDriver();
  const own = new Stalls({ driver, schedule, timers, users, until: 328 });
  const due = (user: number, at: number): void => own.due(user, at);
  const run = (now: number): void =>
    timers.runDue(now, { turn: due, visit: due, reconnect: due, stall: due });
  return { users, driver, own, run };
}

test('Stalls stops to read and reads on, over and over', () => {
  const { driver, own, run } = scene();
  own.begin(0, 100);
  const states: boolean[] = [];
  for (let now = 100; now < 130; now += 0.1) {
    run(now);
    states.push(own.isAnyStalling);
  }
  // 3 s of every 13, the first of them somewhere within the first 10.
  const share = states.filter(Boolean).length / states.length;
  expect(share).toBeGreaterThan(0.15);
  expect(share).toBeLessThan(0.35);
  expect(driver.told.slice(0, 4)).toEqual([
    'setReading 0 false',
    'setReading 0 true',
    'setReading 0 false',
    'setReading 0 true',
  ]);
});

test('Stalls tells the driver nothing of a user that is not connected', () => {
  const { users, driver, own, run } = scene();
  users.enter(1, 'broken');
  own.begin(1, 100);
  run(150);
  expect(driver.told).toEqual([]);
});

test('Stalls lets a user read until its subscriptions are confirmed', () => {
  const { users, driver, own, run } = scene();
  users.enter(1, 'open');
  own.begin(1, 100);
  run(150);
  expect(driver.told).toContain('setReading 1 true');
  expect(driver.told).not.toContain('setReading 1 false');
});

test('Stalls begins none after the last turn, and ends the one that goes on', () => {
  const { driver, own, run } = scene();
  for (const user of [0, 1]) own.begin(user, 300);
  run(1_000);
  expect(own.isAnyStalling).toBe(false);
  expect(driver.told.filter((text) => text.endsWith('false'))).toHaveLength(driver.told.length / 2);
});
