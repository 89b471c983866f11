import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatSlo, limitsOf, parseSlo } from './parse.ts';

test.each([
  ['99% < 50ms', [{ share: 0.99, withinMs: 50 }]],
  ['99.9 % < 100 ms', [{ share: 0.999, withinMs: 100 }]],
  ['p99 < 50ms', [{ share: 0.99, withinMs: 50 }]],
  ['P99.5 <= 0.2s', [{ share: 0.995, withinMs: 200 }]],
  [
    '99% < 50ms, 99.9% < 100ms',
    [
      { share: 0.99, withinMs: 50 },
      { share: 0.999, withinMs: 100 },
    ],
  ],
  [
    'p99 < 50ms and 99.9% < 0.5 s',
    [
      { share: 0.99, withinMs: 50 },
      { share: 0.999, withinMs: 500 },
    ],
  ],
])('parseSlo() reads "%s"', (text, points) => {
  const slo = parseSlo(text);
  expect(slo).toHaveLength(points.length);
  for (const [index, { share, withinMs }] of points.entries()) {
    expect(slo[index]?.share).toBeCloseTo(share, 12);
    expect(slo[index]?.withinMs).toBe(withinMs);
  }
});

test.each([
  ['', 'current value is "", wanted a share and a limit, such as "99% < 50ms"'],
  ['50ms', 'current value is "50ms"'],
  ['99% > 50ms', 'current value is "99% > 50ms"'],
  ['99% < 50', 'current value is "99% < 50"'],
  ['99% < 50ms,', 'current value is ""'],
  ['99,9% < 50ms', 'current value is "99"'],
  ['100% < 50ms', 'current share is 100 %, wanted above 0 % and below 100 %'],
  ['p0 < 50ms', 'current share is 0 %'],
  ['99% < 0ms', 'current limit is 0 ms, wanted above 0 ms'],
])('parseSlo() refuses "%s" in one sentence', (text, why) => {
  expect(() => parseSlo(text)).toThrow(`Cannot read the objective "${text}": ${why}`);
});

test('formatSlo() words what parseSlo() reads back', () => {
  const points = fc.record({
    share: fc.integer({ min: 1, max: 99_999 }).map((share) => share / 100_000),
    withinMs: fc.integer({ min: 1, max: 60_000 }),
  });
  fc.assert(
    fc.property(points, fc.array(points, { maxLength: 3 }), (first, others) => {
      const again = parseSlo(formatSlo([first, ...others]));
      expect(again.map(({ withinMs }) => withinMs)).toEqual(
        [first, ...others].map(({ withinMs }) => withinMs),
      );
      expect(again[0].share).toBeCloseTo(first.share, 12);
    }),
  );
  expect(formatSlo(parseSlo('p99.9 < 0.1s, 99% < 50ms'))).toBe('99.9 % < 100 ms and 99 % < 50 ms');
});

test('limitsOf() adds the limits of the objective to the common ones, each once, ascending', () => {
  expect(limitsOf(parseSlo('99% < 50ms'))).toEqual([10, 25, 50, 75, 100]);
  expect(limitsOf(parseSlo('99% < 30ms, 99.9% < 200ms'))).toEqual([10, 25, 30, 50, 75, 100, 200]);
});
