import { expect, test } from 'vitest';
import { dehydrate, hydrate, WireError } from './wire-error.ts';

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

test('hydrate() makes an Error with name and fields, and leaves text alone', () => {
  const error = hydrate({ message: 'jwt expired', name: 'AuthTokenExpiredError', expiry: 'then' });
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ message: 'jwt expired', name: 'AuthTokenExpiredError', expiry: 'then' });
  expect(String(error)).toBe('AuthTokenExpiredError: jwt expired');
  expect(hydrate('plain')).toBe('plain');
  expect(hydrate(null)).toBeNull();
  expect(hydrate(error)).toBe(error);
});

test('hydrate() gives back what dehydrate() took, of any class', () => {
  class OrderError extends Error {
    override readonly name = 'OrderError';
    readonly code = 7;
  }
  const travelled = JSON.parse(JSON.stringify(dehydrate(new OrderError('boom'))));
  expect(hydrate(travelled)).toMatchObject({ name: 'OrderError', message: 'boom', code: 7 });
});

test.for([
  '{"message":"x","__proto__":{"polluted":true}}',
  '{"message":"x","toString":1,"valueOf":1,"constructor":1}',
  '{"message":{"toString":1},"name":{"toString":1}}',
  '{"stack":"at /forged.js:1:1"}',
  '[1]',
])('hydrate() makes an Error that can be printed of %s', (json) => {
  const error = hydrate(JSON.parse(json)) as Error;
  expect(error).toBeInstanceOf(Error);
  expect(String(error)).toMatch(/^Error: /);
  expect(error.stack).not.toContain('forged');
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
