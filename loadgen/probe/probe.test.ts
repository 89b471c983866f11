import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createProbe } from './probe.ts';

const process0 = {
  role: 'worker',
  id: 0,
  pid: 100,
  at: 1_000,
  cpuMicros: 0,
  rssBytes: 60_000_000,
  eventLoop: { p50: 1, p99: 2, max: 3 },
  gcMs: 0,
  connections: 5,
  messagesIn: 10,
  messagesOut: 10,
};
const restart = { role: 'worker', id: 1, pid: 7, at: '2026-01-01T00:00:00Z', code: null, signal: 'SIGKILL' };

let server: Server;
let url: string;
/** What the endpoint answers; undefined: a failure. */
let state: object | undefined;

beforeEach(async () => {
  state = { processes: [process0], restarts: [] };
  server = createServer((_request, response) => {
    response.statusCode = state === undefined ? 500 : 200;
    response.end(JSON.stringify(state ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/state`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('createProbe() looks at the processes of the target, at itself and at the host', async () => {
  const { probe, events } = await createProbe([url])(7);
  expect(probe).toMatchObject({
    type: 'probe',
    second: 7,
    processes: [{ role: 'worker', id: 0, pid: 100, connections: 5, eventLoopP99Ms: 2, cpuCores: 0 }],
    coordinator: { pid: process.pid },
    host: { stealPercent: expect.any(Number), memoryFreeBytes: expect.any(Number) },
  });
  expect(probe.coordinator.cpuCores).toBeGreaterThanOrEqual(0);
  expect(probe.coordinator.rssBytes).toBeGreaterThan(10_000_000);
  expect(events).toEqual([]);
});

test('createProbe() tells what the process for HTTP requests uses, also once it has ended', async () => {
  const busy = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
  const ended = once(busy, 'exit');
  const look = createProbe([], 0, busy.pid);
  await vi.waitFor(async () => expect((await look(0)).probe.http?.cpuCores).toBeGreaterThan(0.1), 10_000);
  expect((await look(1)).probe.http).toMatchObject({ pid: busy.pid, rssBytes: expect.any(Number) });
  busy.kill('SIGKILL');
  await ended;
  await look(2);
  expect((await look(3)).probe.http).toEqual({ pid: busy.pid, cpuCores: 0, rssBytes: 0 });
});

test('createProbe() looks at itself and the host alone when the target is not ours', async () => {
  const { probe } = await createProbe([])(0);
  expect(probe.processes).toEqual([]);
  expect(probe.coordinator.pid).toBe(process.pid);
  expect(probe).not.toHaveProperty('http');
});

test('createProbe() tells each end of a process once, with how it ended', async () => {
  const look = createProbe([url]);
  state = { processes: [], restarts: [restart] };
  const broker = { ...restart, role: 'broker', pid: 8, code: 1, signal: null, lastWords: 'bad news\n  at' };
  expect((await look(3)).events).toEqual([
    {
      type: 'event',
      second: 3,
      kind: 'worker-exit',
      text: 'worker 1 (pid 7) ended by SIGKILL',
      process: { role: 'worker', id: 1, pid: 7 },
      signal: 'SIGKILL',
    },
  ]);
  state = { processes: [], restarts: [restart, broker] };
  expect((await look(4)).events).toEqual([
    {
      type: 'event',
      second: 4,
      kind: 'broker-exit',
      text: 'broker 1 (pid 8) ended with code 1: bad news',
      process: { role: 'broker', id: 1, pid: 8 },
    },
  ]);
  expect((await look(5)).events).toEqual([]);
});

test.each([
  ['2026-01-01T00:00:12.000Z', 12],
  ['2026-01-01T00:00:12.999Z', 12],
  ['2026-01-01T00:00:20.500Z', 15],
  ['2025-12-31T23:59:59.000Z', 0],
])('createProbe() dates an end at %s by itself, not by the look that found it', async (at, second) => {
  const look = createProbe([url], Date.parse('2026-01-01T00:00:00Z'));
  state = { processes: [], restarts: [{ ...restart, at }] };
  expect((await look(15)).events).toMatchObject([{ kind: 'worker-exit', second }]);
});

test('createProbe() tells an end once though a look in between got no answer', async () => {
  const look = createProbe([url]);
  state = { processes: [], restarts: [restart] };
  await look(0);
  state = undefined;
  expect((await look(1)).events).toEqual([]);
  state = { processes: [], restarts: [restart] };
  expect((await look(2)).events).toEqual([]);
});

test('createProbe() tells of each process that was not there before, but not of the first ones', async () => {
  const look = createProbe([url]);
  const broker = { ...process0, role: 'broker', pid: 300 };
  expect((await look(0)).events).toEqual([]);
  state = { processes: [{ ...process0, pid: 200 }, broker], restarts: [] };
  expect((await look(1)).events).toMatchObject([
    {
      kind: 'worker-start',
      text: 'worker 0 (pid 200) was started',
      process: { role: 'worker', id: 0, pid: 200 },
    },
    {
      kind: 'broker-start',
      text: 'broker 0 (pid 300) was started',
      process: { role: 'broker', id: 0, pid: 300 },
    },
  ]);
  expect((await look(2)).events).toEqual([]);
});

test('createProbe() gives no figures for a look that got no answer, and right rates after it', async () => {
  const look = createProbe([url]);
  await look(0);
  state = undefined;
  expect((await look(1)).probe.processes).toEqual([]);
  state = { processes: [{ ...process0, at: 3_000, messagesIn: 30 }], restarts: [] };
  expect((await look(2)).probe.processes).toMatchObject([{ messagesInPerSecond: 10 }]);
});

test('createProbe() goes on when nobody listens any more', async () => {
  const look = createProbe(['http://127.0.0.1:1/state']);
  expect(await look(0)).toMatchObject({ probe: { processes: [] }, events: [] });
});
