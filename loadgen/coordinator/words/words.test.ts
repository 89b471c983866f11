import { expect, test } from 'vitest';
import { describeExit, formatValue } from './words.ts';

test('describeExit() says how a process ended, with the first of its last words', () => {
  expect(describeExit({ code: 1, signal: null, lastWords: '' })).toBe('with code 1');
  expect(describeExit({ code: null, signal: 'SIGKILL', lastWords: 'one\ntwo' })).toBe('by SIGKILL: one');
  expect(describeExit({ code: null, signal: null, lastWords: 'gone' })).toBe('out of sight: gone');
});

test('formatValue() keeps six digits', () => {
  expect([formatValue(1.23456789), formatValue(250), formatValue(null)]).toEqual(['1.23457', '250', 'null']);
});
