import { expect, test } from 'vitest';
import type { LedgerEntry } from './entries.ts';
import { standingOf } from './standing.ts';
import { anEntry } from './testing.ts';

const which = { metric: 'cpu' as const, scenario: 'echo', runner: 'two cores' };
const jobs = (count: number, verdict = 'unchanged'): LedgerEntry[] =>
  Array.from({ length: count }, () => anEntry({}, verdict));

test('standingOf() says what no alarm in sixty jobs proves', () => {
  const standing = standingOf(jobs(60), which);
  expect(standing).toMatchObject({ jobs: 60, falseAlarms: 0, isQuarantined: false, spread: 0.03 });
  expect(standing.bound).toBeCloseTo(0.049, 3);
});

test('standingOf() counts the last sixty jobs of this scenario and host alone', () => {
  const others = [
    anEntry({ scenario: 'fan-out' }, 'regression'),
    anEntry({ runner: 'another' }, 'regression'),
  ];
  const standing = standingOf([...jobs(5, 'regression'), ...jobs(60), ...others], which);
  expect(standing).toMatchObject({ jobs: 60, falseAlarms: 0 });
});

test('standingOf() quarantines a metric that raises more alarms than its level explains', () => {
  // At a level of 0.25 % one alarm in ten jobs has a chance of 2.5 %, one in sixty of 14 %.
  expect(standingOf([...jobs(9), ...jobs(1, 'regression')], which).isQuarantined).toBe(true);
  expect(standingOf([...jobs(59), ...jobs(1, 'regression')], which).isQuarantined).toBe(false);
  expect(standingOf([...jobs(58), ...jobs(2, 'regression')], which).isQuarantined).toBe(true);
});

test('standingOf() tells what was found of the last slowdown put in, and counts it as no false alarm', () => {
  const slow = anEntry({ injected: { name: 'parse', effect: 0.05 } }, 'regression');
  const standing = standingOf([slow, ...jobs(3)], which);
  expect(standing).toMatchObject({
    jobs: 3,
    falseAlarms: 0,
    injected: { name: 'parse', effect: 0.05, found: 0.01 },
  });
});

test('standingOf() takes no step of the history for a job of equal builds', () => {
  const step = anEntry({ commits: { base: 'a1', candidate: 'b2' } }, 'regression');
  expect(standingOf([...jobs(20), step], which)).toMatchObject({ jobs: 20, falseAlarms: 0 });
});

test('standingOf() of an empty ledger proves nothing', () => {
  expect(standingOf([], which)).toEqual({
    metric: 'cpu',
    jobs: 0,
    falseAlarms: 0,
    bound: 1,
    isQuarantined: false,
  });
});
