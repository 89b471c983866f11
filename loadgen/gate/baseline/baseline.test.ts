import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compareWithBaseline, recordBaseline } from './baseline.ts';
import { formatAdvice } from './format.ts';
import { readOrigin } from './host.ts';
import { appendPoint, type Point, readPoints } from './points.ts';
import { load, pointOf } from './testing.ts';

const measurement = { scenario: 'ping-pong', runs: 2, duration: 5 };
const follower = { say() {}, signal: new AbortController().signal };

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baseline-test-'));
  path = join(folder, 'b.jsonl');
});

afterEach(() => rmSync(folder, { recursive: true }));

/** A file of measurements on as many days, 20 µs with a wobble of 1 %. */
function store(days: number, others: Partial<Point> & { daysAgo?: number } = {}): void {
  const { daysAgo = 0, ...rest } = others;
  for (let day = days; day > 0; day -= 1) {
    const cpuMicrosPerMessage = 20 * Math.exp(0.01 * Math.sin(day * 2.399));
    appendPoint(path, pointOf({ daysAgo: day + daysAgo, cpuMicrosPerMessage, ...rest }));
  }
}

/** Measures what it is told. */
function measures(
  ...points: Point[]
): (_: unknown, follower: { take?(point: Point): void }) => Promise<Point[]> {
  return (_, { take }) => {
    for (const point of points) take?.(point);
    return Promise.resolve(points);
  };
}

const unmeasured = (): Promise<never> => expect.fail('it was measured');

test('recordBaseline() appends what was measured, also of a recording that was interrupted', async () => {
  await recordBaseline(path, measurement, follower, measures(pointOf()));
  const interrupted = recordBaseline(path, measurement, follower, (_, { take }) => {
    take?.(pointOf({ cpuMicrosPerMessage: 21 }));
    return Promise.reject(new Error('interrupted'));
  });
  await expect(interrupted).rejects.toThrow('interrupted');
  expect(readPoints(path).map(({ cpuMicrosPerMessage }) => cpuMicrosPerMessage)).toEqual([20, 21]);
});

test('recordBaseline() leaves no file behind when nothing was measured', async () => {
  const nothing = (): Promise<never> => Promise.reject(new Error('no port'));
  await expect(recordBaseline(path, measurement, follower, nothing)).rejects.toThrow('no port');
  expect(existsSync(path)).toBe(false);
});

test('recordBaseline() mixes no loads in a file', async () => {
  appendPoint(path, pointOf({ load: { ...load, users: 50 } }));
  await expect(recordBaseline(path, measurement, follower, unmeasured)).rejects.toThrow(
    'it measured "ping-pong" with 50 users, 1000 messages/s and workers: 2, wanted "ping-pong" with 2000 users',
  );
});

test('compareWithBaseline() finds a build worse, takes a slow host out, and leaves the file alone', async () => {
  store(12);
  const before = readFileSync(path, 'utf8');
  const worse = measures(pointOf({ cpuMicrosPerMessage: 24 }), pointOf({ cpuMicrosPerMessage: 25 }));
  const advice = await compareWithBaseline(path, measurement, follower, worse);
  expect(advice.answer).toMatchObject({ verdict: 'regressed', points: 12 });
  expect(advice.answer.effect).toBeCloseTo(Math.sqrt(24 * 25) / 20 - 1, 2);
  expect(formatAdvice(advice)).toMatch(
    /Worse than the baseline: \+22\.\d % .* remarkable is more than \+10\.0 % /,
  );

  const slow = measures(pointOf({ cpuMicrosPerMessage: 25, calibration: 125 }));
  const excused = await compareWithBaseline(path, measurement, follower, slow);
  expect(excused.answer.verdict).toBe('unremarkable');
  expect(formatAdvice(excused)).toContain('As the baseline foretells: ');
  expect(readFileSync(path, 'utf8')).toBe(before);
});

test('compareWithBaseline() learns from nine measurements, and says so', async () => {
  store(9);
  const advice = await compareWithBaseline(path, measurement, follower, measures(pointOf()));
  expect(formatAdvice(advice)).toBe(
    'ping-pong: 20.0 µs per message. The baseline learns: it holds 9 measurements, too few to foretell.\n',
  );
});

test('compareWithBaseline() refuses a file without measurements before it measures', async () => {
  writeFileSync(path, '');
  const unmeasured = (): never => expect.fail('it measured');
  await expect(compareWithBaseline(path, measurement, follower, unmeasured)).rejects.toMatchObject({
    code: 'RECORD_INVALID',
    message: expect.stringContaining('it holds no measurement'),
  });
});

test('compareWithBaseline() refuses what says nothing before it measures', async () => {
  const host = readOrigin();
  const refused = async (others: Parameters<typeof store>[1], why: string): Promise<void> => {
    rmSync(path, { force: true });
    store(12, others);
    const refusal = { code: 'RUNS_DIFFER', message: expect.stringContaining(`"${path}": ${why}`) };
    await expect(compareWithBaseline(path, measurement, follower, unmeasured)).rejects.toMatchObject(refusal);
  };
  await refused({ host: { ...host, cpuModel: 'Z80' } }, `its processor is "Z80", wanted "${host.cpuModel}"`);
  await refused({ host: { ...host, node: 'v18.1.0' } }, 'it ran on Node 18.1.0, wanted Node ');
  await refused({ daysAgo: 40 }, 'its newest measurement is of 20');
  await refused({ scenario: 'channels' }, 'it measured "channels"');
});
