import fc from 'fast-check';
import { expect, test } from 'vitest';
import { usersOf } from '../split.ts';
import { channels, gapOf, groupOf, meanOf, pingPong, planOf, upTo } from '../testing.ts';
import { createSchedule, type Schedule } from './schedule.ts';

const exponential = (mean: number) => gapOf({ mean, shape: 'exponential', spread: 0 });

const restless = groupOf({
  name: 'restless',
  users: 300,
  stays: exponential(20),
  returns: gapOf({ mean: 5 }),
  reconnects: { initial: 10, randomness: 10, multiplier: 1.5, most: 60 },
  stalls: { every: exponential(30), for: gapOf({ mean: 2 }) },
});
const chatting = groupOf({ name: 'chatting', users: 700, behaviour: channels() });
const plan = planOf({
  users: 1_000,
  groups: [restless, chatting],
  arrivals: { shape: 'poisson', stages: [{ start: 0, users: 1_000, rate: { from: 50, to: 150 } }] },
});

/** Everything a user does in the first two visits, turns of an open behaviour until a time. */
function eventsOf(schedule: Schedule, user: number): string[] {
  const events = [`group ${schedule.groupOf(user)}`, `channels ${schedule.subscriptions(user).join()}`];
  let from = schedule.arrival(user);
  for (let visit = 0; visit < 2 && Number.isFinite(from); visit += 1) {
    const until = Math.min(100, schedule.stays(user, visit, from));
    for (let at = schedule.firstTurn(user, from, visit), n = 1; at < until; n += 1) {
      events.push(`turn ${at}`);
      if (schedule.isPublisher(user)) events.push(`to ${schedule.publicationChannel(user, n)}`);
      at = schedule.nextTurn(user, n, at);
    }
    events.push(`leaves ${until}`, `stalls ${schedule.nextStall(user, visit, from)}`);
    from = schedule.returns(user, visit, until);
  }
  return events.map((event) => `${user} ${event}`);
}

test('createSchedule() has the same users do the same, whether 1, 2 or 8 processes drive them', () => {
  const eventsOfAll = (processes: number) =>
    upTo(processes)
      .flatMap((process) => {
        const schedule = createSchedule(structuredClone(plan));
        return usersOf({ plan, process, processes }).flatMap((user) => eventsOf(schedule, user));
      })
      .sort();
  const alone = eventsOfAll(1);
  expect(alone.length).toBeGreaterThan(10_000);
  expect(eventsOfAll(2)).toEqual(alone);
  expect(eventsOfAll(8)).toEqual(alone);
});

test('createSchedule() does not ask in which order it is asked', () => {
  const user = fc.nat(999);
  fc.assert(
    fc.property(fc.array(user, { minLength: 2, maxLength: 20 }), (users) => {
      const [one, other] = [createSchedule(plan), createSchedule(plan)];
      const forwards = users.map((each) => eventsOf(one, each));
      const backwards = users.toReversed().map((each) => eventsOf(other, each));
      expect(backwards.toReversed()).toEqual(forwards);
    }),
    { numRuns: 10 },
  );
});

test('Schedule.stays() and returns() have the means that were asked for, and draw anew for each visit', () => {
  const schedule = createSchedule(planOf({ users: 3_000, groups: [{ ...restless, users: 3_000 }] }));
  const stays = upTo(3_000).map((user) => schedule.stays(user, 0, 100) - 100);
  const away = upTo(3_000).map((user) => schedule.returns(user, 3, 50) - 50);
  expect(Math.abs(meanOf(stays) - 20)).toBeLessThan((4 * 20) / Math.sqrt(3_000));
  expect(Math.abs(meanOf(away) - 5)).toBeLessThan(0.15);
  expect(Math.min(...away)).toBeGreaterThanOrEqual(2.5);
  expect(schedule.stays(7, 1, 100)).not.toBe(schedule.stays(7, 0, 100));
  expect(schedule.returns(7, 0, Infinity)).toBe(Infinity);
});

test('Schedule.reconnectWait() waits as the stock client does, and is bounded', () => {
  const schedule = createSchedule(planOf({ users: 100, groups: [{ ...restless, users: 100 }] }));
  for (const user of upTo(100)) {
    expect(schedule.reconnectWait(user, 0)).toBeGreaterThanOrEqual(10);
    expect(schedule.reconnectWait(user, 0)).toBeLessThan(20);
    expect(schedule.reconnectWait(user, 2)).toBeGreaterThanOrEqual(22.5);
    expect(schedule.reconnectWait(user, 2)).toBeLessThan(45);
    expect(schedule.reconnectWait(user, 9)).toBe(60);
  }
});

test('Schedule.nextStall() comes at its rate from the first second on, and stallEnd() after its length', () => {
  const schedule = createSchedule(planOf({ users: 6_000, groups: [{ ...restless, users: 6_000 }] }));
  const first = upTo(6_000).map((user) => schedule.nextStall(user, 0, 0));
  // A 30th of all users in each second: 200, give or take four and a half deviations.
  const perSecond = upTo(5).map((second) => first.filter((at) => Math.floor(at) === second).length);
  for (const [second, count] of perSecond.entries())
    expect(Math.abs(count - 200 * Math.exp(-second / 30))).toBeLessThan(65);
  const lengths = first.map((at, user) => schedule.stallEnd(user, 0, at) - at);
  expect(Math.abs(meanOf(lengths) - 2)).toBeLessThan(0.05);
});

test('Schedule never lets users without habits leave, stall or try again', () => {
  const schedule = createSchedule(planOf({ users: 10, behaviour: pingPong() }));
  const never = [
    schedule.stays(3, 0, 1),
    schedule.returns(3, 0, 1),
    schedule.reconnectWait(3, 0),
    schedule.nextStall(3, 0, 1),
    schedule.stallEnd(3, 0, 1),
  ];
  expect(never).toEqual(never.map(() => Infinity));
});
