import { expect, test } from 'vitest';
import { type Plan, planHash, plannedIn } from '../plan/index.ts';
import { resolvePlan } from '../plan/resolve/index.ts';
import { type HeaderParts, makeHeader } from './header.ts';
import type { Target } from './target.ts';

const resolved = resolvePlan({
  name: 'small',
  question: 'Does it hold?',
  users: 100,
  ramp: 50,
  duration: 3,
  behaviour: { kind: 'ping-pong', payload: {}, every: 2 },
  target: { workers: 3, brokers: 2, controller: './controller.js' },
  rules: ['users.failed == 0'],
});
const foreign: Target = {
  host: '127.0.0.1',
  port: 8000,
  path: '/socketcluster/',
  url: 'ws://127.0.0.1:8000/socketcluster/',
  ended: new Promise(() => undefined),
  stop: () => Promise.resolve(),
};
const own: Target = { ...foreign, stateUrl: 'http://127.0.0.1:9000/state' };
const parts: HeaderParts = {
  resolved,
  target: own,
  generator: { processes: 2, sourceAddresses: ['127.0.1.1'], precedence: 'high' },
  command: 'npm run bench -- --scenario small',
  startAt: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
};

test('makeHeader() says what was decided before the start', () => {
  const [ramp, settle, steady] = plannedIn(resolved.plan);
  expect(makeHeader(parts)).toMatchObject({
    type: 'header',
    version: 2,
    tool: expect.stringMatching(/^\d+\.\d+\.\d+/),
    scenario: 'small',
    question: 'Does it hold?',
    seed: 1,
    startedAt: '2026-01-02T03:04:05.678Z',
    command: 'npm run bench -- --scenario small',
    users: 100,
    ramp: 50,
    messagesPerSecond: 50,
    phases: [
      { name: 'ramp', start: 0, end: 2, measured: false, planned: ramp },
      { name: 'settle', start: 2, end: 7, measured: false, planned: settle },
      { name: 'steady', start: 7, end: 10, measured: true, planned: steady },
      { name: 'drain', start: 10, end: 20, measured: false, planned: 0 },
    ],
    rules: ['users.failed == 0'],
    target: { url: own.url, own: true, workers: 3, brokers: 2, balancers: 0 },
    generator: { processes: 2, sourceAddresses: 1, driver: 'socketcluster', precedence: 'high' },
    host: { node: process.version },
  });
});

test('makeHeader() tells the pace of phases in which it changes: half of their time is not half of their plan', () => {
  const phases = resolved.plan.phases.map((phase) => ({
    ...phase,
    pace: { from: 1, to: phase.measured ? 3 : 1 },
  }));
  const changing = { ...resolved, plan: { ...resolved.plan, phases } };
  const paces = makeHeader({ ...parts, resolved: changing }).phases.map(({ pace }) => pace);
  expect(paces).toEqual([undefined, undefined, { from: 1, to: 3 }, undefined]);
});

test('makeHeader() leaves open what is planned when answers set the pace', () => {
  const groups = resolved.plan.groups.map((group) => ({
    ...group,
    behaviour: { ...group.behaviour, model: 'closed' as const },
  }));
  const closed = { ...resolved, plan: { ...resolved.plan, groups } as Plan };
  for (const phase of makeHeader({ ...parts, resolved: closed }).phases)
    expect(phase).not.toHaveProperty('planned');
});

test('makeHeader() describes our own target by its options and any other by its address', () => {
  expect(makeHeader(parts).plan['target']).toEqual(resolved.target);
  const header = makeHeader({ ...parts, target: foreign });
  expect(header.plan['target']).toBe(foreign.url);
  expect(header.target.own).toBe(false);
});

test('makeHeader() gives equal plans equal hashes, however many processes drive them', () => {
  const { planHash } = makeHeader(parts);
  expect(makeHeader({ ...parts, generator: { processes: 9, sourceAddresses: [] } }).planHash).toBe(planHash);
  const other = { ...resolved, plan: { ...resolved.plan, seed: 2 } };
  expect(makeHeader({ ...parts, resolved: other }).planHash).not.toBe(planHash);
});

test('makeHeader() makes plain data: what is written is what is read', () => {
  const header = makeHeader(parts);
  expect(JSON.parse(JSON.stringify(header))).toEqual(header);
});

test('makeHeader() says what was profiled, and not how', () => {
  const profile = { tool: 'cpu', role: 'worker', id: 1, file: 'worker.cpuprofile' } as const;
  const how = { nodeOptions: ['--cpu-prof'], environment: { A: 'b' } };
  expect(makeHeader({ ...parts, profile: { ...profile, ...how } }).profile).toStrictEqual(profile);
  expect(makeHeader(parts)).not.toHaveProperty('profile');
});

test('makeHeader() names the hosts that hold users, if others do', () => {
  const host = { cpus: 2, model: 'None', memoryGB: 16, kernel: '6', node: '20', fdLimit: 20_000 };
  const agents = [{ name: 'a', processes: [0, 1], host, clock: { offsetMs: 1, errorMs: 0.1 } }];
  expect(makeHeader({ ...parts, generator: { ...parts.generator, agents } }).generator.agents).toBe(agents);
  expect(makeHeader(parts).generator).not.toHaveProperty('agents');
});

test('makeHeader() shows neither who users say they are nor what a server is told in confidence', () => {
  const secret = resolvePlan({
    name: 'secret',
    question: 'How is ws://anna:S3CRET@host/?token=S3CRET?',
    users: 10,
    ramp: 10,
    duration: 3,
    behaviour: { kind: 'calls', event: 'do', payload: { password: 'S3CRET', room: 'lobby' }, every: 2 },
    target: {
      workers: 1,
      brokers: 1,
      controller: './controller.js',
      options: { authKey: 'S3CRET', pingInterval: 100 },
    },
    http: {
      path: '/?api_key=S3CRET&page=1',
      rate: 1,
      headers: { Accept: '*/*', Authorization: 'Basic S3CRET' },
      body: 'name=anna&word=S3CRET',
    },
    connect: { headers: { 'X-Key': 'S3CRET' }, login: { event: 'login', data: 'S3CRET' } },
    rules: [],
  });
  const url = 'wss://host/?token=S3CRET';
  const headers = [own, { ...foreign, url }].map((target) =>
    makeHeader({ ...parts, resolved: secret, target }),
  );
  for (const header of headers) expect(JSON.stringify(header)).not.toContain('S3CRET');
  const [ours, theirs] = headers;
  expect(ours?.plan).toMatchObject({
    groups: [{ behaviour: { payload: { password: '[redacted]', room: 'lobby' } } }],
    http: { path: '/?api_key=[redacted]&page=1', headers: { Accept: '*/*', Authorization: '[redacted]' } },
    target: { options: { authKey: '[redacted]', pingInterval: 100 } },
  });
  expect(theirs?.target.url).toBe('wss://host/?token=[redacted]');
  expect(theirs?.planHash).toBe(planHash(secret.plan));
});
