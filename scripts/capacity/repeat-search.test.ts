import { expect, test } from 'vitest';
import { percentApart } from './repeat-search.ts';

test('percentApart() is the same both ways', () => {
  expect(percentApart([100, 105])).toBe('4.9 %');
  expect(percentApart([105, 100])).toBe('4.9 %');
  expect(percentApart([105, undefined])).toBe('nobody knows how much');
});
