import { expect, test, vi } from 'vitest';
import { checkCallback, checkData, checkFunction, checkMessage, checkText } from './arguments.ts';

test('checkText() takes text that is not empty', () => {
  expect(() => checkText('use channel', '__proto__')).not.toThrow();
  expect(() => checkText('use channel', '')).toThrow(
    'Cannot use channel "": wanted is text that is not empty',
  );
  expect(() => checkText('use channel', ['x', 'y'])).toThrow(TypeError);
});

test('checkFunction() takes functions only, checkCallback() nothing as well', () => {
  expect(() => checkFunction('watch "a"', vi.fn())).not.toThrow();
  expect(() => checkFunction('watch "a"', undefined)).toThrow(
    'Cannot watch "a" with undefined: wanted is a function',
  );
  for (const callback of [undefined, null, vi.fn()]) {
    expect(() => checkCallback('emit "a"', callback)).not.toThrow();
  }
  expect(() => checkCallback('emit "a"', 'b')).toThrow('Cannot emit "a" with "b": wanted is a function');
});

test('checkData() refuses a function, which would be lost in silence', () => {
  for (const data of [undefined, null, 0, {}]) {
    expect(() => checkData('emit "a"', data)).not.toThrow();
  }
  expect(() => checkData('emit "a"', vi.fn())).toThrow(/^Cannot emit "a" with a function as its data/);
});

test('checkMessage() takes what a WebSocket takes', () => {
  const messages = ['', new ArrayBuffer(1), new Uint8Array(1), new Blob([])];
  expect(() => messages.forEach(checkMessage)).not.toThrow();
  expect(() => checkMessage({})).toThrow(/^Cannot send message of type object/);
});
