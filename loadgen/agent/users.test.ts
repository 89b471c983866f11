import { expect, test } from 'vitest';
import { Recorder } from './recording/index.ts';
import { Users } from './users.ts';

const load = { pid: 1, cpuMicros: 0, rssBytes: 0, loopUtilisation: 0, gcMs: 0 };

test('Users keeps number, group, phase and worker of each user', () => {
  const users = new Users([3, 7, 11], (number) => number % 2);
  expect([0, 1, 2].map((user) => users.numberOf(user))).toEqual([3, 7, 11]);
  expect([...Array.from(users.numbers), ...Array.from(users.groups)]).toEqual([3, 7, 11, 1, 1, 1]);
  users.enter(1, 'ready');
  const worker = new Recorder(0, () => load).worker('4');
  users.answeredBy(1, worker);
  expect(users.workerOf(1)).toBe(worker);
  expect([0, 1].map((user) => users.phaseOf(user))).toEqual(['waiting', 'ready']);
  expect(() => users.workerOf(0)).toThrow('Cannot find the worker of user 0');
});

test.each([
  ['waiting', false, false],
  ['connecting', false, false],
  ['open', false, true],
  ['ready', true, true],
  ['leaving', false, true],
  ['away', false, false],
  ['broken', false, false],
  ['ended', false, false],
] as const)('Users knows what a user that is %s can do', (phase, isReady, isConnected) => {
  const users = new Users([0], () => 0);
  users.enter(0, phase);
  expect([users.isReady(0), users.isConnected(0)]).toEqual([isReady, isConnected]);
});
