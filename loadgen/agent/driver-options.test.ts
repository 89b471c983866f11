import { expect, test } from 'vitest';
import { driverOptions } from '../drivers/testing.ts';
import type { ConnectSpec } from '../plan/index.ts';
import { driverOptionsOf } from './driver-options.ts';
import type { AgentReport } from './messages.ts';
import { shareOf } from './testing.ts';
import { Users } from './users.ts';

function optionsFor(traceUser?: number, connect: ConnectSpec = {}) {
  const reports: AgentReport[] = [];
  const { clock, events } = driverOptions({ port: 1 });
  const traced = traceUser === undefined ? {} : { traceUser };
  const share = shareOf(1, { share: { ...traced, connect, processes: 2 } });
  const users = new Users([0, 2, 4, 6], () => 0);
  const report = (told: AgentReport): void => void reports.push(told);
  return { reports, options: driverOptionsOf({ share, address: '127.0.0.1', clock, events, users, report }) };
}

test('driverOptionsOf() tells a driver who its users are and what they do', () => {
  const { options } = optionsFor();
  expect(options).toMatchObject({
    users: 4,
    address: '127.0.0.1',
    protocolVersion: 'auto',
    trace: undefined,
  });
  expect(options.behaviours.map(({ kind }) => kind)).toEqual(['ping-pong']);
  expect(Array.from(options.numbers)).toEqual([0, 2, 4, 6]);
});

test('driverOptionsOf() traces a user by its number within the whole run, in the process that has it', () => {
  const { options, reports } = optionsFor(4);
  expect(options.trace?.user).toBe(2);
  options.trace?.frame('in', 'hello', 1.5);
  expect(reports).toEqual([{ type: 'trace', at: 1.5, direction: 'in', text: 'hello', isLast: false }]);
  expect(optionsFor(5).options.trace).toBeUndefined();
});

test('driverOptionsOf() lets no secret into a trace', () => {
  const { options, reports } = optionsFor(4, { headers: { 'X-Any': 'open sesame' } });
  options.trace?.frame('out', '{"event":"say","data":{"token":"abc","text":"open sesame"}}', 1);
  const text = '{"event":"say","data":{"token":"[redacted]","text":"[redacted]"}}';
  expect(reports).toEqual([{ type: 'trace', at: 1, direction: 'out', text, isLast: false }]);
});

test('driverOptionsOf() tells of so many frames and then of none, which would cost a busy user more than they do', () => {
  const { options, reports } = optionsFor(4);
  for (let n = 0; n < 500; n += 1) options.trace?.frame('in', 'hello', n);
  expect(reports).toHaveLength(200);
  expect(reports.map((each) => 'isLast' in each && each.isLast).indexOf(true)).toBe(199);
});
