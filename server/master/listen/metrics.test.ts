import { expect, test } from 'vitest';
import type { AgedSnapshot, ClusterState } from '../../observe/index.ts';
import { formatMetrics } from './metrics.ts';

const snapshot: AgedSnapshot = {
  ageMs: 1_500,
  role: 'worker',
  id: 2,
  pid: 4_242,
  at: 1_000,
  cpuMicros: 1_500_000,
  rssBytes: 64_000_000,
  heapUsedBytes: 8_000_000,
  eventLoop: { p50: 1, p99: 12, max: 40 },
  gcMs: 250,
  connections: 14_000,
  accepted: 14_010,
  messagesIn: 7,
  messagesOut: 8,
  counters: { tooSlow: 3 },
};

const state: ClusterState = {
  version: 1,
  appName: 'my"app',
  phase: 'ready',
  isReady: true,
  draining: false,
  uptime: 1,
  port: 8000,
  processes: [snapshot, { ...snapshot, role: 'broker', id: 0, counters: {} }],
  restarts: [],
};

test('formatMetrics() gives each figure of each process in base units', async () => {
  const lines = (await formatMetrics(state)).split('\n');
  for (const expected of [
    'socketcluster_resident_memory_bytes{role="worker",id="2",app="my\\"app"} 64000000',
    'socketcluster_cpu_seconds_total{role="worker",id="2",app="my\\"app"} 1.5',
    'socketcluster_gc_seconds_total{role="worker",id="2",app="my\\"app"} 0.25',
    'socketcluster_event_loop_delay_p99_seconds{role="worker",id="2",app="my\\"app"} 0.012',
    'socketcluster_connections{role="broker",id="0",app="my\\"app"} 14000',
    'socketcluster_events_total{role="worker",id="2",event="tooSlow",app="my\\"app"} 3',
    'socketcluster_snapshot_age_seconds{role="worker",id="2",app="my\\"app"} 1.5',
    'socketcluster_ready{app="my\\"app"} 1',
    'socketcluster_restarts_total{app="my\\"app"} 0',
  ]) {
    expect(lines).toContain(expected);
  }
});

test('formatMetrics() says that a cluster ends, and how many clients are left', async () => {
  expect(await formatMetrics(state)).toContain('socketcluster_draining{app="my\\"app"} 0\n');
  const lines = (await formatMetrics({ ...state, draining: true, left: 7 })).split('\n');
  expect(lines).toContain('socketcluster_draining{app="my\\"app"} 1');
  expect(lines).toContain('socketcluster_left{app="my\\"app"} 7');
});

test('formatMetrics() says that a cluster nobody can connect to is not ready, and is the same when asked twice', async () => {
  const down: ClusterState = { ...state, isReady: false };
  const text = await formatMetrics(down);
  expect(text).toContain('socketcluster_ready{app="my\\"app"} 0');
  expect(await formatMetrics(down)).toBe(text);
});
