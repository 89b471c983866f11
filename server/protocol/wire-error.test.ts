import { expect, test } from 'vitest';
import { dehydrate, WireError } from './wire-error.ts';

test('dehydrate() sends message, name and own fields, never the stack', () => {
  const error = new WireError('jwt expired', { name: 'AuthTokenExpiredError', expiry: new Date(0) });
  expect(JSON.parse(JSON.stringify(dehydrate(error)))).toEqual({
    message: 'jwt expired',
    name: 'AuthTokenExpiredError',
    expiry: '1970-01-01T00:00:00.000Z',
  });
});

test('dehydrate() hides fields that tell of the server itself', () => {
  const error = Object.assign(new Error('boom', { cause: 'inside' }), {
    code: 'E1',
    stack: 'at /srv/app.js',
    path: '/etc/passwd',
  });
  expect(dehydrate(error)).toEqual({ message: 'boom', code: 'E1' });
});

test('dehydrate() leaves out what cannot be JSON', () => {
  const error = Object.assign(new Error('boom'), { big: 1n, fine: 1 });
  expect(dehydrate(error)).toEqual({ message: 'boom', fine: 1 });
});

test('dehydrate() sends what is no Error as it is', () => {
  expect(dehydrate('plain')).toBe('plain');
  expect(dehydrate({ a: 1 })).toEqual({ a: 1 });
});
