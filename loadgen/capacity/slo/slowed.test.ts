import { expect, test } from 'vitest';
import { formatSlo, parseSlo } from './parse.ts';
import { slowedSlo } from './slowed.ts';

const slo = parseSlo('99% < 50ms, 99.9% < 100ms');

test('slowedSlo() gives workers of a share as many times longer, and leaves those of a core alone', () => {
  expect(formatSlo(slowedSlo(slo, 0.2))).toBe('99 % < 250 ms and 99.9 % < 500 ms');
  expect(formatSlo(slowedSlo(slo, 0.12))).toBe('99 % < 417 ms and 99.9 % < 833 ms');
  expect(slowedSlo(slo)).toEqual(slo);
  expect(slowedSlo(parseSlo('99% < 0.5ms'), 1)).toEqual(parseSlo('99% < 0.5ms'));
});
