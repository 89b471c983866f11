import { expect, test } from 'vitest';
import { estimateOf } from '../estimate/index.ts';
import { roundRaw, writeDollars, writeEstimated, writeInterval, writeShare, writeThings } from './figures.ts';

test('writeEstimated() has three digits that count', () => {
  expect([61_234, 1_000_499, 12.345, 0.012_34, 0].map(writeEstimated)).toEqual([
    '61,200',
    '1,000,000',
    '12.3',
    '0.0123',
    '0',
  ]);
});

test('writeInterval() has both ends, or none where they look the same', () => {
  expect(writeInterval(estimateOf(10_000, 0.1))).toBe('10,000 (8,480 to 11,800)');
  expect(writeInterval(estimateOf(10_000, 0))).toBe('10,000');
});

test('writeDollars() counts cents where they matter', () => {
  expect([65.152, 99.999, 1_303.4].map(writeDollars)).toEqual(['$65.15', '$100.00', '$1,303']);
});

test('writeShare() never says all of what is less', () => {
  expect([0.354, 0.9996, 1, 0].map(writeShare)).toEqual(['35 %', '99 %', '100 %', '0 %']);
});

test('writeThings() has one thing and several', () => {
  expect([writeThings(1, 'host'), writeThings(0, 'host'), writeThings(1_200, 'host')]).toEqual([
    '1 host',
    '0 hosts',
    '1,200 hosts',
  ]);
});

test('roundRaw() keeps six digits', () => {
  expect([123_456.789, 0.000_123_456_789].map(roundRaw)).toEqual([123_457, 0.000_123_457]);
});
