import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type MadeSecond, probeOf, times, windowOf } from '../testing.ts';
import { type Outcomes, outcomesOf } from './outcomes.ts';
import { tally } from './tally.ts';

const limitsMs = [10, 50];

function scene(
  seconds: readonly MadeSecond[],
  { from = 0, until = seconds.length, planned = null as number | null } = {},
): Outcomes {
  const windows = seconds.map((second, n) => windowOf(0, n, second));
  const tallies = tally(windows, { limitsMs, connectWithinMs: 1_000 });
  const worker = { eventLoopP99Ms: 3, gcMsPerSecond: 2 };
  const probes = [probeOf(0, [worker, { ...worker, id: 1, eventLoopP99Ms: 9 }])];
  return outcomesOf({ tallies, probes, span: { from, until, planned }, limitsMs });
}

test('outcomesOf() divides by what was owed: late, lost, timed out and never sent have failed', () => {
  const { scheduled, inTime } = scene([
    { sent: 10, response: [...times(6, 5), 20, 80], timedOut: 1, lost: 1, unsent: 3 },
  ]);
  expect(scheduled).toBe(13);
  expect(inTime).toEqual({ 10: 6, 50: 7 });
});

test('outcomesOf() counts what was planned and never came due, as in a run that ended early', () => {
  const { scheduled, seconds } = scene([{ sent: 10, response: times(10, 5) }], { until: 4, planned: 40 });
  expect(scheduled).toBe(40);
  expect(seconds).toHaveLength(1);
});

test('outcomesOf() gives publications that never left as many deliveries as the others had', () => {
  const { scheduled, inTime } = scene([{ published: 10, unsent: 5, push: times(36, 5), pushLost: 4 }]);
  expect(scheduled).toBe(60);
  expect(inTime[50]).toBe(36);
});

test('outcomesOf() takes in what was under way at the beginning, and what comes after the end', () => {
  const { scheduled, inTime, seconds } = scene(
    [
      { sent: 10, response: times(7, 5) },
      { sent: 10, response: times(11, 5) },
      { sent: 10, response: times(8, 5) },
      { response: times(4, 5) },
    ],
    { from: 1, until: 3, planned: 20 },
  );
  expect([scheduled, inTime[50]]).toEqual([23, 23]);
  expect(seconds.map((each) => [each.second, each.scheduled, each.inTime[50]])).toEqual([
    [0, 13, 11],
    [1, 10, 12],
  ]);
});

test('outcomesOf() has seconds that add up to the trial, and never more in time than owed', () => {
  const count = fc.nat(20);
  const second = fc.record({
    extra: count,
    late: count,
    fast: count,
    push: count,
    pushLost: count,
    unsent: count,
  });
  fc.assert(
    fc.property(fc.array(second, { minLength: 4, maxLength: 8 }), fc.nat(50), (made, missing) => {
      const seconds = made.map(({ extra, fast, late, push, pushLost, unsent }) => ({
        sent: fast + late + extra,
        response: [...times(fast, 5), ...times(late, 70)],
        published: 2,
        push: times(push, 20),
        pushLost,
        unsent,
      }));
      const own = seconds.slice(1);
      const planned = own.reduce((sum, each) => sum + each.sent + each.published + each.unsent, 0) + missing;
      const found = scene(seconds, { from: 1, until: seconds.length - 1, planned });
      const sum = (read: (each: Outcomes['seconds'][number]) => number): number =>
        found.seconds.reduce((so, each) => so + read(each), 0);
      expect(sum(({ scheduled }) => scheduled)).toBe(found.scheduled);
      for (const limit of limitsMs) expect(sum(({ inTime }) => inTime[limit] ?? 0)).toBe(found.inTime[limit]);
      expect(found.inTime[10]).toBeLessThanOrEqual(found.inTime[50] ?? 0);
      expect(found.inTime[50]).toBeLessThanOrEqual(found.scheduled);
    }),
    { numRuns: 25 },
  );
});

test('outcomesOf() tells what waits at the end of each second, deliveries by their rate and time', () => {
  const { seconds, waiting } = scene([
    { sent: 10, response: times(8, 5) },
    { sent: 10, response: times(9, 5), push: times(50, 40) },
  ]);
  expect(waiting).toEqual([2, 3]);
  expect(seconds[0]?.inFlight).toBe(2);
  expect(seconds[1]?.inFlight).toBeCloseTo(5, 1);
});

test('outcomesOf() takes the delay of the slowest worker, and null where the target does not tell', () => {
  const [first, second] = scene([{}, {}]).seconds;
  expect(first).toMatchObject({ loopDelayMs: 9, gcMs: 2, bufferedBytes: null });
  expect(second).toMatchObject({ loopDelayMs: null, gcMs: null });
});

test('outcomesOf() owes everything where nothing was sent', () => {
  expect(scene([{ unsent: 5 }], { planned: 9 })).toMatchObject({ scheduled: 9, inTime: { 50: 0 } });
});
