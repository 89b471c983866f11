import { expect, test, vi } from 'vitest';
import { defineScenario } from '../../plan/index.ts';
import { syntheticRun } from '../../testing.ts';
import { type CeilingInstruments, type CeilingRequest, nullServerCeiling } from './null-server-ceiling.ts';
import { trialOf } from './trial-of.ts';

const terms = { withinMs: 50 };
const good = trialOf(syntheticRun({ users: 20, seconds: 1 }), terms);
const never = new AbortController().signal;

const request: CeilingRequest = {
  scenarioAt: (load) =>
    defineScenario({
      name: `load ${load}`,
      question: 'Is it reached?',
      users: 1,
      ramp: 1,
      duration: 1,
      behaviour: { kind: 'calls', payload: null, every: 1 / load },
      target: { workers: 1, brokers: 1, controller: './none.js' },
      rules: [],
    }),
  folder: '/scenarios',
  out: '/trials',
  from: 1_000,
  enough: 4_000,
  terms,
  command: 'test',
};

/** A generator that sends so many messages a second at most. */
function scene(most: number, answered = 1) {
  const stop = vi.fn(() => Promise.resolve());
  const asked: { name: string; out: string; target: string | undefined }[] = [];
  const instruments: CeilingInstruments = {
    start: () => Promise.resolve({ url: 'ws://null/', stop }),
    trial: ({ scenario, out, target }) => {
      asked.push({ name: scenario.name, out, target });
      const load = Number(scenario.name.split(' ')[1]);
      const achieved = Math.min(1, most / load);
      const inTime = { 50: good.scheduled * achieved * answered };
      return Promise.resolve({ ...good, inTime, generator: { ...good.generator, achieved } });
    },
  };
  return { asked, instruments, stop };
}

test('nullServerCeiling() raises the load until it is not reached, each run in a folder of its own', async () => {
  const { asked, instruments, stop } = scene(2_000);
  const ceiling = await nullServerCeiling(request, { signal: never }, instruments);
  expect(ceiling).toMatchObject({ load: 1_500, isAtLeast: false });
  expect(ceiling.trials.map(({ load, isReached }) => [load, isReached])).toEqual([
    [1_000, true],
    [1_500, true],
    [2_250, false],
  ]);
  expect(ceiling.trials.at(-1)?.why).toBe(
    'only 88.9 % of what was due was sent, and only 88.9 % of the answers came within 50 ms',
  );
  expect(asked.map(({ out }) => out)).toEqual(['/trials/1', '/trials/2', '/trials/3']);
  expect(asked.every(({ target }) => target === 'ws://null/')).toBe(true);
  expect(stop).toHaveBeenCalledOnce();
});

test('nullServerCeiling() ends with exactly what is enough', async () => {
  const { asked, instruments } = scene(1_000_000);
  const ceiling = await nullServerCeiling(request, { signal: never }, instruments);
  expect(ceiling).toMatchObject({ load: 4_000, isAtLeast: true });
  expect(asked.at(-1)?.name).toBe('load 4000');
  expect(await nullServerCeiling({ ...request, from: 9_000 }, { signal: never }, instruments)).toMatchObject({
    load: 4_000,
    trials: [{ load: 4_000 }],
  });
});

test('nullServerCeiling() does not take sent for answered', async () => {
  const { instruments } = scene(1_000_000, 0.98);
  const { load, isAtLeast, trials } = await nullServerCeiling(request, { signal: never }, instruments);
  expect([load, isAtLeast, trials.length]).toEqual([0, false, 1]);
});

test('nullServerCeiling() stops the server when a trial cannot be run', async () => {
  const { instruments, stop } = scene(1);
  instruments.trial = () => Promise.reject(new Error('no host'));
  await expect(nullServerCeiling(request, { signal: never }, instruments)).rejects.toThrow('no host');
  expect(stop).toHaveBeenCalledOnce();
});
