import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
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

test('planCapacity() freezes what it foretells of more workers, and records what others had foretold', async () => {
  const ledger = join(mkdtempSync(join(tmpdir(), 'plan-capacity-test-')), 'ledger.jsonl');
  onTestFinished(() => rmSync(dirname(ledger), { recursive: true }));
  const plan = (...sizes: number[]) => {
    const points = sizes.map((workers) => aSize(workers, { share: 0.2 }));
    const found = { main: aSize(1), points, remarks: [], isInterrupted: false };
    return planCapacity({ ...request, ledger }, follower, () => Promise.resolve(found));
  };
  const { predictions } = await plan(1, 1, 2, 2, 3, 4);
  expect(predictions).toMatchObject({
    frozen: [{ subject: expect.stringContaining('6 workers of 0.2 of a core'), hash: expect.any(String) }],
    coverage: null,
  });
  // A measurement comes after its prediction.
  vi.setSystemTime(Date.now() + 1_000);
  onTestFinished(() => void vi.useRealTimers());
  expect((await plan(1, 2, 3, 4, 6, 6)).predictions.coverage).toMatch(/^1 of 1 measurements lay/);
});

test('planCapacity() keeps no predictions where there is no law', async () => {
  const { predictions } = await planCapacity(
    { ...request, ledger: '/tmp/nowhere/ledger.jsonl' },
    follower,
    run,
  );
  expect(predictions).toEqual({ frozen: [], coverage: null });
});

test('planCapacity() says that a ledger is broken, and answers all the same', async () => {
  const document = await planCapacity({ ...request, ledger: import.meta.filename }, follower, run);
  expect(document.remarks).toContainEqual(expect.stringMatching(/^Cannot read line 1 of predictions/));
  expect(document.fleets).not.toBeNull();
});
