import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { estimateOf } from '../estimate/index.ts';
import { fitScaling, type ScalingPoint } from '../scaling/index.ts';
import { createDraws } from '../simulation/index.ts';
import { parseSlo } from '../slo/index.ts';
import { type Foretelling, keepPredictions, predictionsIn, subjectsOf } from './foretell.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foretell-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const pointsOf = (...sizes: number[]): ScalingPoint[] =>
  sizes.map((workers) => ({ workers, capacity: estimateOf(1_000 * workers, 0.02) }));

function foretelling(sizes: readonly number[], day: number): Foretelling {
  const points = pointsOf(...sizes);
  return {
    points,
    fit: fitScaling(points, { draw: createDraws(1, 0).even, replicates: 100 }),
    subjectOf: (workers) => `capacity with ${workers} workers`,
    at: new Date(Date.UTC(2026, 6, day)),
  };
}

test('keepPredictions() freezes what is foretold of half as many workers again', () => {
  const path = join(folder, 'ledger.jsonl');
  const [frozen, ...others] = keepPredictions(path, foretelling([1, 1, 2, 2, 3, 4], 1));
  expect(others).toEqual([]);
  expect(frozen).toMatchObject({
    subject: 'capacity with 6 workers',
    grade: 'interpolation',
    unit: 'messages/s',
  });
  expect(frozen?.median).toBeCloseTo(6_000, -2);
  expect(frozen?.from).toHaveLength(6);
  expect(frozen?.measurement).toBeUndefined();
});

test('keepPredictions() records what a later plan measured of it, once', () => {
  const path = join(folder, 'ledger.jsonl');
  keepPredictions(path, foretelling([1, 1, 2, 2, 3, 4], 1));
  const [first] = keepPredictions(path, foretelling([1, 2, 3, 4, 6, 6], 2));
  expect(first?.measurement?.median).toBeCloseTo(6_000, 6);
  const all = keepPredictions(path, foretelling([1, 2, 3, 4, 6, 6], 3));
  expect(all.map(({ subject, measurement }) => [subject, measurement !== undefined])).toEqual([
    ['capacity with 6 workers', true],
    ['capacity with 9 workers', false],
    ['capacity with 9 workers', false],
  ]);
});

test('keepPredictions() freezes what is foretold of as many workers as it is told', () => {
  const path = join(folder, 'ledger.jsonl');
  const [frozen] = keepPredictions(path, { ...foretelling([1, 1, 2, 2, 3, 4], 1), next: 8 });
  expect(frozen).toMatchObject({ subject: 'capacity with 8 workers', grade: 'extrapolation' });
});

test('predictionsIn() has none where there is no file yet, and refuses one that was changed', () => {
  const path = join(folder, 'ledger.jsonl');
  expect(predictionsIn(path)).toEqual([]);
  writeFileSync(path, 'no line of it\n');
  expect(() => predictionsIn(path)).toThrow(/^Cannot read line 1 of predictions/);
});

test('subjectsOf() takes what was measured elsewhere, or by another objective, for another subject', () => {
  const same = {
    host: { processor: 'Z80', cores: 2 },
    profile: { name: 'chat' },
    slo: parseSlo('99% < 50ms'),
  };
  const others = [
    { ...same, host: { processor: 'Z80', cores: 4 } },
    { ...same, host: { processor: '6502', cores: 2 } },
    { ...same, profile: { name: 'game' } },
    { ...same, slo: parseSlo('99% < 25ms') },
    { ...same, share: 0.2 },
  ];
  const subjects = [same, ...others].map((one) => subjectsOf(one)(3));
  expect(subjects[0]).toBe('capacity of chat with 3 workers of 1 of a core, 99 % < 50 ms, on 2 cores of Z80');
  expect(new Set(subjects).size).toBe(6);
});

test('keepPredictions() freezes nothing without a law, and makes no file for nothing', () => {
  const path = join(folder, 'ledger.jsonl');
  const { fit: _, ...without } = foretelling([1, 1, 2, 2, 3, 4], 1);
  expect(keepPredictions(path, without)).toEqual([]);
});
