import { expect, test } from 'vitest';
import { type Driver, formatHead, formatOutcome, formatRow, isWithinBound, type Told } from './table.ts';

const told = (driver: Driver, p50: number, validity = 'valid'): Told => ({
  driver,
  verdict: { validity },
  messages: { received: 480 },
  latencyMs: {
    response: { p50, p99: 1.5 },
    service: { p50: 0.25, p99: 1 },
    lateness: { p50: 0.125, p99: 0.5 },
  },
});

test('formatRow() tells what came of one run', () => {
  const row = formatRow(2, told('socketcluster', 0.4));
  expect(row).toBe('| 2 | socketcluster | 480 | 0.400 | 1.500 | 0.250 | 0.125 | valid |\n');
  expect(row.split('|')).toHaveLength(formatHead().split('\n')[0]?.split('|').length ?? 0);
});

test.each([
  [[0.5, 0.7, 0.65], 0.25, false],
  [[0.5, 0.5, 9], 0.1, true],
  [[0.1, 0.15, 0.2], -0.25, false],
  [[0.55, 0.63], 0.19, true],
])(
  'isWithinBound() takes the difference of the medians, one way or the other: %s',
  (client, difference, isIn) => {
    const fast = [0.4, 0.4, 0.1].map((p50) => told('socketcluster', p50));
    const all = [...fast, ...client.map((p50) => told('socketcluster-client', p50))];
    expect(isWithinBound(all)).toBe(isIn);
    expect(formatOutcome(all)).toContain(`difference ${difference.toFixed(3)} ms, wanted 0.2 at most`);
  },
);

test('isWithinBound() counts no run that is invalid, and says no when none is left', () => {
  const spoilt = [told('socketcluster', 50, 'invalid'), told('socketcluster-client', 0.5, 'suspect')];
  expect(isWithinBound(spoilt)).toBe(false);
  expect(isWithinBound([...spoilt, told('socketcluster', 0.4)])).toBe(true);
  expect(formatOutcome([...spoilt, told('socketcluster', 0.4)])).toContain('p50 of 2 runs: 0.400 ms');
});
