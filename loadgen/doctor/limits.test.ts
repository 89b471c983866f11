import { expect, test } from 'vitest';
import { resolvePlan } from '../plan/resolve/index.ts';
import { estimateCost } from './cost.ts';
import type { Facts } from './facts.ts';
import { findLimits, type Question } from './limits.ts';

const resolved = resolvePlan({
  name: 'limits',
  question: 'Which limit binds?',
  users: 20_000,
  ramp: 1_000,
  duration: 10,
  behaviour: { kind: 'ping-pong', payload: {}, every: 10 },
  target: { workers: 4, brokers: 1, controller: './controller.js' },
  rules: [],
});
const roomy: Facts = {
  cpus: 64,
  model: 'm',
  memoryGB: 256,
  kernel: 'k',
  node: 'n',
  fdLimit: 1_000_000,
  memoryBytes: 250e9,
  files: { open: 1_000, most: 9e9 },
  portRange: [1_024, 65_535],
  reservedPorts: 0,
  addresses: 100,
  listenQueue: 4_096,
  synQueue: 4_096,
  conntrack: { count: 0, most: 10e6 },
  tcpMemoryBytes: 60e9,
};
const cost = estimateCost(resolved, { processes: 1 });
const own: Question = { resolved, facts: roomy, cost, loopback: true };
const elsewhere: Question = { ...own, cost: { generator: cost.generator, target: null }, loopback: false };

test('findLimits() lets everybody through where there is plenty of everything', () => {
  for (const { users } of findLimits(own)) expect(users).toBeGreaterThan(resolved.plan.users);
});

test.each<[string, Question, Partial<Facts>, number, RegExp]>([
  ['processor', own, { cpus: 1 }, 25_836, /agents/],
  ['CPU quota', own, { cpuQuota: 0.25 }, 6_459, /cpu\.max/],
  ['memory', own, { memoryBytes: 800e6 }, 26_117, /agents/],
  ['memory limit', own, { memoryRoomBytes: 700e6 }, 14_352, /memory\.max/],
  ['descriptors', own, { fdLimit: 1_024 }, 2_048, /ulimit -n 5512/],
  ['descriptors', elsewhere, { fdLimit: 512 }, 0, /ulimit/],
  ['open files', own, { files: { open: 1_000, most: 21_000 } }, 10_000, /file-max=81000/],
  ['ports', elsewhere, { portRange: [40_000, 40_099] }, 10_000, /ip_local_port_range/],
  ['ports', elsewhere, { portRange: [40_000, 40_099], reservedPorts: 50 }, 5_000, /ip_local_port_range/],
  ['source addresses', elsewhere, { addresses: 1 }, 64_512, /ip address add/],
  ['conntrack', own, { conntrack: { count: 60_000, most: 65_536 } }, 5_536, /nf_conntrack_max=100000/],
  ['TCP memory', own, { tcpMemoryBytes: 16_384_000 }, 1_000, /tcp_mem/],
  ['listen queue', own, { listenQueue: 50 }, 10_000, /somaxconn=200/],
  ['SYN queue', own, { synQueue: 25 }, 5_000, /tcp_max_syn_backlog=200/],
])('findLimits() names %s first when it binds', (name, question, facts, users, remedy) => {
  const [first] = findLimits({ ...question, facts: { ...roomy, ...facts } });
  expect(first).toMatchObject({ name, remedy: expect.stringMatching(remedy) });
  expect((first?.users ?? 0) / Math.max(1, users)).toBeCloseTo(users === 0 ? 0 : 1, 1);
});
