import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ClusterError } from '../../../server/errors/index.ts';
import { defineScenario } from '../../plan/index.ts';
import type { Second } from '../../results/index.ts';
import { syntheticRun } from '../../testing.ts';
import { type Instruments, runTrial, type TrialRequest } from './run-trial.ts';
import { probeOf } from './testing.ts';
import { trialOf } from './trial-of.ts';

const terms = { withinMs: 50 };
const trial = trialOf(syntheticRun({ users: 20, seconds: 1 }), terms);
const never = new AbortController().signal;

const scenario = defineScenario({
  name: 'made',
  question: 'Is it run?',
  users: 1,
  ramp: 1,
  duration: 1,
  behaviour: { kind: 'idle' },
  target: { workers: 1, brokers: 1, controller: './calls.js' },
  rules: [],
});
const request: TrialRequest = { scenario, folder: '/scenarios', out: '/nowhere', terms, command: 'test' };

type Run = Instruments['run'];

/** A run of so many seconds, in each of which the probe sees workers of these pids. */
function scene({
  seconds = [[7, 8]],
  phases = ['steady'],
  events = [] as { kind: string; text: string }[],
} = {}) {
  const asked: Parameters<Run>[] = [];
  const undo = vi.fn(() => Promise.resolve());
  const instruments = {
    run: vi.fn((...parameters: Parameters<Run>) => {
      asked.push(parameters);
      const [, listeners] = parameters;
      const timeline = seconds.map((pids, second) => {
        const probe = probeOf(second, [{ role: 'broker', pid: 1 }, ...pids.map((pid) => ({ pid }))]);
        const phase = phases[second] ?? 'steady';
        return { second, phase, probe } as Second;
      });
      for (const second of timeline) listeners.second(second);
      return Promise.resolve({ run: { events, timeline }, files: [], exitCode: 0 });
    }) as unknown as Run & { mock: unknown },
    limit: vi.fn<Instruments['limit']>(() => ({ version: 2, undo })),
    read: vi.fn<Instruments['read']>(() => Promise.resolve(trial)),
  };
  return { asked, instruments, undo };
}

test('runTrial() runs the scenario as it is, in its folder, and reads what was recorded', async () => {
  const { asked, instruments } = scene();
  const second = vi.fn();
  const found = await runTrial({ ...request, loadProcesses: 2 }, { signal: never, second }, instruments);
  expect(found).toBe(trial);
  expect(asked[0]?.[0]).toEqual({
    scenario: { scenario, folder: '/scenarios' },
    overrides: {},
    out: '/nowhere',
    command: 'test',
    loadProcesses: 2,
  });
  expect(second).toHaveBeenCalledOnce();
  expect(instruments.read).toHaveBeenCalledWith('/nowhere', {
    withinMs: 50,
    portsPerAddress: expect.any(Number),
  });
  expect(instruments.limit).not.toHaveBeenCalled();
});

test('runTrial() limits each worker once, also one that replaces another, and undoes it', async () => {
  const { instruments, undo } = scene({ seconds: [[], [7, 8], [7, 8], [7, 9]] });
  await runTrial({ ...request, workerShare: 0.2 }, { signal: never }, instruments);
  expect(instruments.limit.mock.calls).toEqual([
    [[7, 8], 0.2],
    [[9], 0.2],
  ]);
  expect(undo).toHaveBeenCalledTimes(2);
});

test('runTrial() lets workers take as much as they want until their load warms up, or users settle', async () => {
  const seen = { seconds: [[1], [1, 2], [1, 2, 3]], phases: ['ramp', 'settle', 'warm-up'] };
  const asked = { ...request, workerShare: 0.2 };
  const settling = scene(seen);
  await runTrial(asked, { signal: never }, settling.instruments);
  expect(settling.instruments.limit.mock.calls.map(([pids]) => pids)).toEqual([[1, 2], [3]]);
  const phases = [
    { name: 'warm-up', duration: 1, measured: false },
    { name: 'steady', duration: 1 },
  ];
  const warming = scene(seen);
  await runTrial({ ...asked, scenario: { ...scenario, phases } }, { signal: never }, warming.instruments);
  expect(warming.instruments.limit.mock.calls.map(([pids]) => pids)).toEqual([[1, 2, 3]]);
});

test('runTrial() keeps its trial when a quota cannot be taken away, and says so', async () => {
  const { instruments, undo } = scene();
  undo.mockRejectedValue(new Error('EIO'));
  const trouble = vi.fn();
  const found = await runTrial({ ...request, workerShare: 0.2 }, { signal: never, trouble }, instruments);
  expect(found).toBe(trial);
  expect(trouble).toHaveBeenCalledWith('Could not take a quota away from workers: EIO');
});

test('runTrial() ends a run whose workers cannot be limited, and says why', async () => {
  const { asked, instruments } = scene({ seconds: [[7], [7, 8]] });
  instruments.limit.mockImplementation(() => {
    throw new ClusterError('Cannot limit workers', { code: 'MEASUREMENT_FAILED' });
  });
  const limited = runTrial({ ...request, workerShare: 0.2 }, { signal: never }, instruments);
  await expect(limited).rejects.toThrow('Cannot limit workers');
  expect(asked[0]?.[2].aborted).toBe(true);
  expect(instruments.limit).toHaveBeenCalledOnce();
  expect(instruments.read).not.toHaveBeenCalled();
});

test('runTrial() does not take workers that nobody saw for limited ones', async () => {
  const { instruments } = scene({ seconds: [[], []] });
  await expect(runTrial({ ...request, workerShare: 0.2 }, { signal: never }, instruments)).rejects.toThrow(
    "Cannot limit workers to 0.2 of a core: none was seen in 2 s, wanted a target of the run's own",
  );
});

test('runTrial() puts the application behind a service time where one is asked for', async () => {
  const out = mkdtempSync(join(tmpdir(), 'run-trial-'));
  onTestFinished(() => rmSync(out, { recursive: true }));
  const { asked, instruments } = scene();
  await runTrial({ ...request, out, serviceTime: { perMessage: 90 } }, { signal: never }, instruments);
  const controller = join(out, 'controller.mjs');
  expect(asked[0]?.[0].scenario).toMatchObject({ scenario: { target: { workers: 1, controller } } });
  expect(readFileSync(controller, 'utf8')).toContain('file:///scenarios/calls.js');
});

test('runTrial() throws when it was interrupted, and when the disk gave out', async () => {
  const { instruments } = scene();
  await expect(runTrial(request, { signal: AbortSignal.abort() }, instruments)).rejects.toMatchObject({
    code: 'RUN_INTERRUPTED',
  });
  const full = scene({ events: [{ kind: 'unwritten', text: 'Cannot write: no space left' }] });
  await expect(runTrial(request, { signal: never }, full.instruments)).rejects.toMatchObject({
    code: 'RESULTS_UNWRITTEN',
  });
});
