import { expect, test } from 'vitest';
import { added, causes, count, figure, told } from './fields.ts';

test.each([
  ['count', count, [0, 7], [-1, null, undefined]],
  ['figure', figure, [-1, 0.5], [null, undefined]],
  ['told', told, [1, null], [undefined]],
  ['added', added, [1, undefined], [null]],
  ['causes', causes, [{}, { refused: 1 }], [1, { refused: 'x' }]],
])('%s() takes what such a figure can be, and nothing else', (_name, make, good, bad) => {
  const schema = make('What it is');
  for (const value of good) expect(schema.safeParse(value).success).toBe(true);
  for (const value of bad) expect(schema.safeParse(value).success).toBe(false);
});
