import { expect, test } from 'vitest';
import { eachKind, KINDS } from './work.ts';

test('eachKind() makes something for every kind', () => {
  const made = eachKind((kind) => kind.length);
  expect(Object.keys(made)).toEqual([...KINDS]);
  expect(made.byte).toBe(4);
});
