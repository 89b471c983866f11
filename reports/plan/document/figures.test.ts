import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  limitsOfSlo,
  writeBytes,
  writeDollars,
  writeEstimated,
  writeInTime,
  writeInterval,
  writeLoad,
  writeNumber,
  writePercent,
  writeUsers,
} from './figures.ts';

const writers = {
  writeNumber,
  writeEstimated,
  writeLoad,
  writeUsers,
  writeDollars,
  writePercent,
  writeInTime,
  writeBytes,
};

test.each(Object.entries(writers))('%s() writes what is no number as absent', (_, write) => {
  for (const value of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY])
    expect(write(value)).toMatch(/^–/);
});

test('writeLoad(), writeUsers() and writeEstimated() keep as many digits as count', () => {
  expect([writeLoad(12_344.6), writeUsers(61_723.4), writeUsers(1), writeEstimated(61_723)]).toEqual([
    '12,340 messages/s',
    '61,720 users',
    '1 user',
    '61,700',
  ]);
});

test('writeInterval() has both ends, and none where they are one', () => {
  expect(writeInterval({ lower: 12_100, median: 12_600, upper: 13_200 })).toBe(
    '12,600 (90 %: 12,100 to 13,200)',
  );
  expect(writeInterval({ lower: 5, median: 5, upper: 5 })).toBe('5');
});

test('writeInTime() and writePercent() say all of nothing less', () => {
  const almost = fc
    .double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    .filter((share) => share < 1 - 1e-9);
  const property = fc.property(almost, (share) => {
    expect(writeInTime(share)).not.toBe('100.00 %');
    expect(writePercent(share)).not.toBe('100 %');
  });
  fc.assert(property);
  expect([writeInTime(1), writeInTime(0.29), writeInTime(0.99539), writePercent(1)]).toEqual([
    '100.00 %',
    '29.00 %',
    '99.53 %',
    '100 %',
  ]);
});

test('writeDollars() and writeBytes() choose the digits and the unit by size', () => {
  expect([writeDollars(63.5), writeDollars(1_604.07)]).toEqual(['$63.50', '$1,604']);
  expect([12, 8_200, 62_000_000, 8_322_000_000].map(writeBytes)).toEqual([
    '12 B',
    '8.20 KB',
    '62.00 MB',
    '8.32 GB',
  ]);
});

test('limitsOfSlo() finds each point of an objective, and none in another text', () => {
  expect(limitsOfSlo('99 % < 50 ms and 99.9 % < 200 ms')).toEqual([
    { withinMs: 50, text: '99 % < 50 ms' },
    { withinMs: 200, text: '99.9 % < 200 ms' },
  ]);
  expect(limitsOfSlo('fast')).toEqual([]);
});
