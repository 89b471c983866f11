import { expect, test } from 'vitest';
import type { Plan } from '../plan.ts';
import { channels, gapOf, groupOf, pingPong, planOf, upTo } from '../testing.ts';
import { Topology } from '../topology/index.ts';
import { deliveriesPerSecond, expectedIn, messagesPerSecond, plannedIn } from './rates.ts';
import { createSchedule } from './schedule.ts';

const pace = (from: number, to = from) => ({ from, to });
const churn = { stays: gapOf({ mean: 20 }), returns: gapOf({ mean: 10, shape: 'exponential', spread: 0 }) };

/** Sends of a plan in each phase, one by one. */
function countSends(plan: Plan): number[] {
  const schedule = createSchedule(plan);
  const counts = plan.phases.map(() => 0);
  const end = plan.phases.at(-1)!.end;
  for (const user of upTo(plan.users)) {
    let n = 1;
    for (let visit = 0, from = schedule.arrival(user); from < end; visit += 1) {
      const until = Math.min(end, schedule.stays(user, visit, from));
      for (let at = schedule.firstTurn(user, from, visit); at < until; at = schedule.nextTurn(user, n++, at))
        counts[plan.phases.findIndex((phase) => at < phase.end)]! += 1;
      from = schedule.returns(user, visit, until === end ? Infinity : until);
    }
  }
  return counts;
}

test('plannedIn() counts what 42,000 users are to send', () => {
  const [ramp, settle, steady, drain] = plannedIn(planOf());
  // Half of the ramp's rate on average, over 262.5 s, and all for the half second after it.
  expect(ramp).toBeCloseTo((42_000 * (262.5 / 2 + 0.5)) / 6, -2);
  expect([settle, steady, drain]).toEqual([35_000, 420_000, 0]);
});

const phases: Plan['phases'] = [
  { name: 'ramp', start: 0, end: 20, measured: false, pace: pace(1) },
  { name: 'up', start: 20, end: 40, measured: true, pace: pace(1, 3) },
  { name: 'pause', start: 40, end: 45, measured: false, pace: pace(0) },
  { name: 'high', start: 45, end: 65, measured: true, pace: pace(3) },
  { name: 'drain', start: 65, end: 75, measured: false, pace: pace(0) },
];
test.each<[string, Plan]>([
  ['at several paces', planOf({ users: 4_000, ramp: 200, phases })],
  [
    'that come and go',
    planOf({ users: 4_000, ramp: 200, phases, groups: [groupOf({ users: 4_000, ...churn })] }),
  ],
  [
    'of several groups',
    planOf({
      users: 4_000,
      ramp: 200,
      phases,
      groups: [
        groupOf({ users: 1_000, behaviour: channels({ publishers: 0.5 }) }),
        groupOf({ users: 1_000, behaviour: { kind: 'idle' } }),
        groupOf({ users: 2_000, behaviour: pingPong({ every: gapOf({ shape: 'lognormal', spread: 1 }) }) }),
      ],
    }),
  ],
])('plannedIn() is a count of the sends of users %s, and expectedIn() its mean', (_, plan) => {
  const expected = expectedIn(plan);
  const counted = countSends(plan);
  expect(plannedIn(plan)).toEqual(counted);
  for (const [n, count] of counted.entries())
    expect(Math.abs(count - expected[n]!)).toBeLessThanOrEqual(4 * Math.sqrt(expected[n]!));
});

test('plannedIn() expects of few users what they draw, which is not what users draw on average', () => {
  const behaviour = pingPong({ every: gapOf({ shape: 'exponential', spread: 0 }) });
  const few = planOf({ users: 20, ramp: 20, phases, behaviour });
  expect(plannedIn(few)).toEqual(countSends(few));
  expect(plannedIn(few)).not.toEqual(plannedIn({ ...few, seed: 2 }));
  expect(expectedIn(few)).toEqual(expectedIn({ ...few, seed: 2 }));
});

test('plannedIn() knows nothing of a plan in which answers or functions set the pace', () => {
  expect(plannedIn(planOf({ behaviour: pingPong({ model: 'closed' }) }))).toEqual([]);
  expect(plannedIn(planOf({ behaviour: { kind: 'custom', file: 'a.js', options: null } }))).toEqual([]);
  expect(plannedIn(planOf({ users: 10, behaviour: { kind: 'idle' } }))).toEqual([0, 0, 0, 0]);
});

test('messagesPerSecond() is a mean over the measured phases, and the most there can be when answers set the pace', () => {
  expect(messagesPerSecond(planOf())).toBe(7_000);
  expect(messagesPerSecond(planOf({ behaviour: pingPong({ model: 'closed' }) }))).toBe(7_000);
  expect(messagesPerSecond(planOf({ users: 600, phases }))).toBeCloseTo(250, 9);
  expect(messagesPerSecond(planOf({ phases: phases.slice(0, 1) }))).toBe(0);
});

test('deliveriesPerSecond() counts every subscriber of every publication', () => {
  // All 50 users on the one channel, 5 of them publishing twice a second.
  const behaviour = channels({ channels: 1, subscriptions: 1, publishers: 0.1, every: gapOf({ mean: 0.5 }) });
  const plan = planOf({ users: 50, behaviour });
  expect(messagesPerSecond(plan)).toBeCloseTo(10, 9);
  expect(deliveriesPerSecond(plan)).toBeCloseTo(500, 6);
  expect(deliveriesPerSecond(planOf())).toBe(0);
});

test.each([
  ['to their own channels', {}],
  ['to any channel', { publishTo: 'any' as const }],
  ['to popular channels', { publishTo: 'any' as const, popularity: { zipf: 1 } }],
  ['without a subscription of their own', { subscribers: 0.4 }],
])('deliveriesPerSecond() agrees with a count of what publications %s would reach', (_, changes) => {
  const ofChannels = {
    channels: 20,
    subscriptions: 2,
    publishers: 0.25,
    every: gapOf({ mean: 1 }),
    ...changes,
  };
  const plan = planOf({ users: 200, behaviour: channels(ofChannels) });
  const topology = new Topology(plan);
  const sizes = upTo(20).map(
    (channel) => upTo(200).filter((user) => topology.subscriptionsOf(user).includes(channel)).length,
  );
  const publishers = upTo(200).filter((user) => topology.isPublisher(user));
  const rounds = 400;
  let reached = 0;
  for (const user of publishers)
    for (let n = 0; n < rounds; n += 1) reached += sizes[topology.publicationChannel(user, n)]!;
  expect(deliveriesPerSecond(plan) / (reached / rounds)).toBeCloseTo(1, 1);
  expect(Math.abs(deliveriesPerSecond(plan) / (reached / rounds) - 1)).toBeLessThan(0.02);
});
