import { expect, test } from 'vitest';
import { summarize } from '../../results/index.ts';
import { syntheticRun } from '../../testing.ts';
import { type Instruments, measurePoints, subjectOf } from './measure.ts';
import type { Point } from './points.ts';

const summary = summarize(syntheticRun({ users: 20, workers: 1, seconds: 3 }));
const measurement = { scenario: 'ping-pong', runs: 2, duration: 5 };
const never = new AbortController().signal;

/** Instruments that note in which order they are used. Each calibration is twice as slow as the one before. */
function instruments(exitCodes: readonly number[] = []): Instruments & { used: string[] } {
  const used: string[] = [];
  let calibrations = 0;
  let runs = 0;
  return {
    used,
    calibrate() {
      used.push('calibrate');
      const micros = 2 ** calibrations;
      calibrations += 1;
      return Promise.resolve({ json: micros, echo: micros, garbage: micros });
    },
    run() {
      used.push('run');
      runs += 1;
      const target = { ...summary.target, cpuMicrosPerMessage: 10 * runs };
      const verdict = { ...summary.verdict, reasons: ['The generator itself sent late'] };
      const run = { summary: { ...summary, target, verdict } } as Awaited<
        ReturnType<Instruments['run']>
      >['run'];
      return Promise.resolve({ run, exitCode: exitCodes[runs - 1] ?? 0 });
    },
  };
}

test('measurePoints() calibrates before, between and after the runs, and tells of each point at once', async () => {
  const bench = instruments();
  const taken: Point[] = [];
  const follower = { say() {}, take: (point: Point) => taken.push(point), signal: never };
  const points = await measurePoints(measurement, follower, bench);
  expect(bench.used).toEqual(['calibrate', 'run', 'calibrate', 'run', 'calibrate']);
  expect(points.map(({ cpuMicrosPerMessage }) => cpuMicrosPerMessage)).toEqual([10, 20]);
  expect(points[0]?.calibration).toBeCloseTo(Math.SQRT2, 12);
  expect(points[1]?.calibration).toBeCloseTo(2 * Math.SQRT2, 12);
  expect(points[0]).toMatchObject({
    scenario: 'ping-pong',
    load: { users: 2_000, messagesPerSecond: 1_000 },
  });
  expect(taken).toEqual(points);
});

test('measurePoints() runs again what was disturbed, twice, and then gives up with the reason', async () => {
  const said: string[] = [];
  const follower = { say: (text: string) => said.push(text), signal: never };
  const points = await measurePoints(measurement, follower, instruments([112, 0, 99, 0]));
  expect(points.map(({ cpuMicrosPerMessage }) => cpuMicrosPerMessage)).toEqual([20, 40]);
  expect(said[0]).toBe('run 1 of 2 again: The generator itself sent late');
  await expect(measurePoints(measurement, follower, instruments([112, 112, 112]))).rejects.toMatchObject({
    code: 'RUN_INVALID',
    message: expect.stringMatching(/^Cannot measure scenario "ping-pong": 3 runs .* sent late$/),
  });
});

test('measurePoints() takes no run for a measurement that told nothing of the server', async () => {
  const bench = instruments();
  const silent: Instruments = {
    ...bench,
    async run(request, signal) {
      const { run, exitCode } = await bench.run(request, signal);
      const target = { ...run.summary.target, cpuMicrosPerMessage: null };
      return { run: { ...run, summary: { ...run.summary, target } }, exitCode };
    },
  };
  const measured = measurePoints(measurement, { say() {}, signal: never }, silent);
  await expect(measured).rejects.toThrow(
    'nobody told what a message cost, wanted is a longer run that sends',
  );
});

test('measurePoints() ends with an interrupt, and keeps nothing of a run that it cut short', async () => {
  const interrupt = new AbortController();
  const taken: Point[] = [];
  const bench = instruments();
  const cut: Instruments = {
    ...bench,
    run(request, signal) {
      interrupt.abort();
      return bench.run(request, signal);
    },
  };
  const follower = { say() {}, take: (point: Point) => taken.push(point), signal: interrupt.signal };
  await expect(measurePoints(measurement, follower, cut)).rejects.toMatchObject({ code: 'RUN_INTERRUPTED' });
  expect(taken).toEqual([]);
});

test('subjectOf() is what is offered, whatever the length', async () => {
  const load = { users: 2_000, messagesPerSecond: 1_000, workers: 2 };
  expect(await subjectOf(measurement)).toEqual({ scenario: 'ping-pong', load });
  const { load: less } = await subjectOf({ ...measurement, users: 100, duration: 9 });
  expect(less).toMatchObject({ users: 100, messagesPerSecond: 50 });
});
