import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { coverageOf } from './coverage.ts';
import { freezePrediction, outcomesOf, readPredictions, recordMeasurement } from './ledger.ts';
import type { Measurement } from './lines.ts';
import { aPrediction } from './testing.ts';

let path = '';

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'predictions-'));
  path = join(folder, 'predictions.jsonl');
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

function measured(of: string, changes: Partial<Measurement> = {}): Measurement {
  return { of, at: '2026-03-01T13:00:00.000Z', median: 5_900, lower: 5_800, upper: 6_000, ...changes };
}

test('readPredictions() gives each prediction with its hash, and the measurement once it is there', () => {
  const hash = freezePrediction(path, aPrediction());
  const other = freezePrediction(path, aPrediction({ subject: 'another' }));
  expect(readPredictions(path)).toEqual([
    { ...aPrediction(), hash },
    { ...aPrediction({ subject: 'another' }), hash: other },
  ]);
  recordMeasurement(path, measured(hash));
  expect(readPredictions(path)[0]!.measurement).toEqual(measured(hash));
  expect(readPredictions(path)[1]).not.toHaveProperty('measurement');
});

test('freezePrediction() leaves the lines before as they are', () => {
  freezePrediction(path, aPrediction());
  const before = readFileSync(path, 'utf8');
  freezePrediction(path, aPrediction({ subject: 'another' }));
  expect(readFileSync(path, 'utf8').startsWith(before)).toBe(true);
});

test('outcomesOf() gives what coverageOf() counts: predictions that were measured', () => {
  const hashes = ['hit', 'miss', 'open'].map((subject) => freezePrediction(path, aPrediction({ subject })));
  recordMeasurement(path, measured(hashes[0]!));
  recordMeasurement(path, measured(hashes[1]!, { median: 6_301, upper: 6_500 }));
  const outcomes = outcomesOf(readPredictions(path));
  expect(outcomes).toHaveLength(2);
  expect(coverageOf(outcomes)).toMatchObject({ measured: 2, within: 1 });
});

test.each([
  [
    'of a prediction that is not there',
    (): Measurement => measured('0'.repeat(64)),
    'it measures 000000000000, wanted a prediction',
  ],
  [
    'taken when the prediction was frozen',
    (hash: string): Measurement => measured(hash, { at: aPrediction().at }),
    'wanted after it was frozen',
  ],
  ['of nothing', (hash: string): Measurement => measured(hash, { median: 0 }), '"median" is wrong'],
])('recordMeasurement() refuses one %s, and writes nothing', (_, make, why) => {
  const hash = freezePrediction(path, aPrediction());
  const before = readFileSync(path, 'utf8');
  expect(() => recordMeasurement(path, make(hash))).toThrow(why);
  expect(readFileSync(path, 'utf8')).toBe(before);
});

test('recordMeasurement() and freezePrediction() refuse what is there already', () => {
  const hash = freezePrediction(path, aPrediction());
  recordMeasurement(path, measured(hash));
  const name = hash.slice(0, 12);
  expect(() => recordMeasurement(path, measured(hash, { median: 5_801 }))).toThrow(
    `Cannot append a measurement to predictions "${path}": ${name} is measured already, wanted it once`,
  );
  expect(() => freezePrediction(path, aPrediction())).toThrow(
    `Cannot append a prediction to predictions "${path}": ${name} is frozen already, wanted it once`,
  );
});

test('freezePrediction() refuses what is no prediction, and makes no file', () => {
  expect(() => freezePrediction(path, aPrediction({ lower: 5_900 }))).toThrow(
    '"lower" is wrong: wanted lower, median and upper in this order',
  );
  expect(() => freezePrediction(path, aPrediction({ median: Number.NaN }))).toThrow('"median" is wrong');
  expect(existsSync(path)).toBe(false);
});

test('freezePrediction() appends nothing to a ledger in which a line was changed', () => {
  freezePrediction(path, aPrediction());
  writeFileSync(path, readFileSync(path, 'utf8').replace('5800', '5900'));
  expect(() => freezePrediction(path, aPrediction({ subject: 'another' }))).toThrow(
    'it was changed after it was written',
  );
});

test('readPredictions() refuses a measurement that stands before its prediction', () => {
  const hash = freezePrediction(path, aPrediction());
  recordMeasurement(path, measured(hash));
  const [prediction, measurement] = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, '');
  for (const line of [measurement, prediction]) appendFileSync(path, `${line}\n`);
  expect(() => readPredictions(path)).toThrow(
    `Cannot read line 1 of predictions "${path}": it measures ${hash.slice(0, 12)}, wanted a prediction that was frozen before`,
  );
});
