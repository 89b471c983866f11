import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashOf, lineOfMeasurement, lineOfPrediction, lineSchema } from './lines.ts';
import { aPrediction } from './testing.ts';

test('hashOf() is the SHA-256 of JSON without white space and with sorted keys', () => {
  const text = '{"a":[{"c":1,"d":"é"},2.5],"b":null}';
  const expected = createHash('sha256').update(text).digest('hex');
  expect(hashOf({ b: null, a: [{ d: 'é', c: 1 }, 2.5] })).toBe(expected);
});

test('hashOf() does not change when a value goes through a file, and changes with each part of it', () => {
  fc.assert(
    fc.property(
      fc.json(),
      (text) => hashOf(JSON.parse(text)) === hashOf(JSON.parse(JSON.stringify(JSON.parse(text)))),
    ),
  );
  const hashes = [
    {},
    { median: 5_800.000_001 },
    { lower: 5_299 },
    { at: '2026-03-01T12:00:00.001Z' },
    { subject: 'another' },
    { grade: 'extrapolation' },
    { from: [] },
  ].map((changes) => hashOf(aPrediction(changes)));
  expect(new Set(hashes).size).toBe(hashes.length);
});

test('lineOfPrediction() and lineOfMeasurement() make lines that the schema takes', () => {
  const line = lineOfPrediction(aPrediction());
  expect(lineSchema.parse(line)).toEqual(line);
  const measured = {
    of: line.hash,
    at: '2026-03-01T13:00:00.000Z',
    median: 5_900,
    lower: 5_800,
    upper: 6_000,
  };
  expect(lineSchema.parse(lineOfMeasurement(measured))).toMatchObject({
    type: 'measurement',
    hash: hashOf(measured),
    measurement: measured,
  });
});
