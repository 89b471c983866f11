import { expect, test } from 'vitest';
import { isDisturbed, prove } from './prove.ts';

const figure = {
  worker: null,
  quantile: 'p50',
  analytic: 5,
  given: 5,
  measured: 9,
  allowed: 1,
  ok: false,
} as const;
const quiet = {
  validity: 'valid',
  lateness: { p50: 0, p99: 0.3, p999: 0.5 },
  stealPercent: 0,
  figures: [figure],
} as const;

test('isDisturbed() is false when nothing came between, however wrong the figures are', () => {
  expect(isDisturbed({ ...quiet, figures: [figure] })).toBe(false);
});

test('isDisturbed() believes the verdict, the lateness, the host and the server', () => {
  expect(isDisturbed({ ...quiet, figures: [], validity: 'suspect' })).toBe(true);
  expect(isDisturbed({ ...quiet, figures: [], lateness: { p50: 0, p99: 0.3, p999: 1.2 } })).toBe(true);
  expect(isDisturbed({ ...quiet, figures: [{ ...figure, given: 5.6 }] })).toBe(true);
  expect(isDisturbed({ ...quiet, figures: [figure], stealPercent: 0.1 })).toBe(true);
});

test('prove() measures what it is asked for, checks all that must hold exactly, and decides', async () => {
  const said: string[] = [];
  const { signal } = new AbortController();
  const request = { quick: true, only: ['two-point'], seed: 5 };
  const proof = await prove(request, { say: (text) => said.push(text), signal });

  expect(said[0]).toBe('2 ms, one in twenty 40 ms, seed 5');
  expect(proof.trials).toHaveLength(1);
  expect(proof.trials[0]?.figures.map(({ quantile }) => quantile)).toEqual(['p50', 'p90', 'p99', 'p999']);
  expect(proof.checks.map(({ ok }) => ok)).toEqual([true, true, true, true, true]);
  expect(proof.isComplete).toBe(true);
  expect(proof.ok).toBe(proof.trials.every((trial) => trial.ok));
  // An answer cannot come before it was given, whatever else the machine does.
  const median = proof.trials[0]?.figures[0];
  expect(median?.measured).toBeGreaterThan((median?.given ?? 0) * 0.995 - 0.05);
}, 90_000);

test('prove() refuses a case nobody knows before it measures anything', async () => {
  const { signal } = new AbortController();
  const proof = prove({ quick: true, only: ['fixd'], seed: 1 }, { say: () => {}, signal });
  await expect(proof).rejects.toThrow('Cannot test "fixd": wanted is one of one-stall, ');
});

test('prove() that is interrupted is not complete, and proves nothing', async () => {
  const proof = await prove({ quick: true, seed: 1 }, { say: () => {}, signal: AbortSignal.abort() });
  expect(proof).toMatchObject({ trials: [], isComplete: false, ok: false });
});
