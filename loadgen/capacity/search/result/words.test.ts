import { expect, test } from 'vitest';
import { wordLoad, wordNumber } from './words.ts';

test('wordLoad() and wordNumber() keep four digits and part thousands', () => {
  expect(wordLoad(123_456.7)).toBe('123,500 messages/s');
  expect(wordNumber(0.012_345)).toBe('0.01235');
  expect(wordNumber(1_000)).toBe('1,000');
});
