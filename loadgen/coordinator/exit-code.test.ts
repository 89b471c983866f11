import { expect, test } from 'vitest';
import type { Summary, Verdict } from '../results/index.ts';
import { syntheticSummary } from '../testing.ts';
import { exitCodeOf } from './exit-code.ts';

const summary = syntheticSummary({ users: 60, workers: 1, seconds: 2 });
const withStatus = (status: Verdict['status'], users: Partial<Summary['users']> = {}) => ({
  summary: { ...summary, users: { ...summary.users, ...users }, verdict: { ...summary.verdict, status } },
});

test.each([
  ['pass', 0],
  ['fail', 99],
  ['invalid', 112],
] as const)('exitCodeOf() turns the verdict %s into %i', (status, code) => {
  expect(exitCodeOf(withStatus(status), undefined)).toBe(code);
});

test.each([
  ['interrupted', 105],
  ['process-lost', 114],
  ['unreachable', 113],
  ['unwritten', 112],
] as const)('exitCodeOf() tells a run that ended early, %s, by %i whatever its verdict', (end, code) => {
  for (const status of ['pass', 'fail', 'invalid'] as const) {
    expect(exitCodeOf(withStatus(status), end)).toBe(code);
  }
});

test.each(['target-lost', 'rule-broken'] as const)(
  'exitCodeOf() leaves it to the verdict what a run that ended early, %s, means',
  (end) => {
    expect(exitCodeOf(withStatus('fail'), end)).toBe(99);
    expect(exitCodeOf(withStatus('invalid'), end)).toBe(112);
  },
);

test('exitCodeOf() calls a target unreachable that nobody was ever connected to', () => {
  expect(exitCodeOf(withStatus('invalid', { peak: 0 }), undefined)).toBe(113);
});
