import { expect, test } from 'vitest';
import { limitsOf, parseSlo } from '../slo/index.ts';
import { aTrial, someSeconds } from '../slo/testing.ts';
import { fallenOutcome, outcomeOf } from './outcome.ts';

const slo = parseSlo('99% < 50ms');

test('outcomeOf() keeps what a search needs of a judged trial', () => {
  expect(outcomeOf(aTrial(), { slo, phase: 'locate', cpuMicrosPerMessage: 21 })).toEqual({
    load: 1_000,
    ok: true,
    okAtLimits: [false, false, true, true, true],
    reasons: [],
    guards: [],
    cpuMicrosPerMessage: 21,
  });
});

test('outcomeOf() keeps the common limits in their order when the objective has another', () => {
  const own = parseSlo('99% < 30ms');
  const seconds = someSeconds(10, () => ({ inTime: [900, 980, 985, 1_000, 1_000, 1_000] }));
  const outcome = outcomeOf(aTrial({ seconds, limitsMs: limitsOf(own) }), { slo: own, phase: 'ramp' });
  expect(outcome).toMatchObject({ ok: false, okAtLimits: [false, false, true, true, true] });
});

test('outcomeOf() of a recovery trial asks whether the target ever served again', () => {
  const from = (good: number) =>
    aTrial({
      seconds: someSeconds(30, (second) => ({
        inTime: second >= good ? [1e3, 1e3, 1e3, 1e3, 1e3] : [0, 0, 0, 0, 0],
      })),
    });
  expect(outcomeOf(from(9), { slo, phase: 'recovery' })).toMatchObject({
    ok: true,
    recoveredAfterSeconds: 9,
  });
  const never = outcomeOf(from(30), { slo, phase: 'recovery' });
  expect(never.ok).toBe(false);
  expect(never).not.toHaveProperty('recoveredAfterSeconds');
});

test('fallenOutcome() fails at every limit and keeps the last words', () => {
  expect(fallenOutcome(500, 'heap out of memory')).toMatchObject({
    load: 500,
    ok: false,
    okAtLimits: [false, false, false, false, false],
    fellOver: 'heap out of memory',
  });
});
