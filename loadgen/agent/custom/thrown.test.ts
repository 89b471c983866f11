import { expect, test } from 'vitest';
import { ownScene } from './testing.ts';
import { isOfBehaviour, nameOf } from './thrown.ts';
import { CallFailed, UserGone } from './user.ts';

const ours = new URL('../crew.ts', import.meta.url).href;

/** An error that came by these places, the innermost first. */
function errorAt(...places: string[]): Error {
  const stack = ['RangeError: x', ...places.map((place, n) => `    at ${n === 0 ? place : `f (${place})`}`)];
  return Object.assign(new RangeError('x\nmore'), { stack: stack.join('\n') });
}

test('ThrownErrors counts each by its name, and tells of the first where it came from', () => {
  const { thrown, told, recorder } = ownScene();
  expect(thrown.count(errorAt(`${ours}:7:1`, 'file:///a%20b/own.mjs:2:28'))).toBe(true);
  expect(thrown.count(new TypeError('y'))).toBe(true);
  expect(recorder.cut(0).thrown).toEqual({ RangeError: 1, TypeError: 1 });
  const text =
    'A behaviour threw RangeError "x" in /a b/own.mjs:2:28: errors of behaviours are counted, and the run goes on';
  expect(told).toEqual([{ type: 'threw', text }]);
});

test('ThrownErrors names the modules where an error does not say where it came from', () => {
  const { thrown, told } = ownScene();
  thrown.count({ a: 1 });
  expect(told).toMatchObject([{ text: expect.stringContaining('threw object "{"a":1}" in /own.mjs: ') }]);
});

test('ThrownErrors tells of a message that is no text', () => {
  const { thrown, told } = ownScene();
  expect(thrown.count(Object.assign(new Error('x'), { message: 5 }))).toBe(true);
  expect(told).toMatchObject([{ text: expect.stringContaining('threw Error "5" in ') }]);
});

test('ThrownErrors counts no error for the end of a connection', () => {
  const { thrown, told, recorder } = ownScene();
  expect(thrown.count(new UserGone('x'))).toBe(false);
  expect([recorder.cut(0).thrown, told]).toEqual([undefined, []]);
});

test.each([
  [true, ['node:internal/timers:581:17']],
  [true, ['file:///a/own.mjs:2:28', 'node:internal/timers:581:17']],
  [true, [`${ours}:7:1`, '/a/own.cjs:2:28']],
  [true, ['file:///a/node_modules/b/index.js:1:1']],
  [false, [`${ours}:7:1`, 'node:internal/timers:581:17']],
  [false, ['file:///a/node_modules/b/index.js:1:1', `${ours}:7:1`]],
])('isOfBehaviour() says %s of an error that came by %j', (isTheirs, places) => {
  expect(isOfBehaviour(errorAt(...places))).toBe(isTheirs);
});

test('isOfBehaviour() knows an error of our own as it is, and takes what is none for a behaviour', () => {
  const made = [new UserGone('x'), new CallFailed('x', undefined)];
  expect([new Error('here'), 'text', ...made].map(isOfBehaviour)).toEqual([false, true, true, true]);
});

test('nameOf() finds a name for whatever is thrown', () => {
  const called = (name: unknown) => Object.assign(new Error('x'), { name });
  expect([new TypeError('x'), 'text', undefined].map(nameOf)).toEqual(['TypeError', 'string', 'undefined']);
  expect([called('My-Error'), called('two words'), called('__proto__'), called(7)].map(nameOf)).toEqual([
    'My-Error',
    'Error',
    'Error',
    'Error',
  ]);
});
