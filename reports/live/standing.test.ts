import { expect, test } from 'vitest';
import type { Run } from '../../loadgen/results/index.ts';
import { healthyRun } from '../testing.ts';
import { standingOf } from './standing.ts';

const good = { rule: 'users.failed == 0', value: 0, ok: true };
const bad = { rule: 'messages.lost == 0', value: 3, ok: false };
const untimed = { rule: 'latencyMs.push.p99 < 5', value: null, ok: false };
const later = { rule: 'phases.drain.messages.lost == 0', value: 3, ok: false };

/** A run with these rules that has come to the end of this second. */
function runAt(second: number): Run {
  const run = healthyRun();
  const timeline = run.timeline.filter((each) => each.second <= second);
  return { ...run, timeline, summary: { ...run.summary, rules: [good, bad, untimed, later] } };
}

test('standingOf() tells rules that hold, fail, and cannot be held yet', () => {
  const steady = healthyRun().header.phases.find(({ name }) => name === 'steady')?.start ?? 0;
  expect(standingOf(runAt(steady))).toEqual({
    failing: [bad],
    holding: [good],
    pending: [untimed, later],
  });
});

test('standingOf() holds the rules of a phase once it has begun', () => {
  expect(standingOf(runAt(99)).failing).toEqual([bad, later]);
});

test('standingOf() holds nothing against a run that has measured nothing', () => {
  const nothing = { failing: [], holding: [], pending: [good, bad, untimed, later] };
  expect(standingOf(runAt(0))).toEqual(nothing);
  expect(standingOf(runAt(-1))).toEqual(nothing);
});

test('standingOf() waits for counts that are to be reached as long as they can grow, and not for rates', () => {
  const awaited = { rule: 'users.returned > 0', value: 0, ok: false };
  const early = { rule: 'phases.steady.users.dropped.ended >= 1', value: 0, ok: false };
  const rate = { rule: 'messages.perSecond >= 100', value: 3, ok: false };
  const run = healthyRun();
  const rules = [awaited, early, rate];
  const at = (second: number) => {
    const timeline = run.timeline.filter((each) => each.second <= second);
    return standingOf({ ...run, timeline, summary: { ...run.summary, rules } });
  };
  const steady = run.header.phases.find(({ name }) => name === 'steady') ?? expect.fail();
  expect(at(steady.end - 2)).toMatchObject({ failing: [rate], pending: [awaited, early] });
  expect(at(steady.end - 1)).toMatchObject({ failing: [early, rate], pending: [awaited] });
  expect(at(99).failing).toContain(awaited);
});
