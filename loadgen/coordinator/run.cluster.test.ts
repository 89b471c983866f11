/** What the coordinator does for its caller; what a person sees of it is the business of cli.cluster.test.ts. */
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { parseBusUrl } from '../bus/index.ts';
import { startNats } from '../bus/testing.ts';
import { startTarget } from '../drivers/testing.ts';
import type { RunRequest } from './prepare/index.ts';
import { type RunListeners, runScenario } from './run.ts';
import { loadScenario } from './scenarios.ts';

const folder = mkdtempSync(join(tmpdir(), 'run-test-'));
const never = new AbortController().signal;
let request: RunRequest;

/** A run that is soon over: its target is a port where nobody listens. */
beforeAll(async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const scenario = {
    name: 'refused',
    question: 'What becomes of a run without a target?',
    users: 20,
    ramp: 20,
    duration: 1,
    behaviour: { kind: 'ping-pong', payload: {}, every: 1 },
    target: { workers: 1, brokers: 1, controller: './nowhere.js' },
    rules: ['users.failed == 0'],
  };
  const file = join(folder, 'refused.json');
  await writeFile(file, JSON.stringify(scenario));
  request = {
    scenario: file,
    overrides: {},
    target: `ws://127.0.0.1:${port}/`,
    out: join(folder, 'out'),
    command: 'test',
  };
});

afterAll(() => rm(folder, { recursive: true }));

function listen(): { listeners: RunListeners; heard: string[] } {
  const heard: string[] = [];
  return {
    heard,
    listeners: {
      begin: ({ scenario }) => heard.push(`begin ${scenario}`),
      second: ({ second }) => heard.push(`second ${second}`),
      trouble: (text) => heard.push(text),
    },
  };
}

test('runScenario() tells of the beginning and of each second, and then what came out', async () => {
  const { listeners, heard } = listen();
  const { run, files, exitCode } = await runScenario(request, listeners, never);
  expect(heard.slice(0, 2)).toEqual(['begin refused', 'second 0']);
  expect(heard.slice(1)).toEqual(heard.slice(1).map((_, second) => `second ${second}`));
  expect(run.summary).toMatchObject({ scenario: 'refused', users: { peak: 0, failed: { refused: 20 } } });
  expect(run.header.command).toBe('test');
  expect(exitCode).toBe(113);
  expect(files[0]).toBe(join(folder, 'out', 'run.jsonl'));
  expect(files.every((file) => existsSync(file))).toBe(true);
  expect(readdirSync(join(folder, 'out'))).toHaveLength(files.length);
});

test('runScenario() does not begin when it is interrupted before', async () => {
  const { listeners, heard } = listen();
  const out = join(folder, 'interrupted');
  await expect(runScenario({ ...request, out }, listeners, AbortSignal.abort())).rejects.toMatchObject({
    code: 'RUN_INTERRUPTED',
  });
  expect(heard).toEqual([]);
  expect(readdirSync(out)).toEqual([]);
});

test('runScenario() refuses what cannot be before it starts anything', async () => {
  const { listeners, heard } = listen();
  const refused = (changes: Partial<RunRequest>) =>
    expect(runScenario({ ...request, ...changes }, listeners, never)).rejects;
  await refused({ scenario: 'nosuch' }).toMatchObject({ code: 'SCENARIO_UNKNOWN' });
  await refused({ overrides: { users: 0 } }).toMatchObject({ code: 'OPTION_INVALID' });
  await refused({ loadProcesses: 21 }).toMatchObject({ code: 'LIMIT_EXCEEDED' });
  await refused({ target: 'http://nosuch/' }).toMatchObject({ code: 'OPTION_INVALID' });
  await refused({ target: undefined }).toMatchObject({ code: 'CONTROLLER_INVALID' });
  await refused({ out: join(folder, 'refused.json') }).toMatchObject({ code: 'OPTION_INVALID' });
  expect(heard).toEqual([]);
});

test('runScenario() passes on why its own target would not start', async () => {
  const { listeners, heard } = listen();
  const { scenario, folder: found } = await loadScenario(join(folder, 'refused.json'));
  await writeFile(join(folder, 'broken.mjs'), 'export const other = 1;');
  const broken = { ...scenario, target: { ...scenario.target, controller: './broken.mjs' } };
  const wanted = { scenario: { scenario: broken, folder: found }, target: undefined };
  const own = { ...request, ...wanted, out: join(folder, 'own') };
  await expect(runScenario(own, listeners, never)).rejects.toMatchObject({ code: 'CONTROLLER_INVALID' });
  expect(heard).toEqual([]);
});

/** One publishes, and the other load process has nobody but listeners. */
const listening = {
  name: 'listening',
  question: 'Who notices that a listener was read late?',
  users: 20,
  ramp: 20,
  settle: 1,
  duration: 4,
  behaviour: {
    kind: 'channels',
    channels: 1,
    subscriptions: 1,
    publishers: 0.05,
    every: { mean: 0.05, shape: 'constant' },
  },
  target: { workers: 1, brokers: 1, controller: './nowhere.js' },
  rules: ['latencyMs.push.p99 < 15'],
} as const;

/** Stops a process for 25 ms in every 125, until it ends or is let go. */
function hamper(pid: number): () => void {
  const signal = (name: 'SIGSTOP' | 'SIGCONT'): void => {
    try {
      process.kill(pid, name);
    } catch {
      clearInterval(stops);
    }
  };
  const stops = setInterval(() => {
    signal('SIGSTOP');
    setTimeout(() => signal('SIGCONT'), 25);
  }, 125);
  return () => clearInterval(stops);
}

test('runScenario() takes a run for invalid whose only late process sends nothing, and names it', async () => {
  const target = await startTarget();
  let letGo: (() => void) | undefined;
  const second: RunListeners['second'] = ({ generator }) => {
    const listener = generator.processes.find(({ id }) => id === 1);
    if (listener !== undefined) letGo ??= hamper(listener.pid);
  };
  const url = `ws://127.0.0.1:${target.port}/socketcluster/`;
  const scenario = { scenario: listening, folder };
  const out = join(folder, 'listening');
  const wanted = { ...request, scenario, target: url, loadProcesses: 2, out };
  const { run, exitCode } = await runScenario(wanted, { ...listen().listeners, second }, never);
  letGo?.();
  await target.close();
  expect(exitCode).toBe(112);
  expect(run.summary.verdict.reasons.join()).toMatch(
    /The generator itself read late: [\d.]+ ms at 99\.5 % in load process 1/,
  );
  expect(run.summary.rules).toMatchObject([{ ok: null }]);
});

test('runScenario() that is interrupted while it waits for agents blames none of them', async () => {
  const nats = await startNats();
  onTestFinished(() => nats.kill());
  const agents = { address: parseBusUrl(nats.url), least: 2 };
  const { listeners, heard } = listen();
  const made = runScenario(
    { ...request, out: join(folder, 'agents'), agents },
    listeners,
    AbortSignal.abort(),
  );
  await expect(made).rejects.toMatchObject({
    code: 'RUN_INTERRUPTED',
    message: 'Cannot begin the run: it was interrupted before its start',
  });
  expect(heard).toEqual([]);
});
