import { expect, test } from 'vitest';
import { resolvePlan } from '../plan/resolve/index.ts';
import { fitRun } from './preflight.ts';

const of = (users: number) =>
  resolvePlan({
    name: 'test',
    question: 'Does it fit?',
    users,
    ramp: 100,
    duration: 3,
    behaviour: { kind: 'ping-pong', payload: {}, every: 1 },
    target: { workers: 1, brokers: 1, controller: './controller.js' },
    rules: [],
  });

test('fitRun() gives a small run one load process', () => {
  expect(fitRun(of(100), {})).toMatchObject({ processes: 1, usersPerProcess: 100, problems: [] });
});

test('fitRun() starts as many load processes as are asked for', () => {
  expect(fitRun(of(100), { loadProcesses: 3 })).toMatchObject({ processes: 3, usersPerProcess: 34 });
});

test.each([
  ['no target but our own', undefined, 2],
  ['a target on loopback', '127.0.0.1', 2],
  ['a target on another address of loopback', '127.8.9.1', 2],
  ['the loopback of IPv6, which has a single address', '::1', 0],
  ['a target elsewhere', '192.0.2.1', 0],
])('fitRun() chooses source addresses for %s', (_what, targetAddress, addresses) => {
  expect(fitRun(of(600), { targetAddress }).sourceAddresses).toHaveLength(addresses);
});

test.each([
  [0, 100, 'Cannot start "load processes" 0: wanted is 1 to 100, one a user at most'],
  [101, 100, 'Cannot start "load processes" 101: wanted is 1 to 100, one a user at most'],
  [2, 1, 'Cannot start "load processes" 2: wanted is 1'],
  [900_000, 1_000_000, 'the free memory has room for'],
])('fitRun() refuses %i load processes for %i users', (loadProcesses, users, sentence) => {
  let refusal: unknown;
  try {
    fitRun(of(users), { loadProcesses, targetAddress: '127.0.0.1' });
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toMatchObject({ code: 'LIMIT_EXCEEDED', message: expect.stringContaining(sentence) });
});

test('fitRun() has one sentence a line for each limit that is in the way', () => {
  let message = '';
  try {
    fitRun(of(10_000_000), { loadProcesses: 10_000_000 });
  } catch (error) {
    message = String((error as Error).message);
  }
  const lines = message.split('\n');
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) expect(line).toMatch(/^Cannot /);
});
