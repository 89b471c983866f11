/** Small real trials: what is asserted holds on the busiest machine. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { entry } from '../../../server/process/index.ts';
import { defineScenario, type Scenario } from '../../plan/index.ts';
import { RECORD_NAME } from '../../results/index.ts';
import { nullServerCeiling } from './null-server-ceiling.ts';
import { refusesQuota } from './quota/index.ts';
import { readTrial } from './read-trial.ts';
import { runTrial, type TrialRequest } from './run-trial.ts';

const out = mkdtempSync(join(tmpdir(), 'run-trial-test-'));
const signal = new AbortController().signal;
const terms = { withinMs: 100 };
const USERS = 20;
const SECONDS = 2;

afterAll(() => rmSync(out, { recursive: true }));

function scenarioAt(load: number): Scenario {
  return defineScenario({
    name: 'small-trial',
    question: 'Is a trial counted as it was run?',
    users: USERS,
    ramp: USERS,
    settle: 2,
    duration: SECONDS,
    behaviour: { kind: 'calls', event: 'add', payload: { a: 1, b: 2 }, every: USERS / load },
    target: { workers: 2, brokers: 1, controller: entry('scenarios/controllers/calls.js') },
    rules: [],
  });
}

function requestOf(name: string, changes: Partial<TrialRequest> = {}): TrialRequest {
  return {
    scenario: scenarioAt(200),
    folder: out,
    out: join(out, name),
    terms,
    command: 'test',
    ...changes,
  };
}

test('runTrial() runs a cluster, keeps its record, and tells what was owed and what each process did', async () => {
  const trial = await runTrial(requestOf('1'), { signal });
  expect(existsSync(join(out, '1', RECORD_NAME))).toBe(true);
  expect(trial).toMatchObject({ users: USERS, workers: 2, measuredSeconds: SECONDS, remarks: [] });
  expect(trial.load).toBeCloseTo(200, 0);
  expect(trial.connects).toEqual({ asked: USERS, made: USERS });
  expect([trial.errors, trial.unreconciled]).toEqual([0, 0]);
  // The plan has some 400; what was under way when they began is in it, too.
  expect(trial.scheduled).toBeGreaterThan(300);
  expect(trial.scheduled).toBeLessThan(600);
  expect(trial.inTime[100]).toBeLessThanOrEqual(trial.scheduled);
  expect(trial.inTime[10]).toBeLessThanOrEqual(trial.inTime[100] ?? 0);
  expect(trial.inTime[100]).toBeGreaterThan(0);
  expect(trial.seconds.reduce((sum, { scheduled }) => sum + scheduled, 0)).toBe(trial.scheduled);
  const roles = trial.processes.map(({ role }) => role).sort();
  expect(roles).toEqual(['broker', 'master', 'worker', 'worker']);
  expect(trial.processes.every(({ rssBytes }) => rssBytes > 1_000_000)).toBe(true);
  expect(trial.counts).toMatchObject({ published: 0, pushed: 0 });
  expect(trial.counts.inbound).toBeGreaterThan(0);
  expect(trial.generator.ports?.limit).toBeGreaterThan(0);
  const again = { ...terms, portsPerAddress: trial.generator.ports?.limit ?? 0 };
  expect(await readTrial(join(out, '1'), again)).toEqual(trial);
});

test('runTrial() slows workers by a service time', async () => {
  const trial = await runTrial(requestOf('2', { serviceTime: { perMessage: 12_000 } }), { signal });
  expect(trial.remarks).toEqual([]);
  expect(trial.counts.deliveries).toBeGreaterThan(0);
  // Nobody is answered before the time is over.
  expect(trial.inTime[10]).toBe(0);
});

test.skipIf(refusesQuota() !== undefined)('runTrial() gives workers a quota and takes it away', async () => {
  // Each of the two is given 100 messages a second, which would keep it busy for 0.4 s of it.
  const small = { workerShare: 0.2, serviceTime: { perMessage: 4_000 } };
  const trial = await runTrial(requestOf('3', small), { signal });
  expect(trial.counts.deliveries).toBeGreaterThan(0);
  const workers = trial.processes.filter(({ role }) => role === 'worker');
  expect(workers).toHaveLength(2);
  for (const { busyMicros } of workers) expect(busyMicros / 1_000_000 / SECONDS).toBeLessThan(0.25);
  const left = ['/sys/fs/cgroup', '/sys/fs/cgroup/cpu']
    .filter(existsSync)
    .flatMap((root) => readdirSync(root));
  expect(left.filter((name) => name.startsWith(`scbench-worker-${process.pid}-`))).toEqual([]);
});

test('nullServerCeiling() drives the null server with the same scenario', async () => {
  const request = {
    scenarioAt,
    folder: out,
    out: join(out, 'null'),
    from: 100,
    enough: 100,
    terms,
    command: 'test',
  };
  const { trials } = await nullServerCeiling(request, { signal });
  expect(trials).toHaveLength(1);
  const trial = await readTrial(join(out, 'null', '1'), terms);
  expect(trial).toMatchObject({ connects: { asked: USERS, made: USERS }, errors: 0, processes: [] });
  expect(trial.counts.deliveries).toBeGreaterThan(0);
});
