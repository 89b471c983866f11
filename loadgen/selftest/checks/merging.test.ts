import { expect, test } from 'vitest';
import { checkMerging } from './merging.ts';

test('checkMerging() finds every bucket equal', () => {
  expect(checkMerging(1)).toMatchObject({ ok: true, found: '40000 times, every bucket equal' });
});
