import { expect, test } from 'vitest';
import { createSchedule, type Group } from '../../plan/index.ts';
import { groupOf, planOf } from '../../plan/testing.ts';
import { decodeHistogram } from '../../results/index.ts';
import { Timers } from '../pacing/index.ts';
import { exactly, fakeDriver, newRecorder } from '../testing.ts';
import { Users } from '../users.ts';
import { Connections } from './connections.ts';
import { Lives } from './lives.ts';

/** One user with some habits, at a clock that is set by hand. */
function scene(habits: Partial<Group>) {
  const told: string[] = [];
  const recorder = newRecorder();
  const users = new Users([0], () => 0);
  const groups = [groupOf({ users: 1, ...habits })];
  const schedule = createSchedule(planOf({ users: 1, groups }));
  const timers = new Timers(1, ['turn', 'visit', 'reconnect'], 328);
  const clock = { startEpochMs: 0, at: 0, now: () => clock.at };
  const driver = fakeDriver();
  const ready = (user: number): void => lives.ready(user);
  const connections = new Connections({
    clock,
    driver,
    recorder,
    users,
    sourceAddresses: [],
    answerWithin: 10,
    prepare: () => 0,
    ready,
  });
  const waiting = new Set<number>();
  const lives: Lives = new Lives({
    clock,
    connections,
    groups,
    schedule,
    timers,
    users,
    isWaiting: (user) => waiting.has(user),
    came: (_user, visit, from) => void told.push(`came ${visit} at ${from}`),
    going: () => void told.push('going'),
    left: (_user, at) => void told.push(`left at ${at}`),
  });
  const open = (): void => connections.opened(0, '1', clock.at);
  const drop = (): void => {
    connections.broke(0, 'reset', clock.at);
    lives.broke(0, clock.at);
  };
  const run = (now: number): void => {
    clock.at = now;
    timers.runDue(now, {
      turn: () => undefined,
      visit: (user, due) => lives.visitDue(user, due),
      reconnect: (user, due) => lives.reconnectDue(user, due),
      stall: () => undefined,
    });
  };
  const connects = (): number => driver.told.filter((text) => text.startsWith('connect')).length;
  /** How late the attempts to connect began since the last look, hundredths of a second. */
  const lateness = (): { least: number; most: number } => {
    const { min, max } = decodeHistogram(recorder.cut(0).arrival ?? '');
    return { least: Math.round(min / 1e4), most: Math.round(max / 1e4) };
  };
  return { told, users, driver, connections, lives, waiting, open, drop, run, connects, lateness };
}

const reconnects = { initial: 2, randomness: 0, multiplier: 2, most: 60 };

test('Lives lets a user leave and come back when it is its time', () => {
  const { told, users, lives, open, run } = scene({ stays: exactly(10), returns: exactly(5) });
  lives.arrive(0, 1);
  open();
  run(11);
  expect([told, users.phaseOf(0)]).toEqual([['came 0 at 1', 'going', 'left at 11'], 'away']);
  run(16);
  open();
  run(26);
  expect(told.slice(3)).toEqual(['came 1 at 16', 'going', 'left at 26']);
});

test('Lives lets a user that does not come back go for good', () => {
  const { told, lives, open, run } = scene({ stays: exactly(10) });
  lives.arrive(0, 1);
  open();
  run(300);
  expect(told).toEqual(['came 0 at 1', 'going', 'left at 300']);
});

test('Lives lets a user leave only when it waits for no answer, and no earlier than it is connected', () => {
  const { told, users, lives, waiting, open, run } = scene({ stays: exactly(10) });
  lives.arrive(0, 1);
  run(20);
  expect(users.phaseOf(0)).toBe('connecting');
  open();
  waiting.add(0);
  run(21);
  expect([users.phaseOf(0), told]).toEqual(['leaving', ['came 0 at 1', 'going']]);
  waiting.clear();
  run(21.1);
  expect(told.at(-1)).toBe('left at 21.1');
});

test('Lives tries again with growing waits, and with the shortest one after it was ready', () => {
  const { users, connections, lives, open, drop, run, connects } = scene({ reconnects });
  lives.arrive(0, 0);
  connections.refused('refused');
  lives.broke(0, 0);
  run(1.9);
  expect([connects(), users.phaseOf(0)]).toEqual([1, 'broken']);
  run(2);
  connections.refused('refused');
  lives.broke(0, 2);
  run(5.9);
  expect(connects()).toBe(2);
  run(6);
  open();
  expect(connects()).toBe(3);
  run(10);
  drop();
  run(11.9);
  expect(connects()).toBe(3);
  run(12);
  expect(connects()).toBe(4);
});

test('Lives tells each attempt when it was due: on arrival, for a further visit and after a break', () => {
  const { lives, open, drop, run, lateness } = scene({ stays: exactly(10), returns: exactly(5), reconnects });
  run(1.25);
  lives.arrive(0, 1);
  expect(lateness()).toEqual({ least: 25, most: 25 });
  open();
  run(11);
  run(16.5);
  expect(lateness()).toEqual({ least: 50, most: 50 });
  open();
  run(20);
  drop();
  run(22.75);
  expect(lateness()).toEqual({ least: 75, most: 75 });
});

test('Lives takes the end of a connection for the end when its group does not reconnect', () => {
  const { users, lives, open, drop, run, connects } = scene({ stays: exactly(10), returns: exactly(1) });
  lives.arrive(0, 0);
  open();
  run(5);
  drop();
  run(300);
  expect([users.phaseOf(0), connects()]).toEqual(['ended', 1]);
});

test('Lives lets a user that is broken when it is its time go without a further attempt', () => {
  const { told, users, lives, open, drop, run, connects } = scene({
    stays: exactly(10),
    returns: exactly(20),
    reconnects: { ...reconnects, initial: 5 },
  });
  lives.arrive(0, 0);
  open();
  run(8);
  drop();
  run(14);
  expect([users.phaseOf(0), connects(), told.at(-1)]).toEqual(['away', 1, 'going']);
  run(30);
  expect([connects(), told.at(-1)]).toEqual([2, 'came 1 at 30']);
});

test('Lives lets a user whose connection breaks while it is leaving come back in its own time', () => {
  const { users, lives, waiting, open, drop, run, connects } = scene({
    stays: exactly(10),
    returns: exactly(20),
    reconnects,
  });
  lives.arrive(0, 0);
  open();
  waiting.add(0);
  run(11);
  drop();
  expect(users.phaseOf(0)).toBe('away');
  run(30.9);
  expect(connects()).toBe(1);
  run(31);
  expect(connects()).toBe(2);
});
