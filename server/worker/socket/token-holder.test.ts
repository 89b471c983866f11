import { afterEach, expect, test, vi } from 'vitest';
import { digestOf } from '../auth/index.ts';
import { Client, makeServer } from '../testing.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('setAuthToken() keeps the payload with its times, hands the token over and tells the server', () => {
  const server = makeServer();
  const told = vi.fn();
  server.on('authentication', told);
  const client = new Client(server).open();
  client.socket.setAuthToken({ username: 'bob' }, { expiresIn: 60 });
  const payload = { username: 'bob', iat: expect.any(Number), exp: expect.any(Number) };
  expect(client.socket).toMatchObject({ authState: 'authenticated', authToken: payload });
  expect(client.hear()).toEqual([{ event: '#setAuthToken', data: { token: client.socket.signedAuthToken } }]);
  expect(told).toHaveBeenCalledExactlyOnceWith(client.socket, payload);
});

test('deauthenticate() takes the token from both sides, deauthenticateSelf() from this one', () => {
  const server = makeServer();
  const told = vi.fn();
  server.on('deauthentication', told);
  const client = new Client(server).open();
  client.socket.setAuthToken({ username: 'bob' });
  client.hear();
  client.socket.deauthenticateSelf();
  client.socket.deauthenticateSelf();
  expect(client.hear()).toEqual([]);
  client.socket.deauthenticate();
  expect(client.hear()).toEqual([{ event: '#removeAuthToken' }]);
  expect(told).toHaveBeenCalledOnce();
  expect(client.socket).toMatchObject({ authState: 'unauthenticated', signedAuthToken: null });
});

test('tokenDigest follows the token', () => {
  const { socket } = new Client(makeServer()).open();
  socket.setAuthToken({ username: 'bob' });
  const first = socket.tokenDigest;
  expect(first).toBe(digestOf(socket.signedAuthToken ?? ''));
  socket.setAuthToken({ username: 'eve' });
  expect(socket.tokenDigest).toBe(digestOf(socket.signedAuthToken ?? ''));
  expect(socket.tokenDigest).not.toBe(first);
});

test('checkToken() leaves a token alone until its time is up, then says so once', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { socket } = new Client(makeServer()).open();
  expect(socket.checkToken()).toBeUndefined();
  socket.setAuthToken({ username: 'bob' }, { expiresIn: 10 });
  expect(socket.checkToken()).toBeUndefined();
  vi.setSystemTime(Date.now() + 11_000);
  expect(socket.checkToken()).toMatchObject({ name: 'AuthTokenExpiredError', expiry: expect.any(Date) });
  expect(socket.checkToken()).toBeUndefined();
});
