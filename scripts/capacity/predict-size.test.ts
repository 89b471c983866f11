import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { predictionsIn } from '../../loadgen/capacity/planner/index.ts';
import { aSize } from '../../loadgen/capacity/planner/testing.ts';
import { builtIn } from '../../loadgen/capacity/profiles/testing.ts';
import { parseSlo } from '../../loadgen/capacity/slo/index.ts';
import { predictSize, verdictOf } from './predict-size.ts';
import type { searchOnce } from './trying.ts';

const sizes = { sizes: [1, 1, 2, 2, 3, 4], next: 6, share: 0.2 };
const search: typeof searchOnce = (_, { workers = 1 }) => Promise.resolve(aSize(workers));

/** A clock that goes on by a day whenever it is asked. */
function aClock(): () => Date {
  let day = 0;
  return () => {
    day += 1;
    return new Date(Date.UTC(2026, 0, day));
  };
}

function aTrying() {
  const out = mkdtempSync(join(tmpdir(), 'predict-size-test-'));
  onTestFinished(() => rmSync(out, { recursive: true }));
  return {
    profile: builtIn('42k'),
    slo: parseSlo('99% < 50ms'),
    out,
    say: () => undefined,
    signal: new AbortController().signal,
  };
}

test('predictSize() freezes a prediction before it measures, and keeps both', async () => {
  const trying = aTrying();
  const ledger = join(trying.out, 'predictions.jsonl');
  const frozenBefore: number[] = [];
  const told = await predictSize(trying, sizes, {
    now: aClock(),
    search: (...words) => {
      frozenBefore.push(predictionsIn(ledger).length);
      return search(...words);
    },
  });
  expect(frozenBefore).toEqual([0, 0, 0, 0, 0, 0, 1]);
  expect(told).toMatch(/^\| 6, predicted \(interpolation\) \| 6\d\d\d \|/m);
  expect(predictionsIn(ledger)).toMatchObject([{ from: { length: 6 }, measurement: { median: 6_000 } }]);
});

test('predictSize() takes no point from a search that its generator ended', async () => {
  const { result } = aSize(1);
  const limited = { ...result, atLeast: 'generator-limited', sentence: 'At least so much' } as const;
  await expect(
    predictSize(aTrying(), sizes, {
      now: aClock(),
      search: () => Promise.resolve(aSize(1, { result: limited })),
    }),
  ).rejects.toThrow('Cannot go on: At least so much');
});

test('verdictOf() says how far off a prediction was, and whether its interval held', () => {
  expect(verdictOf({ lower: 90, median: 100, upper: 110 }, 105)).toBe('Off by -4.8 %, within the interval.');
  expect(verdictOf({ lower: 90, median: 100, upper: 110 }, 80)).toBe(
    'Off by 25.0 %, outside of the interval.',
  );
});
