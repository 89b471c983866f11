import { expect, test } from 'vitest';
import { asError } from './as-error.ts';

test('asError() leaves errors as they are, and tells of anything else what it was', () => {
  const error = new RangeError('far');
  expect(asError(error)).toBe(error);
  const loop: { self?: unknown } = {};
  loop.self = loop;
  for (const [thrown, message] of [
    ['text', 'text'],
    [{ why: 1 }, '{"why":1}'],
    [undefined, 'undefined'],
    [10n, '10'],
    [loop, '[object Object]'],
  ]) {
    expect(asError(thrown)).toMatchObject({ message, cause: thrown });
  }
});
