import { expect, test } from 'vitest';
import type { Request } from '../search/index.ts';
import { parseSlo } from '../slo/index.ts';
import { quietCluster, type SimulatedCluster, servedBy, trueCapacity } from './cluster.ts';
import { startSimulation } from './run.ts';

const slo = parseSlo('99% < 50ms');
const capacity = servedBy(quietCluster);
const start = (change: Partial<SimulatedCluster> = {}) =>
  startSimulation({ ...quietCluster, ...change }, { seed: 4, slo });
const aRequest = (share: number, change: Partial<Request> = {}): Request => {
  return { kind: 'trial', phase: 'locate', load: share * capacity, seconds: 10, fresh: false, ...change };
};
const passes = (run: ReturnType<typeof start>, share: number, trials = 400): number =>
  Array.from({ length: trials }, () => run(aRequest(share)).ok).filter(Boolean).length / trials;

test('startSimulation() passes a trial at the capacity as often as not, one spread below it five times of six', () => {
  const run = start({ spread: 0.05 });
  expect(passes(run, 1)).toBeCloseTo(0.5, 1);
  expect(Math.abs(passes(run, Math.exp(-0.05)) - 0.841)).toBeLessThan(0.06);
  expect(passes(run, Math.exp(0.2))).toBe(0);
});

test('startSimulation() has the capacity that is said of it with pauses, at each limit', () => {
  const pausing = { ...quietCluster, pause: { ms: 60, everySeconds: 10 }, spread: 0 };
  const run = startSimulation(pausing, { seed: 4, slo });
  for (const [limit, withinMs] of [10, 25, 50].entries()) {
    const load = trueCapacity(pausing, { share: 0.99, withinMs });
    expect(run(aRequest(0, { load: load * 0.998 })).okAtLimits[limit]).toBe(true);
    expect(run(aRequest(0, { load: load * 1.002 })).okAtLimits[limit]).toBe(false);
  }
});

test('startSimulation() lapses as often as it is told, to both sides', () => {
  const run = start({ lapse: 0.1 });
  expect(passes(run, 0.3)).toBeCloseTo(0.9, 1);
  expect(passes(run, 1.5)).toBeCloseTo(0.1, 1);
});

test('startSimulation() trips a guard above what the generator can offer, where the target looks too slow', () => {
  const run = start({ generatorLimit: 0.6 * capacity });
  expect(run(aRequest(0.59))).toMatchObject({ ok: true, guards: [] });
  const beyond = run(aRequest(0.8));
  expect(beyond.guards).toHaveLength(1);
  expect(beyond.ok).toBe(false);
});

test('startSimulation() of a metastable cluster stays slow after an overload until it is started anew', () => {
  const run = start({ isMetastable: true });
  expect(run(aRequest(0.7)).ok).toBe(true);
  expect(run(aRequest(1.3)).ok).toBe(false);
  expect(run(aRequest(0.7)).ok).toBe(false);
  expect(run(aRequest(0.7, { fresh: true })).ok).toBe(true);
  const recovery = aRequest(0.7, { phase: 'recovery', overload: 1.5 * capacity, seconds: 30 });
  expect(run(recovery)).toMatchObject({ ok: false });
  expect(start()(recovery)).toMatchObject({ ok: true, recoveredAfterSeconds: expect.any(Number) });
});

test('startSimulation() tells how busy the busiest process was, more than its share of the load says while it idles', () => {
  const run = start({ spread: 0 });
  expect(run(aRequest(0.05)).utilisation).toBeCloseTo(0.1, 6);
  expect(run(aRequest(0.8)).utilisation).toBeGreaterThan(0.8);
  expect(run(aRequest(0.8)).utilisation).toBeLessThan(0.95);
  expect(run(aRequest(1.2)).utilisation).toBe(1);
});

test('startSimulation() makes messages dearer from a trial on, grows for ever, loses some, or ends', () => {
  const drifting = start({ drift: { afterTrials: 1, factor: 1.5 } });
  const [first, second] = [drifting(aRequest(0.5)), drifting(aRequest(0.5))];
  expect((second.cpuMicrosPerMessage ?? 0) / (first.cpuMicrosPerMessage ?? 1)).toBeCloseTo(1.5, 1);
  const growing = start({ growthAbove: 0.4 * capacity });
  expect(growing(aRequest(0.39)).ok).toBe(true);
  expect(growing(aRequest(0.41)).reasons.map(({ name }) => name)).toEqual(['growth']);
  const losing = start({ lossAbove: 0.4 * capacity });
  expect(losing(aRequest(0.39)).ok).toBe(true);
  expect(losing(aRequest(0.41)).reasons.map(({ name }) => name)).toEqual(['unreconciled']);
  const ending = start({ endsAbove: 0.8 * capacity });
  expect(ending(aRequest(0.9)).fellOver).toBe('heap out of memory');
});
