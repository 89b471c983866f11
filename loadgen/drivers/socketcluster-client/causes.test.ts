import { expect, test } from 'vitest';
import { causeOfCode, causeOfError } from './causes.ts';

test.each([
  [4008, false, 'handshake'],
  [4008, true, 'close-4008'],
  [1006, true, 'ended'],
  [1001, false, 'close-1001'],
])('causeOfCode() has a word for code %i', (code, wasOpen, cause) => {
  expect(causeOfCode(code, wasOpen)).toBe(cause);
});

test.each([
  [new Error('Unexpected server response: 503'), 'http-503'],
  [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'refused'],
])('causeOfError() has a word for %s', (error, cause) => {
  expect(causeOfError(error)).toBe(cause);
});
