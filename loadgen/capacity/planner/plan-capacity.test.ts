import { expect, test } from 'vitest';
import { readSnapshot } from '../instances/index.ts';
import { builtIn } from '../profiles/testing.ts';
import { parseSlo } from '../slo/index.ts';
import { type PlanRequest, planCapacity } from './plan-capacity.ts';
import { aSize } from './testing.ts';

const prices = readSnapshot();
const request: PlanRequest = {
  profile: builtIn('42k'),
  slo: parseSlo('99% < 50ms'),
  sizes: { main: 1, points: [] },
  withinMs: 1,
  out: '/plan',
  command: 'npx scbench plan',
  instances: prices.instances.slice(0, 3),
  prices,
  scores: [],
  score: { single: 70, busy: 90 },
};
const follower = { signal: new AbortController().signal, say: () => undefined };
const run = () => Promise.resolve({ main: aSize(1), points: [], remarks: [], isInterrupted: false });

test('planCapacity() answers from the trials, with paths as the folder of the plan sees them', async () => {
  const document = await planCapacity(request, follower, run);
  expect(document).toMatchObject({
    profile: { name: '42k' },
    slo: '99 % < 50 ms',
    calibration: { single: 70, busy: 90 },
    command: 'npx scbench plan',
  });
  expect(document.sizes[0]?.trials[0]?.folder).toBe('search/01-locate');
  expect(document.fleets?.rows.every(({ tier }) => tier === 'T4')).toBe(true);
});

test('planCapacity() takes this host for what it is said to be', async () => {
  const [here] = request.instances;
  const { fleets } = await planCapacity({ ...request, here }, follower, run);
  expect(fleets?.rows.find(({ type }) => type === here?.type)?.tier).toBe('T0');
});

test('planCapacity() keeps no predictions where there is no file of them', async () => {
  const { predictions } = await planCapacity(
    { ...request, ledger: '/tmp/nowhere/ledger.jsonl' },
    follower,
    run,
  );
  expect(predictions).toEqual({ frozen: [], coverage: null });
});
