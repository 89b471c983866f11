import { expect, test } from 'vitest';
import type { Prepared } from '../../coordinator/index.ts';
import type { Scenario } from '../../plan/index.ts';
import { resolvePlan } from '../../plan/resolve/index.ts';
import { formatRehearsal } from './rehearsal.ts';

const scenario: Scenario = {
  name: 'mixed',
  question: 'What would it do?',
  users: 100,
  ramp: [{ users: 50, rate: 10 }, { wait: 5 }, { users: 50, rate: [10, 40] }],
  phases: [
    { name: 'calm', duration: 10 },
    { name: 'storm', duration: 10, pace: [1, 3], rules: ['messages.lost == 0'] },
  ],
  groups: [
    {
      name: 'askers',
      weight: 3,
      behaviour: { kind: 'ping-pong', payload: {}, every: 2 },
      stays: 5,
      returns: { mean: 2, shape: 'exponential' },
      reconnects: true,
    },
    {
      name: 'talkers',
      weight: 1,
      behaviour: { kind: 'channels', channels: 5, subscriptions: 1, publishers: 1, every: 1 },
    },
  ],
  target: { workers: 2, brokers: 1, controller: './app.js' },
  faults: [
    { at: 5, do: 'kill', id: 1 },
    { at: 9, do: 'stop', role: 'broker', for: 2 },
    { at: 12, do: 'roll' },
  ],
  rules: ['users.failed == 0', { rule: 'latencyMs.response.p99 < 50', abort: true, grace: 3 }],
};
const fit = { processes: 2, usersPerProcess: 50, sourceAddresses: ['127.0.1.1'], problems: [] };

function textOf(changes: Partial<Scenario> = {}, parts: Partial<Prepared> = {}): string {
  const resolved = resolvePlan({ ...scenario, ...changes });
  return formatRehearsal({ resolved, folder: '/', foreign: undefined, fit, ...parts });
}

test('formatRehearsal() tells users, groups, phases, faults and rules as they would be', () => {
  const text = textOf();
  expect(text).toMatch(
    /^mixed: What would it do\?\n\nPlan\n {2}100 users, 00:37 long, seed 1, hash [0-9a-f]+\n/,
  );
  for (const line of [
    '50 users from 00:00 on, 10 users/s, evenly',
    '50 users from 00:10 on, 10 to 40 users/s, evenly',
    'askers   75 users  ping-pong every 2.00 s, stay 5.00 s, return after 2.00 s (exponential), try again',
    'talkers  25 users  channels every 1.00 s',
    'our own: 2 workers, 1 broker, controller ./app.js',
    '00:22 kill worker 1',
    '00:26 stop every broker for 2 s',
    '00:29 roll all workers',
    '2 load processes, up to 50 users each, 1 source address',
    'latencyMs.response.p99 < 50, or the run ends, from 00:20 on',
    'phases.storm.messages.lost == 0',
  ]) {
    expect(text).toContain(`\n  ${line}\n`);
  }
  expect(text).toMatch(/\n {2}storm +00:27–00:37 +pace 1 to 3 +[\d,]+ messages +measured\n/);
  expect(text).toMatch(/\n {2}generator about 0\.\d\d cores and \d+ MB\n {2}server +about /);
});

test('formatRehearsal() plans no messages where answers set the pace', () => {
  const behaviour = { kind: 'calls', payload: {}, every: 1 / 1_700, model: 'closed' } as const;
  const { phases: _p, groups: _g, faults: _f, ...rest } = scenario;
  const text = formatRehearsal({
    resolved: resolvePlan({ ...rest, duration: 10, behaviour }),
    folder: '/',
    foreign: undefined,
    fit,
  });
  expect(text).toMatch(/\n {2}steady .* messages as they come +measured\n {2}drain .* 0 messages\n/);
  expect(text).toContain('calls every 0.59 ms after the answer');
  expect(text).not.toContain('Faults');
});

test('formatRehearsal() takes nothing for the plan of a behaviour that nobody knows', () => {
  const behaviour = { kind: 'custom', file: './own.mjs' } as const;
  const text = textOf({ groups: [{ name: 'own', weight: 1, behaviour }] });
  expect(text).toContain(' in the measured phases, and what behaviours of your own send\n');
  expect(text).toContain('\nExpected cost, without what behaviours of your own do\n');
  expect(textOf()).not.toContain('of your own');
});

test('formatRehearsal() says nothing of what a target that is not ours would take', () => {
  const foreign = { url: 'ws://elsewhere:80/', others: [] as unknown[] } as Prepared['foreign'];
  const two = { ...foreign, others: [{ url: 'ws://beside:80/' }] } as Prepared['foreign'];
  expect(textOf({}, { foreign: two })).toContain('\nTarget\n  ws://elsewhere:80/, ws://beside:80/\n');
  const text = textOf({}, { foreign, fit: { ...fit, sourceAddresses: [] } });
  expect(text).toContain('\nTarget\n  ws://elsewhere:80/\n');
  expect(text).not.toMatch(/\n {2}server /);
  expect(text).toContain('the source address is the kernel’s choice');
});

test('formatRehearsal() says where agents would be asked for', () => {
  const text = formatRehearsal({ resolved: resolvePlan(scenario), folder: '/', foreign: undefined, fit }, [
    'one:4222',
  ]);
  expect(text).toContain('\n  all agents that answer at one:4222, load processes by their cores\n');
});
