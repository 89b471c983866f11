import { expect, test } from 'vitest';
import { wantFunction, wantText } from './wanted.ts';

test('wantText() takes any text, the empty one too, and names the type of all else', () => {
  expect(() => wantText('send it', '')).not.toThrow();
  for (const [value, type] of [
    [undefined, 'undefined'],
    [null, 'null'],
    [['x'], 'object'],
    [5, 'number'],
  ]) {
    expect(() => wantText('send it', value)).toThrow(
      new TypeError(`Cannot send it: current value is of type ${type}, wanted is text`),
    );
  }
});

test('wantFunction() takes functions only', () => {
  expect(() => wantFunction('listen', async () => undefined)).not.toThrow();
  expect(() => wantFunction('listen', {})).toThrow(
    new TypeError('Cannot listen: current value is of type object, wanted is a function'),
  );
});
