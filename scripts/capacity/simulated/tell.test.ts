import { expect, test } from 'vitest';
import { PLANTED, SPREADS } from './jobs.ts';
import type { Outcome } from './run-job.ts';
import { tell } from './tell.ts';

/** A hundred searches of each spread, of which so many held; and ten of each thing planted. */
function outcomes(held: (spread: number) => number, change: (outcome: Outcome) => Outcome = (one) => one) {
  const common = { trials: 20, width: 0.06 };
  const spreads = SPREADS.flatMap((spread) =>
    Array.from({ length: 100 }, (_, index) => ({
      ...common,
      row: `${spread}`,
      isKept: index < held(spread),
    })),
  );
  const guards = PLANTED.flatMap((row) =>
    Array.from({ length: 10 }, (_, index) => ({ ...common, row, isKept: index < 9 ? true : null })),
  );
  return [...spreads, ...guards].map(change);
}

test('tell() has a row for each spread and each thing planted, and calls kept what is', () => {
  const { isKept, text } = tell(outcomes(() => 90));
  expect(isKept).toBe(true);
  expect(text).toContain('| 4 % | 100 | 90 % | 82 % to 97 % |  | 20 | 20 | 6 % |');
  expect(text).toContain('| all | 600 | 90 % |');
  // What a search never came across is no guard that was not raised.
  expect(text).toContain('| drift | 10 | 9 | 100 % |  |');
});

test('tell() marks a spread that is off, and breaks with all together', () => {
  const one = tell(outcomes((spread) => (spread === 0.2 ? 80 : spread === 0.01 ? 98 : 90)));
  expect(one.text).toMatch(/^\| 20 % .*\| too rarely \|/m);
  expect(one.text).toMatch(/^\| 1 % .*\| too often \|/m);
  expect(one.isKept).toBe(true);
  expect([tell(outcomes(() => 86)), tell(outcomes(() => 94))].map(({ isKept }) => isKept)).toEqual([
    false,
    false,
  ]);
});

test('tell() breaks with a single guard that is not raised', () => {
  let isFirst = true;
  const missed = outcomes(
    () => 90,
    (one) => {
      if (one.row !== 'generator' || !isFirst) return one;
      isFirst = false;
      return { ...one, isKept: false };
    },
  );
  expect(tell(missed).isKept).toBe(false);
  expect(tell(missed).text).toMatch(/^\| generator \| 10 \| 9 \| 88\.9 % \| not always \|$/m);
});
