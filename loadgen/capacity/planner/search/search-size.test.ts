import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ClusterError } from '../../../../server/errors/index.ts';
import { builtIn, profileOf } from '../../profiles/testing.ts';
import { parseSlo } from '../../slo/index.ts';
import type { TrialRequest } from '../../trials/index.ts';
import { aProcess, aRecord } from '../testing.ts';
import { type Instruments, type SizeSearch, searchSize } from './search-size.ts';

const folder = mkdtempSync(join(tmpdir(), 'search-size-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const never = { signal: new AbortController().signal };
const slo = parseSlo('99% < 50ms');
const profile = builtIn('42k');
let searches = 0;

function aSearch(change: Partial<SizeSearch> = {}): SizeSearch {
  searches += 1;
  return {
    profile,
    workers: 2,
    settings: { slo, estimate: 1_000 },
    out: join(folder, String(searches)),
    withinMs: 3_600_000,
    command: 'test',
    ...change,
  };
}

/** A server that keeps all in time up to a load; each trial takes 5 s beside what it measures. */
function scene(capacity: number, change: Partial<Instruments> = {}) {
  const asked: TrialRequest[] = [];
  let now = 0;
  const instruments: Instruments = {
    now: () => now,
    trial: (request) => {
      asked.push(request);
      const { phases = [], users } = request.scenario;
      const { duration: seconds = 0, pace = 1 } = phases.at(-1) ?? {};
      const load = (users / 6) * Number(pace);
      now += (seconds + 5) * 1_000;
      const share = load > capacity ? 0.5 : 1;
      const [second] = aRecord().seconds;
      const inTime = Object.fromEntries([10, 25, 50, 75, 100, 250].map((limit) => [limit, 100 * share]));
      return Promise.resolve(
        aRecord({
          load,
          users,
          seconds: Array.from({ length: seconds }, (_, number) => ({ ...second!, second: number, inTime })),
          processes: [aProcess({ busyMicros: Math.min(1, load / capacity) * 10_000_000 })],
        }),
      );
    },
    ...change,
  };
  return { asked, instruments };
}

test('searchSize() finds a capacity by trials of a profile, each in a folder of its own', async () => {
  const { asked, instruments } = scene(2_000);
  const search = aSearch({ share: 0.2, loadProcesses: 4 });
  const found = await searchSize(search, never, instruments);
  expect(found).toMatchObject({ workers: 2, share: 0.2, isInterrupted: false, result: { verdict: 'found' } });
  expect(found.result.estimate?.median).toBeGreaterThan(1_800);
  expect(found.result.estimate?.median).toBeLessThan(2_200);
  expect(new Set(asked.map(({ out }) => out)).size).toBe(asked.length);
  expect(
    asked.every(({ workerShare, scenario }) => workerShare === 0.2 && scenario.target.workers === 2),
  ).toBe(true);
  expect(asked.every(({ loadProcesses }) => loadProcesses === 4)).toBe(true);
  // A fifth of a core has five times as long.
  expect(asked.every(({ terms }) => terms.withinMs === 250)).toBe(true);
  const lines = readFileSync(join(search.out, 'trials.jsonl'), 'utf8').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).outcome)).toEqual(
    found.state.attempts.map(({ outcome }) => outcome),
  );
});

test('searchSize() overloads first where the search wants to see a recovery', async () => {
  const { asked, instruments } = scene(2_000);
  const { trials } = await searchSize(aSearch(), never, instruments);
  const recovery = trials.findIndex(({ request }) => request.phase === 'recovery');
  const { load = 1, overload = 0 } = trials[recovery]?.request ?? {};
  const [before, measured] = asked[recovery]?.scenario.phases ?? [];
  expect(before).toMatchObject({ measured: false });
  expect(Number(before?.pace) / Number(measured?.pace ?? 1)).toBeCloseTo(overload / load, 6);
});

test('searchSize() ends in time, with a soak', async () => {
  const withinMs = 200_000;
  const { instruments } = scene(2_000);
  const found = await searchSize(aSearch({ withinMs }), never, instruments);
  expect(instruments.now()).toBeLessThanOrEqual(withinMs + 65_000);
  expect(found.trials.map(({ request }) => request.phase)).toContain('confirm');
  expect(found.trials.length).toBeLessThan(16);
});

test('searchSize() that only locates is over when its time is', async () => {
  for (const withinMs of [40_000, 61_000, 75_000]) {
    const { instruments } = scene(2_000);
    const settings = { slo, estimate: 1_000, locatesOnly: true, rampSeconds: 3, trialSeconds: 5 };
    const { trials } = await searchSize(aSearch({ settings, withinMs }), never, instruments);
    expect(instruments.now()).toBeLessThanOrEqual(withinMs);
    expect(trials.length).toBeGreaterThan(2);
  }
});

test('searchSize() keeps what it learnt when it is interrupted or a trial cannot be run, and throws when none could', async () => {
  const { instruments } = scene(2_000);
  let left = 4;
  const ending = (code: 'RUN_INTERRUPTED' | 'PROCESS_FAILED'): Instruments => ({
    ...instruments,
    trial: (...parameters) => {
      left -= 1;
      return left < 0
        ? Promise.reject(new ClusterError('Cannot', { code }))
        : instruments.trial(...parameters);
    },
  });
  const found = await searchSize(aSearch(), never, ending('RUN_INTERRUPTED'));
  expect(found).toMatchObject({ isInterrupted: true });
  expect(found.trials).toHaveLength(4);
  left = 3;
  const failed = await searchSize(aSearch(), never, ending('PROCESS_FAILED'));
  expect(failed).toMatchObject({ isInterrupted: false, failure: 'Cannot' });
  expect(failed.trials).toHaveLength(3);
  left = 0;
  await expect(searchSize(aSearch(), never, ending('PROCESS_FAILED'))).rejects.toThrow('Cannot');
});

test('searchSize() of several kinds of users begins with one of each, however small the guess, and ends there', async () => {
  const asking = { kind: 'calls', payload: 1, every: 6 } as const;
  const groups = ['some', 'others', 'more'].map((name) => ({ name, weight: 1, behaviour: asking }));
  const mixed = profileOf({ groups });
  const { instruments } = scene(0);
  const search = aSearch({ profile: mixed, settings: { slo, estimate: 1e-6 } });
  const { result, trials } = await searchSize(search, never, instruments);
  expect(trials.map(({ users }) => users)).toEqual([3]);
  expect(result.sentence).toMatch(/^Cannot meet 99 % < 50 ms at one user/);
});
