import { expect, test } from 'vitest';
import type { Plan, PlannedGap } from '../plan.ts';
import { channels, gapOf, groupOf, pingPong, planOf, upTo } from '../testing.ts';
import { Topology } from '../topology/index.ts';
import { ArrivalTimes } from './arrivals.ts';
import { Turns } from './turns.ts';

const turnsOf = (plan: Plan) => new Turns(plan, new Topology(plan));

/** All turns of an open behaviour from a time on. */
function timesOf(turns: Turns, user: number, from: number): number[] {
  const times: number[] = [];
  for (let at = turns.first(user, from, 0), n = 1; at < Infinity; at = turns.next(user, n, at), n += 1)
    times.push(at);
  return times;
}

function perSecond(plan: Plan, seconds: number, from: (user: number) => number): number[] {
  const turns = turnsOf(plan);
  const counts = new Array<number>(seconds).fill(0);
  for (const user of upTo(plan.users))
    for (const at of timesOf(turns, user, from(user))) if (at < seconds) counts[Math.floor(at)]! += 1;
  return counts;
}

const phase = (start: number, end: number, from: number, to = from) => ({
  name: `from ${start}`,
  start,
  end,
  measured: true,
  pace: { from, to },
});

test.each([
  [0, [2.5726076662294557, 7.851669293338059, 12.188180593283473, 18.731058458773045]],
  [1, [0.34469815638484824, 7.02026181031587, 13.03969160529422, 20.29973898098441]],
  [12_345, [84.94113241003859, 90.85848488200489, 94.96308957001227, 99.43210300251874]],
  [41_999, [271.14606293483905, 280.0093626520344, 284.43340626598604, 293.19499023591436]],
])(
  'Turns keep the times they have always had, bit by bit, as records are compared by them: user %i',
  (user, times) => {
    const plan = planOf();
    expect(timesOf(turnsOf(plan), user, new ArrivalTimes(plan).of(user)).slice(0, 4)).toEqual(times);
  },
);

test.each<[string, Partial<PlannedGap>]>([
  ['constant', { shape: 'constant', spread: 0 }],
  ['even', { spread: 0.5 }],
  ['even from 0', { spread: 1 }],
  ['exponential', { shape: 'exponential', spread: 0 }],
  ['lognormal', { shape: 'lognormal', spread: 1 }],
])('Turns.first() makes a user take turns at its rate from its arrival on: %s', (_, changes) => {
  const behaviour = pingPong({ every: gapOf(changes) });
  const plan = planOf({ users: 30_000, behaviour, phases: [phase(0, 12, 1)] });
  // 5,000 expected in each second; at most 5 standard deviations of a Poisson count.
  for (const count of perSecond(plan, 12, () => 0)) expect(Math.abs(count - 5_000)).toBeLessThan(354);
});

test('Turns keep 42,000 users with a ping each 6 s at 7,000 a second', () => {
  const plan = planOf();
  const arrivals = new ArrivalTimes(plan);
  const counts = perSecond(plan, 328, (user) => arrivals.of(user)).slice(268);
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  expect(Math.abs(mean / 7_000 - 1)).toBeLessThan(0.003);
  // Independent users differ by √(7,000 × 5/6) = 76 from second to second, 1.1 %: four of those at most.
  for (const count of counts) expect(Math.abs(count / 7_000 - 1)).toBeLessThan(0.044);
  const deviation = Math.sqrt(counts.reduce((sum, count) => sum + (count - 7_000) ** 2, 0) / counts.length);
  expect(deviation).toBeGreaterThan(50);
  expect(deviation).toBeLessThan(105);
});

test('Turns come closer together as the pace grows, and not at all at pace 0', () => {
  const phases = [phase(0, 10, 1), phase(10, 20, 3), phase(20, 30, 0), phase(30, 40, 0, 2), phase(40, 50, 0)];
  const plan = planOf({ users: 30_000, phases });
  const counts = perSecond(plan, 50, () => 0);
  const expected = [1, 3, 0, null, 0].flatMap((pace, n) =>
    upTo(10).map((second) => (pace ?? (n === 3 ? 0.1 + 0.2 * second : 0)) * 5_000),
  );
  for (const [second, count] of counts.entries())
    expect(Math.abs(count - expected[second]!)).toBeLessThanOrEqual(5 * Math.sqrt(expected[second]!));
});

test('Turns.next() is due one gap after the answer, in operational time', () => {
  const behaviour = pingPong({ every: gapOf({ mean: 4, shape: 'constant', spread: 0 }), model: 'closed' });
  const turns = turnsOf(planOf({ users: 1, behaviour, phases: [phase(0, 10, 1), phase(10, 100, 2)] }));
  expect(turns.next(0, 1, 3)).toBe(7);
  expect(turns.next(0, 2, 8)).toBe(11);
  expect(turns.next(0, 3, 20)).toBe(22);
  expect(turns.next(0, 4, 99)).toBe(Infinity);
});

test('Turns.first() draws other turns for another visit', () => {
  const turns = turnsOf(planOf());
  const waits = upTo(50).map((visit) => turns.first(7, 10, visit) - 10);
  expect(new Set(waits).size).toBe(50);
  expect(waits.every((wait) => wait >= 0 && wait <= 9)).toBe(true);
});

test('Turns.first() is never for users who only listen, and for groups who only stay', () => {
  const groups = [
    groupOf({ users: 1_000, behaviour: channels() }),
    groupOf({ users: 1_000, behaviour: { kind: 'idle' } }),
  ];
  const plan = planOf({ users: 2_000, groups });
  const topology = new Topology(plan);
  const turns = new Turns(plan, topology);
  const takers = upTo(2_000).filter((user) => turns.first(user, 0, 0) < Infinity);
  expect(takers).toHaveLength(100);
  expect(takers.every((user) => topology.isPublisher(user))).toBe(true);
  const idle = upTo(2_000).find((user) => topology.groupOf(user) === 1)!;
  expect(turns.next(idle, 1, 0)).toBe(Infinity);
});
