import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ABSENT,
  formatCauses,
  formatClock,
  formatCount,
  formatDecimal,
  formatExact,
  formatInstant,
  formatNode,
  formatRange,
  formatRate,
  formatShare,
  formatSystem,
  formatThings,
  totalOf,
} from './format.ts';

test.each([formatCount, formatDecimal, formatRate, formatShare])(
  '%o writes a dash where a run has no figure',
  (write) => {
    for (const nothing of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY])
      expect(write(nothing)).toBe(ABSENT);
  },
);

test('formatRange() tells two figures only where they differ to the eye', () => {
  expect([formatRange(0.124, 0.18), formatRange(0.181, 0.179)]).toEqual(['0.12 to 0.18', '0.18']);
});

test('formatDecimal() gives small figures more decimals than large ones', () => {
  expect([0.914, 31.2, 132.44, 1_204.6].map(formatDecimal)).toEqual(['0.91', '31.20', '132.4', '1,205']);
});

test('formatRate() rounds to whole messages from a hundred on', () => {
  expect([0.42, 99.94, 7_001.4].map(formatRate)).toEqual(['0.4', '99.9', '7,001']);
});

test('formatShare() writes a ratio as per cent', () => {
  expect(formatShare(0.9987)).toBe('99.9 %');
});

test('formatThings() leaves a single thing without an s', () => {
  expect([0, 1, 42_000].map((count) => formatThings(count, 'user'))).toEqual([
    '0 users',
    '1 user',
    '42,000 users',
  ]);
});

test('formatExact() keeps the digits that decide a rule', () => {
  expect(formatExact(0.0125)).toBe('0.0125');
  expect(formatExact(100.004)).toBe('100.004');
});

test('formatClock() counts hours only when there are some', () => {
  expect([0, 337, 3_723].map(formatClock)).toEqual(['00:00', '05:37', '1:02:03']);
});

test('formatClock() never shows sixty minutes or sixty seconds', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (seconds) => {
      const [second = 0, minute = 0, hour = 0] = formatClock(seconds).split(':').map(Number).reverse();
      expect(Math.max(second, minute)).toBeLessThan(60);
      expect(hour * 3_600 + minute * 60 + second).toBe(Math.round(seconds));
    }),
  );
});

test('formatSystem() tells of processors that were kept awake, and of no others', () => {
  const host = { kernel: '6.1', node: 'v20.20.2' };
  expect(formatSystem(host)).toBe('kernel 6.1, Node 20.20.2');
  expect(formatSystem({ ...host, isAwake: false })).toBe('kernel 6.1, Node 20.20.2');
  expect(formatSystem({ ...host, isAwake: true })).toBe(
    'kernel 6.1, Node 20.20.2, idle processors kept awake',
  );
});

test('formatNode() writes a version in one way, however it was recorded', () => {
  expect(['v20.20.2', '20.20.2'].map(formatNode)).toEqual(['Node 20.20.2', 'Node 20.20.2']);
});

test('formatInstant() leaves a text alone that is no time', () => {
  expect(formatInstant('2026-03-01T12:00:05.123Z')).toBe('2026-03-01 12:00:05 UTC');
  expect(formatInstant('yesterday')).toBe('yesterday');
});

test('formatCauses() names the most frequent cause first and none that did not happen', () => {
  expect(formatCauses({ refused: 3, timeout: 1_200, reset: 0 })).toBe('timeout 1,200, refused 3');
  expect(formatCauses({})).toBe('');
});

test('totalOf() adds up all causes', () => {
  expect(totalOf({ refused: 3, timeout: 12 })).toBe(15);
});
