import { expect, test } from 'vitest';
import { parseBusUrl } from './address.ts';

test('parseBusUrl() takes one server or several, with the usual port', () => {
  expect(parseBusUrl('nats://one')).toEqual({ servers: ['one:4222'], cluster: 'bench' });
  expect(parseBusUrl('nats://one:5000, nats://two', { cluster: 'blue' })).toEqual({
    servers: ['one:5000', 'two:4222'],
    cluster: 'blue',
  });
});

test('parseBusUrl() knows a password from a token', () => {
  expect(parseBusUrl('nats://ann:p%40ss@one')).toMatchObject({ user: 'ann', password: 'p@ss' });
  expect(parseBusUrl('nats://s3cret@one')).toMatchObject({ token: 's3cret' });
});

test('parseBusUrl() takes who one is, and that the line is to be encrypted, from whichever server tells it', () => {
  expect(parseBusUrl('nats://one,tls://ann:word@two')).toEqual({
    servers: ['one:4222', 'two:4222'],
    cluster: 'bench',
    user: 'ann',
    password: 'word',
    tls: {},
  });
  const same = { user: 'ann', password: 'word' };
  expect(parseBusUrl('nats://ann:word@one,nats://ann:word@two')).toMatchObject(same);
  expect(() => parseBusUrl('nats://ann:word@one,nats://bob:word@two')).toThrow(
    /^Cannot use NATS URL "nats:\/\/\[redacted\]@two": wanted is one user or token for all of its servers$/,
  );
});

test.each([
  ['nats://ann:sec%ret@one', '"%25" for each "%" of user and password'],
  ['nats://ann:sec,ret@one', 'nats://host:port or tls://host:port'],
  ['nats://ann:12/sec@one', 'nats://host:port or tls://host:port'],
  ['nats://ann:sec#ret@one', 'nats://host:port or tls://host:port'],
])('parseBusUrl() says nothing of the password in "%s", wherever it seems to end', (url, wanted) => {
  expect(() => parseBusUrl(url)).toThrow(
    expect.objectContaining({
      code: 'OPTION_INVALID',
      message: `Cannot use NATS URL "nats://[redacted]@one": wanted is ${wanted}`,
    }),
  );
});

test('parseBusUrl() encrypts where it is asked to, by the URL or by a file', () => {
  expect(parseBusUrl('tls://one').tls).toEqual({});
  expect(parseBusUrl('nats://one', { ca: '/ca.pem' }).tls).toEqual({ caFile: '/ca.pem' });
  expect(parseBusUrl('nats://one').tls).toBeUndefined();
});

test.each([
  '',
  'one',
  'http://one',
  'nats://',
  'nats://one/path',
  'nats://ann:secret@one/x?y',
  'nats://one,bad',
])('parseBusUrl() refuses "%s" without giving secrets away', (url) => {
  const refuse = () => parseBusUrl(url);
  expect(refuse).toThrow(/^Cannot use NATS URL ".*": wanted is nats:\/\/host:port or tls:\/\/host:port$/);
  expect(refuse).not.toThrow(/secret/);
});

test.each(['a.b', '>', '*', '', 'x'.repeat(65)])('parseBusUrl() refuses cluster name "%s"', (cluster) => {
  expect(() => parseBusUrl('nats://one', { cluster })).toThrow(/^Cannot use cluster name /);
});
