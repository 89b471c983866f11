import { expect, test } from 'vitest';
import { makeId } from './id.ts';

test('makeId() gives 20 characters of URL-safe base64, never the same twice', () => {
  const ids = Array.from({ length: 1_000 }, (_, n) => makeId(n));
  expect(new Set(ids).size).toBe(1_000);
  for (const id of ids) {
    expect(id).toMatch(/^[\w-]{20}$/);
  }
  expect(makeId(7)).not.toBe(makeId(7));
});

test('makeId() goes on when the number has outgrown its bytes', () => {
  expect(makeId(2 ** 24 + 5)).toHaveLength(20);
});
