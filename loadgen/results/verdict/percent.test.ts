import { expect, test } from 'vitest';
import { percent } from './percent.ts';

test('percent() writes a share with one decimal', () => {
  expect(percent(0.1234)).toBe('12.3 %');
});
