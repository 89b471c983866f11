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
  const oracle = createOracle({ recorder, schedule: createSchedule(plan), users });
  for (const user of [0, 1]) {
    oracle.request(user);
    oracle.confirm(user, 0, 1);
  }
  const deliver = (user: number, sequence: number): void =>
    oracle.deliver(user, { channel: 0, publisher: 0, sequence, intended: sequence + 2 }, sequence + 3);
  for (const sequence of [0, 1, 2, 2, 3]) deliver(0, sequence);
  for (const sequence of [0, 2, 1]) deliver(1, sequence);
  oracle.finish(9, true);
  const { workers, fanout } = recorder.cut(0);
  expect(workers.find(({ worker }) => worker === '1')).toMatchObject({ pushDuplicated: 1 });
  expect(workers.find(({ worker }) => worker === '2')).toMatchObject({ pushLost: 1, pushReordered: 1 });
  expect(fanout).toEqual({ first: expect.any(String), median: expect.any(String), last: expect.any(String) });
});
