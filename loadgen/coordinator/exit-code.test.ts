import { expect, test } from 'vitest';
import type { RunEvent, Summary, Verdict } from '../results/index.ts';
import { syntheticSummary } from '../testing.ts';
import { exitCodeOf } from './exit-code.ts';

const summary = syntheticSummary({ users: 60, workers: 1, seconds: 2 });
const withStatus = (
  status: Verdict['status'],
  users: Partial<Summary['users']> = {},
  events: RunEvent[] = [],
) => ({
  events,
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

test('exitCodeOf() leaves it to the verdict what it means that all users were dropped at once', () => {
  expect(exitCodeOf(withStatus('fail', { peak: 0, dropped: { 'close-1000': 20 } }), undefined)).toBe(99);
  expect(exitCodeOf(withStatus('pass', { peak: 0, left: 20 }), undefined)).toBe(0);
});

test.each(['worker-exit', 'broker-exit', 'target-exit'] as const)(
  'exitCodeOf() tells by 1 that the target failed with a process of its own: %s',
  (kind) => {
    const process = { role: 'worker', id: 1, pid: 71 } as const;
    const end: RunEvent = { type: 'event', second: 3, kind, text: 'Ended', process, signal: 'SIGKILL' };
    const fault: RunEvent = { ...end, kind: 'fault', killed: [71] };
    const early = kind === 'target-exit' ? 'target-lost' : undefined;
    expect(exitCodeOf(withStatus('fail', {}, [end]), early)).toBe(1);
    expect(exitCodeOf(withStatus('fail', {}, [fault, end]), early)).toBe(99);
    expect(exitCodeOf(withStatus('invalid', {}, [end]), early)).toBe(112);
  },
);
