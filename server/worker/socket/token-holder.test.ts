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
  void client.socket.setAuthToken({ username: 'bob' }, { expiresIn: 60 });
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
  void client.socket.setAuthToken({ username: 'bob' });
  client.hear();
  client.socket.deauthenticateSelf();
  client.socket.deauthenticateSelf();
  expect(client.hear()).toEqual([]);
  void client.socket.deauthenticate();
  expect(client.hear()).toEqual([{ event: '#removeAuthToken' }]);
  expect(told).toHaveBeenCalledOnce();
  expect(client.socket).toMatchObject({ authState: 'unauthenticated', signedAuthToken: null });
});

test('tokenDigest follows the token', () => {
  const { socket } = new Client(makeServer()).open();
  void socket.setAuthToken({ username: 'bob' });
  const first = socket.tokenDigest;
  expect(first).toBe(digestOf(socket.signedAuthToken ?? ''));
  void socket.setAuthToken({ username: 'eve' });
  expect(socket.tokenDigest).toBe(digestOf(socket.signedAuthToken ?? ''));
  expect(socket.tokenDigest).not.toBe(first);
});

test('checkToken() leaves a token alone until its time is up, then says so once', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { socket } = new Client(makeServer()).open();
  expect(socket.checkToken()).toBeUndefined();
  void socket.setAuthToken({ username: 'bob' }, { expiresIn: 10 });
  expect(socket.checkToken()).toBeUndefined();
  vi.setSystemTime(Date.now() + 11_000);
  expect(socket.checkToken()).toMatchObject({ name: 'AuthTokenExpiredError', expiry: expect.any(Date) });
  expect(socket.checkToken()).toBeUndefined();
});

test('setAuthToken() and deauthenticate() call back when the client has confirmed', async () => {
  const client = new Client(makeServer()).open();
  const called = vi.fn();
  const given = client.socket.setAuthToken({ username: 'bob' }, {}, called);
  expect(client.hear()).toMatchObject([{ event: '#setAuthToken', cid: 1 }]);
  expect(called).not.toHaveBeenCalled();
  client.say({ rid: 1 });
  await given;
  const taken = client.socket.deauthenticate(called);
  expect(client.hear()).toEqual([{ event: '#removeAuthToken', cid: 2 }]);
  client.say({ rid: 2, error: { message: 'no' } });
  await expect(taken).rejects.toThrow('no');
  expect(called.mock.calls).toEqual([[null, undefined], [expect.any(Error)]]);
});

test('setAuthToken() asks for the word of the client with rejectOnFailedDelivery', async () => {
  const client = new Client(makeServer()).open();
  const given = client.socket.setAuthToken({ username: 'bob' }, { rejectOnFailedDelivery: true });
  expect(client.hear()).toMatchObject([{ event: '#setAuthToken', cid: 1 }]);
  client.end();
  await expect(given).rejects.toMatchObject({ name: 'BadConnectionError' });
});

test('setAuthToken() gives a socket that has ended no token, and says so to whoever waits', async () => {
  const client = new Client(makeServer()).open();
  client.end();
  const called = vi.fn();
  await client.socket.setAuthToken({ username: 'bob' }, called).catch(() => undefined);
  expect(called).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ name: 'BadConnectionError' }));
  expect(client.socket.authState).toBe('unauthenticated');
  await expect(client.socket.setAuthToken({})).rejects.toThrow('the socket has ended');
});

test('setAuthToken() signs with the options it is given', () => {
  const { socket } = new Client(makeServer()).open();
  void socket.setAuthToken({ username: 'bob' }, { subject: 'b', issuer: 'us', expiresIn: '2h' });
  const { iat, exp, ...others } = socket.getAuthToken() as { iat: number; exp: number };
  expect(others).toEqual({ username: 'bob', sub: 'b', iss: 'us' });
  expect(exp - iat).toBe(7_200);
});

test('the socket and its server tell of each change of the token', () => {
  const server = makeServer();
  const client = new Client(server).open();
  const told: unknown[] = [];
  for (const event of ['authStateChange', 'authenticate', 'authTokenSigned', 'deauthenticate']) {
    client.socket.on(event, (detail) => told.push([event, detail]));
  }
  server.on('authenticationStateChange', (_socket, { newState }) => told.push(newState));
  void client.socket.setAuthToken({ a: 1 });
  const first = client.socket.authToken;
  const signed = client.socket.signedAuthToken;
  void client.socket.setAuthToken({ a: 2 });
  const second = client.socket.authToken;
  const signedAnew = client.socket.signedAuthToken;
  void client.socket.deauthenticate();
  expect(told).toEqual([
    ['authStateChange', { oldState: 'unauthenticated', newState: 'authenticated', authToken: first }],
    'authenticated',
    ['authenticate', first],
    ['authTokenSigned', signed],
    ['authenticate', second],
    ['authTokenSigned', signedAnew],
    ['authStateChange', { oldState: 'authenticated', newState: 'unauthenticated' }],
    'unauthenticated',
    ['deauthenticate', second],
  ]);
});
