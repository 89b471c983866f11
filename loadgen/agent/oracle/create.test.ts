import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSchedule } from '../../plan/index.ts';
import { channels, groupOf, planOf } from '../../plan/testing.ts';
import { newRecorder, readyUsers } from '../testing.ts';
import { createOracle } from './create.ts';

test('createOracle() counts for the worker of the subscriber, and records spreads', () => {
  const recorder = newRecorder();
  const users = readyUsers(2, recorder);
  users.answeredBy(1, recorder.worker('2'));
  const behaviour = channels({ channels: 1, subscriptions: 1 });
  const plan = planOf({ users: 2, groups: [groupOf({ users: 2, behaviour })] });
  const oracle = createOracle({
    schedule: createSchedule(plan),
    users,
    spread: (spread) => recorder.spread(spread),
  });
  for (const user of [0, 1]) {
    oracle.request(user);
    oracle.confirm(user, 0, 1);
  }
  const deliver = (user: number, sequence: number): boolean =>
    oracle.deliver(user, { channel: 0, publisher: 0, sequence, intended: sequence + 2 }, sequence + 3);
  for (const sequence of [0, 1, 2, 2, 3]) deliver(0, sequence);
  for (const sequence of [0, 2, 1]) deliver(1, sequence);
  oracle.finish(9, true);
  const { workers, fanout } = recorder.cut(0);
  expect(workers.find(({ worker }) => worker === '1')).toMatchObject({ pushDuplicated: 1 });
  expect(workers.find(({ worker }) => worker === '2')).toMatchObject({ pushLost: 1, pushReordered: 1 });
  expect(fanout).toEqual({ first: expect.any(String), median: expect.any(String), last: expect.any(String) });
});

test('createOracle() takes no notice of publications that no user of the run can have made', () => {
  const recorder = newRecorder();
  const users = readyUsers(1, recorder);
  const behaviour = channels({ channels: 1, subscriptions: 1 });
  const plan = planOf({ users: 1, groups: [groupOf({ users: 1, behaviour })] });
  const oracle = createOracle({
    schedule: createSchedule(plan),
    users,
    spread: (spread) => recorder.spread(spread),
  });
  oracle.request(0);
  oracle.confirm(0, 0, 1);
  const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0, 1, Number.NaN, 2 ** 53));
  fc.assert(
    fc.property(number, number, number, number, (channel, publisher, sequence, intended) => {
      fc.pre(publisher !== 0 || !Number.isSafeInteger(sequence) || sequence < 0);
      oracle.deliver(0, { channel, publisher, sequence, intended }, 5);
    }),
  );
  oracle.finish(9, true);
  const [worker] = recorder.cut(0).workers;
  expect(worker).not.toMatchObject({ pushLost: expect.anything() });
  expect(worker).not.toMatchObject({ pushDuplicated: expect.anything() });
});

test('createOracle() dates what a publisher of another process lost to the second of its schedule', () => {
  const recorder = newRecorder();
  const behaviour = channels({ channels: 2, subscriptions: 2, publishers: 1 });
  const plan = planOf({ users: 6, groups: [groupOf({ users: 6, behaviour })] });
  const schedule = createSchedule(plan);
  const oracle = createOracle({ schedule, users: readyUsers(1, recorder), spread: () => {} });
  oracle.request(0);
  for (const channel of [0, 1]) oracle.confirm(0, channel, 0);
  const publisher = 5;
  const sequences = [0, 0];
  const expected: Record<string, number> = {};
  let due = schedule.firstTurn(publisher, schedule.arrival(publisher));
  for (let turn = 0; due < 60; turn += 1) {
    const channel = schedule.publicationChannel(publisher, turn);
    const sequence = sequences[channel]!;
    sequences[channel] = sequence + 1;
    const second = String(Math.floor(due));
    // A broker is gone for six seconds.
    if (due >= 20 && due < 26) expected[second] = (expected[second] ?? 0) + 1;
    else oracle.deliver(0, { channel, publisher, sequence, intended: due }, due + 0.01);
    due = schedule.nextTurn(publisher, turn + 1, due);
  }
  oracle.finish(70, true);
  expect(Object.keys(expected).length).toBeGreaterThan(1);
  expect(recorder.cut(0).workers[0]?.pushLostOf).toEqual(expected);
});
