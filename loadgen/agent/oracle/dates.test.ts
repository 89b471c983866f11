import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSchedule, type Schedule } from '../../plan/index.ts';
import { channels, gapOf, groupOf, planOf } from '../../plan/testing.ts';
import { datesOf, GapDates, plannedTimes, rememberedDatesOf } from './dates.ts';
import type { Gap } from './streams.ts';

const USERS = 6;
const CHANNELS = 3;

function scheduleOf(seed: number): Schedule {
  const every = gapOf({ mean: 2, shape: 'exponential', spread: 0 });
  const behaviour = channels({ channels: CHANNELS, subscriptions: CHANNELS, publishers: 1, every });
  return createSchedule(planOf({ seed, users: USERS, groups: [groupOf({ users: USERS, behaviour })] }));
}

/** When a user publishes to a channel, in a minute. */
function publicationsOf(schedule: Schedule, publisher: number, channel: number): number[] {
  const times: number[] = [];
  let due = schedule.firstTurn(publisher, schedule.arrival(publisher));
  for (let turn = 0; due < 60; turn += 1) {
    if (schedule.publicationChannel(publisher, turn) === channel) times.push(due);
    due = schedule.nextTurn(publisher, turn + 1, due);
  }
  return times;
}

const asCarried = (time: number): number => Math.round(time * 1e6) / 1e6;

const gapBetween = (changes: Partial<Gap>): Gap => ({
  publisher: 4,
  from: 10,
  to: 14,
  after: 100,
  before: 110,
  times: new Map(),
  overtakers: [],
  ...changes,
});

test('datesOf() finds the very times of what a publisher of another process had lost, by its schedule', () => {
  const lost = fc.record({
    seed: fc.integer({ min: 1, max: 1_000 }),
    publisher: fc.nat(USERS - 1),
    channel: fc.nat(CHANNELS - 1),
    first: fc.nat(),
    count: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(lost, ({ seed, publisher, channel, first, count }) => {
      const schedule = scheduleOf(seed);
      const times = publicationsOf(schedule, publisher, channel);
      fc.pre(times.length > count + 1);
      const from = 1 + (first % (times.length - count - 1));
      const to = from + count;
      const [after, before] = [asCarried(times[from - 1]!), asCarried(times[to]!)];
      // Two at the same moment cannot be told apart.
      fc.pre(times[from]! - after > 0.001 && before - times[to - 1]! > 0.001);
      const dates = datesOf(gapBetween({ publisher, from, to, after, before }), (stretch) =>
        plannedTimes(schedule, channel, stretch),
      );
      expect(dates).toEqual(times.slice(from, to));
    }),
  );
});

test('datesOf() believes what is remembered, and asks for the time before that alone', () => {
  const times = new Map([
    [12, 104],
    [13, 107],
  ]);
  const asked: object[] = [];
  const planned = (stretch: object): number[] => {
    asked.push(stretch);
    return [99, 101, 103];
  };
  expect(datesOf(gapBetween({ times }), planned)).toEqual([101, 103, 104, 107]);
  expect(asked).toEqual([{ publisher: 4, after: 100, before: 104 }]);
  const all = new Map([...times, [10, 101], [11, 102]] as [number, number][]);
  expect(datesOf(gapBetween({ times: all }), () => expect.fail())).toEqual([101, 102, 104, 107]);
});

test('datesOf() spreads evenly what no plan tells of', () => {
  expect(datesOf(gapBetween({}), () => [])).toEqual([102, 104, 106, 108]);
  expect(datesOf(gapBetween({ times: new Map([[13, 109]]) }), () => [101])).toEqual([
    102.25, 104.5, 106.75, 109,
  ]);
});

test('rememberedDatesOf() tells the times of those of a gap that are remembered, and of no others', () => {
  const times = new Map([
    [9, 99],
    [12, 104],
    [13, 107],
    [14, 110],
  ]);
  expect(rememberedDatesOf(gapBetween({ times }))).toEqual([104, 107]);
  expect(rememberedDatesOf(gapBetween({}))).toEqual([]);
});

test('GapDates tells what is owed since a confirmation, and looks into the plan once', () => {
  let asked = 0;
  const dates = new GapDates(() => {
    asked += 1;
    return [2, 3, 4];
  });
  const gap: Gap = { publisher: 0, from: 0, to: 3, after: 1, before: 5, times: new Map(), overtakers: [] };
  for (const confirmedAt of [0, 1]) expect(dates.owed(gap, confirmedAt)).toEqual([2, 3, 4]);
  expect(asked).toBe(1);
  // It fell into the gap: only what is remembered is owed for certain.
  expect(dates.owed(gap, 2.5)).toEqual([]);
  expect(
    dates.owed(
      {
        ...gap,
        times: new Map([
          [1, 2],
          [2, 4],
        ]),
      },
      2.5,
    ),
  ).toEqual([4]);
});

test('plannedTimes() knows nothing of users that publish nothing', () => {
  const behaviour = channels({ publishers: 0 });
  const schedule = createSchedule(planOf({ users: 2, groups: [groupOf({ users: 2, behaviour })] }));
  expect(plannedTimes(schedule, 0, { publisher: 1, after: 0, before: 300 })).toEqual([]);
});
