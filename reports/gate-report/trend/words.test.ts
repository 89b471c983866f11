import { expect, test } from 'vitest';
import { readHistories } from './histories.ts';
import { aHistory, equalBuilds } from './testing.ts';
import { formatTrend, groupHistories, writeKind } from './words.ts';

test('groupHistories() tells changes of several metrics that begin together in one sentence', () => {
  const [builds, equal] = groupHistories(readHistories([...aHistory(), ...equalBuilds()]));
  expect(builds!.title).toBe('echo, build after build, two cores');
  expect(builds!.findings).toEqual([
    'After c22, up to c24: CPU per message +10.0 %; Response, median +5.9 %',
  ]);
  expect(equal!.findings).toEqual([]);
});

test('formatTrend() says of each metric where it stands and what happened last', () => {
  const text = formatTrend(readHistories([...aHistory(), ...equalBuilds()]));
  expect(text).toMatch(/CPU per message +40 jobs +\+\d+\.\d % +\+1?\d\.\d %, stayed +\S+e-\d+/);
  expect(text).toContain('Nothing changed and stayed so.');
});

test('formatTrend() of an empty ledger says so', () => {
  expect(formatTrend([])).toBe('The ledger holds no job that a trend could follow.\n');
});

test('writeKind() tells what stayed from what did not', () => {
  const change = { at: 1, effect: 0.1, p: 0.0001 };
  const words = (['lasting', 'passing', 'single-point'] as const).map((kind) =>
    writeKind({ ...change, kind }),
  );
  expect(new Set(words).size).toBe(3);
});
