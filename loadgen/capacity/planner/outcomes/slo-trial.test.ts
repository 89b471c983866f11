import { expect, test } from 'vitest';
import { judgeTrial, parseSlo } from '../../slo/index.ts';
import { aRecord } from '../testing.ts';
import { sloTrialOf } from './slo-trial.ts';

test('sloTrialOf() counts each second by each limit, in their order', () => {
  const [second] = aRecord().seconds;
  const record = aRecord({ seconds: [{ ...second!, inTime: { 10: 3, 25: 5, 50: 8, 75: 9, 100: 9 } }] });
  const trial = sloTrialOf(record, [25, 50]);
  expect(trial.seconds).toMatchObject([{ scheduled: 100, inTime: [5, 8] }]);
  expect(trial).toMatchObject({ load: 100, limitsMs: [25, 50], connects: { asked: 20, made: 20 } });
});

test('sloTrialOf() makes a trial that the objective judges: all in time passes, a late share does not', () => {
  const slo = parseSlo('99% < 50ms');
  expect(judgeTrial(sloTrialOf(aRecord(), [10, 25, 50, 75, 100]), slo).ok).toBe(true);
  const late = aRecord().seconds.map((second) => ({ ...second, inTime: { ...second.inTime, 50: 98 } }));
  const judgement = judgeTrial(sloTrialOf(aRecord({ seconds: late }), [10, 25, 50, 75, 100]), slo);
  expect(judgement.reasons.map(({ name }) => name)).toEqual(['late']);
});

test('sloTrialOf() lets a second that was not looked at neither fall nor hide that others rise', () => {
  const slo = parseSlo('99% < 50ms');
  const [second] = aRecord().seconds;
  const judged = (delays: readonly (number | null)[]) => {
    const seconds = delays.map((loopDelayMs, n) => ({ ...second!, second: n, loopDelayMs }));
    const trial = sloTrialOf(aRecord({ seconds }), [10, 25, 50, 75, 100]);
    return { delays: trial.seconds.map(({ loopDelayMs }) => loopDelayMs), ok: judgeTrial(trial, slo).ok };
  };
  expect(judged([5, 10, 15, 20, 25, null])).toEqual({ delays: [5, 10, 15, 20, 25, 25], ok: false });
  expect(judged([null, 20, 20, null, 20, 20])).toEqual({ delays: [20, 20, 20, 20, 20, 20], ok: true });
  expect(judged([null, null, null]).delays).toEqual([0, 0, 0]);
});
