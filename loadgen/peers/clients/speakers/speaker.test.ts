import { expect, test } from 'vitest';
import { dataOf } from './speaker.ts';

test('dataOf() weighs what a publication of a load process does', () => {
  const data = dataOf({ channel: 3, publisher: 7, sequence: 2, intended: 1.5 });
  expect(data).toEqual({ p: 7, n: 2, t: 1_500, f: 'x'.repeat(64) });
});
