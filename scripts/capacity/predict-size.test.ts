import { join } from 'node:path';
import { expect, test } from 'vitest';
import { predictionsIn } from '../../loadgen/capacity/planner/index.ts';
import { aSize } from '../../loadgen/capacity/planner/testing.ts';
import { predictSize, verdictOf } from './predict-size.ts';
import { aTrying } from './testing.ts';
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

test('predictSize() freezes a prediction before it measures, and keeps both', async () => {
  const trying = aTrying();
  const ledger = join(trying.out, 'predictions.jsonl');
  const frozenBefore: number[] = [];
  await predictSize(trying, sizes, {
    now: aClock(),
    search: (...words) => {
      frozenBefore.push(predictionsIn(ledger).length);
      return search(...words);
    },
  });
  expect(frozenBefore).toEqual([0, 0, 0, 0, 0, 0, 1]);
  expect(trying.kept()).toMatch(/^\| 6, predicted \(interpolation\) \| 6\d\d\d \|/m);
  const [{ hash } = {}] = predictionsIn(ledger);
  expect(trying.kept()).toContain(`within the interval. Frozen as ${hash} before it was measured.`);
  expect(predictionsIn(ledger)).toMatchObject([{ from: { length: 6 }, measurement: { median: 6_000 } }]);
});

test('predictSize() keeps the points it has when one cannot be found, and takes none that its generator ended', async () => {
  const { result } = aSize(1);
  const limited = { ...result, atLeast: 'generator-limited', sentence: 'At least so much' } as const;
  const trying = aTrying();
  let searches = 0;
  const ended = predictSize(trying, sizes, {
    now: aClock(),
    search: (...words) => {
      searches += 1;
      return searches > 3 ? Promise.resolve(aSize(1, { result: limited })) : search(...words);
    },
  });
  await expect(ended).rejects.toThrow('Cannot go on: At least so much');
  expect(searches).toBe(5);
  expect(trying.kept().split('\n')).toHaveLength(6);
  expect(trying.kept()).toMatch(/\| 2 \| 2000 \| 1935 to 2067 \|\n$/);
});

test('predictSize() measures nothing of what is interrupted, and leaves its prediction open', async () => {
  const trying = aTrying();
  const ended = predictSize(trying, sizes, {
    now: aClock(),
    search: (_, { workers = 1 }) => Promise.resolve(aSize(workers, { isInterrupted: workers === 6 })),
  });
  await expect(ended).rejects.toMatchObject({ code: 'RUN_INTERRUPTED' });
  const [prediction] = predictionsIn(join(trying.out, 'predictions.jsonl'));
  expect(prediction).toMatchObject({ grade: 'interpolation' });
  expect(prediction).not.toHaveProperty('measurement');
});

test('predictSize() refuses sizes that can tell no law before it measures any', async () => {
  const asked = (change: object) =>
    predictSize(
      aTrying(),
      { ...sizes, ...change },
      { now: aClock(), search: () => Promise.reject(new Error('asked')) },
    );
  await expect(asked({ sizes: [1, 1, 2, 2, 3] })).rejects.toThrow(
    'Cannot predict from the sizes 1, 1, 2, 2, 3: wanted are 6 or more, of 4 or more different numbers of workers',
  );
  await expect(asked({ next: Number.NaN })).rejects.toThrow('Cannot measure NaN workers');
});

test('verdictOf() says how far off a prediction was, and whether its interval held', () => {
  expect(verdictOf({ lower: 90, median: 100, upper: 110 }, 105)).toBe('Off by -4.8 %, within the interval.');
  expect(verdictOf({ lower: 90, median: 100, upper: 110 }, 80)).toBe(
    'Off by 25.0 %, outside of the interval.',
  );
});
