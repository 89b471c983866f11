import { expect, test } from 'vitest';
import { readResult } from './autocannon.ts';

test('readResult() finds the figures among other lines', () => {
  const latency = { p50: 1, p90: 2, p99: 3, p99_9: 4, max: 5, mean: 9 };
  expect(readResult(`Running\n${JSON.stringify({ latency })}\n`)).toEqual({
    p50: 1,
    p90: 2,
    p99: 3,
    p999: 4,
    max: 5,
  });
});

test('readResult() says what it got when there are none', () => {
  expect(() => readResult('no such option\n')).toThrow(
    'Cannot read what autocannon reports: wanted JSON, got "no such option"',
  );
});
