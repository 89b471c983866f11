/** Hosts of our own, drained and started again under load. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { entry } from '../../../server/process/index.ts';
import { checkConservation, type RecordLine, type RunEvent } from '../../results/index.ts';
import { runScenario } from '../run.ts';
import { startHosts } from './hosts.ts';

const USERS = 100;
const LIMIT = 50;
const controller = entry('scenarios/controllers/ping-pong.js');
const folder = mkdtempSync(join(tmpdir(), 'hosts-test-'));

afterAll(() => rm(folder, { recursive: true }));

const scenario = {
  name: 'rolling',
  question: 'Is anybody lost?',
  users: USERS,
  ramp: USERS,
  settle: 1,
  duration: 300, // Ended as soon as both hosts are back.
  answerWithin: 5,
  behaviour: { kind: 'ping-pong', payload: {}, every: 1 },
  reconnects: { initial: 0.2, randomness: 0, multiplier: 1.5, most: 2 },
  target: {
    hosts: 2,
    workers: 1,
    brokers: 1,
    controller,
    options: { drainWindow: 1_000, drainLimit: LIMIT },
  },
  faults: [{ at: 1, do: 'drain' }],
  rules: ['users.failed == 0', 'messages.timedOut == 0'],
};

test('startHosts() makes hosts that are drained under load, one after the other, and nobody is lost', async () => {
  const file = join(folder, 'rolling.json');
  await writeFile(file, JSON.stringify(scenario));
  const out = join(folder, 'rolling');
  const interrupt = new AbortController();
  let look = (): readonly RunEvent[] => [];
  const { run, exitCode } = await runScenario(
    { scenario: file, overrides: {}, out, command: 'test' },
    {
      begin(_, soFar) {
        look = () => soFar().events;
      },
      second() {
        const texts = look().map(({ text }) => text);
        const isBack = texts.includes('Host 1 is back');
        if (isBack && texts.some((text) => text.startsWith('worker host-1/0 '))) interrupt.abort();
      },
      trouble: expect.fail,
    },
    interrupt.signal,
  );
  const { summary, events, timeline } = run;
  expect(exitCode).toBe(105);
  expect(summary.rules.filter(({ ok }) => ok === false)).toEqual([]);
  expect(events.filter(({ kind }) => kind.startsWith('fault')).map(({ text }) => text)).toEqual([
    'Began to drain host 0',
    'Host 0 is back',
    'Began to drain host 1',
    'Host 1 is back',
  ]);
  const starts = events.filter(({ kind }) => kind === 'worker-start').map(({ text }) => text);
  expect(starts.map((text) => text.replace(/\d+\)/, 'n)'))).toEqual(
    expect.arrayContaining(['worker host-0/0 (pid n) was started', 'worker host-1/0 (pid n) was started']),
  );
  // What a drain ends was meant to end.
  expect(events.filter(({ kind }) => kind.endsWith('-exit'))).toEqual([]);
  // Half of the users leave the first host, and then all of them the second, no faster than they may.
  expect(summary.users).toMatchObject({ peak: USERS, failed: {}, dropped: { 'close-1001': 1.5 * USERS } });
  expect(summary.users.returned).toBe(1.5 * USERS);
  const leaving = timeline.filter(({ users }) => users.dropped > 0);
  expect(leaving.length).toBeGreaterThanOrEqual((1.5 * USERS) / LIMIT);
  expect(timeline.at(-2)?.users.open).toBe(USERS);
  expect(summary.servers).toMatchObject([
    { id: 'host-0', connections: USERS },
    { id: 'host-1', connections: 0 },
  ]);
  const lines = readFileSync(join(out, 'run.jsonl'), 'utf8').split('\n').slice(0, -1);
  const windows = lines.map((line): RecordLine => JSON.parse(line)).filter((line) => line.type === 'window');
  expect(checkConservation({ windows, totals: run.final?.totals ?? [] })).toEqual([]);
});

test('startHosts() leaves nothing running when one of them does not start', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, resolve));
  const { port } = taken.address() as { port: number };
  const options = { workerController: controller, port, logLevel: 0 };
  await expect(startHosts(2, options)).rejects.toMatchObject({ code: 'PORT_IN_USE' });
  await new Promise((resolve) => taken.close(resolve));
});

test('startHosts() starts a single cluster without a name', async () => {
  const target = await startHosts(1, { workerController: controller, port: 0, logLevel: 0 });
  expect(target).not.toHaveProperty('others');
  expect(await (await fetch(target.stateUrl ?? '')).json()).not.toHaveProperty('host');
  await target.stop();
});
