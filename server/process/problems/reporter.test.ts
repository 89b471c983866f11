import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Message } from '../ipc.ts';
import { Reporter } from './reporter.ts';

let told: Message[];
const make = (wanted = {}): Reporter =>
  new Reporter({
    propagateErrors: true,
    propagateWarnings: true,
    ...wanted,
    tell: (message) => told.push(message),
  });

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
});
afterEach(() => vi.useRealTimers());

test('Reporter tells of a problem with its severity and where it came from', () => {
  make().report('warning', new TypeError('odd'));
  expect(told).toMatchObject([
    {
      type: 'problem',
      severity: 'warning',
      error: { name: 'TypeError', message: 'odd', stack: expect.any(String) },
    },
  ]);
});

test('Reporter keeps to itself what is not to be propagated', () => {
  const reporter = make({ propagateWarnings: false });
  reporter.report('warning', 'w');
  reporter.report('error', 'e');
  expect(told).toMatchObject([{ severity: 'error' }]);
  make({ propagateErrors: false }).report('error', 'e');
  expect(told).toHaveLength(1);
});

test('Reporter tells of 20 warnings a second and counts the others, and lets no error drown in them', () => {
  const reporter = make();
  for (let index = 0; index < 1_000; index += 1) {
    reporter.report('warning', `block ${index}`);
  }
  reporter.report('error', 'broken');
  expect(told).toHaveLength(21);
  expect(told.at(-1)).toMatchObject({ severity: 'error', error: { message: 'broken' } });
  vi.advanceTimersByTime(1_000);
  expect(told).toHaveLength(22);
  expect(told.at(-1)).toMatchObject({
    severity: 'warning',
    error: { message: 'Left out 980 more warnings: at most 20 a second are told' },
  });
  reporter.report('warning', 'the next second');
  expect(told).toHaveLength(23);
});
