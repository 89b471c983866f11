import { expect, test, vi } from 'vitest';
import { Client, makeServer, sign } from '../testing.ts';

test('#authenticate takes a good token and takes a bad one away', () => {
  const server = makeServer();
  const client = new Client(server).open();
  client.say({ event: '#authenticate', data: sign({ username: 'eve' }), cid: 2 });
  expect(client.hear()).toEqual([{ rid: 2, data: { isAuthenticated: true, authError: null } }]);
  client.say({ event: '#authenticate', data: 'bad', cid: 3 });
  expect(client.hear()).toMatchObject([
    { rid: 3, error: { name: 'AuthTokenInvalidError' }, data: { isAuthenticated: false } },
    { event: '#removeAuthToken' },
  ]);
  expect(client.socket.authState).toBe('unauthenticated');
});

test('#removeAuthToken is obeyed and never answered', () => {
  const server = makeServer();
  const client = new Client(server).open();
  client.say({ event: '#authenticate', data: sign({ username: 'eve' }), cid: 2 });
  client.hear();
  client.say({ event: '#removeAuthToken' });
  expect(client.hear()).toEqual([]);
  expect(client.socket.authState).toBe('unauthenticated');
});

test('a token whose time is up goes with the next packet or pong', () => {
  const server = makeServer();
  vi.useFakeTimers({ toFake: ['Date'] });
  const client = new Client(server).open();
  void client.socket.setAuthToken({ username: 'eve' }, { expiresIn: 10 });
  expect(client.hear()).toMatchObject([{ event: '#setAuthToken', data: { token: expect.any(String) } }]);
  vi.setSystemTime(Date.now() + 11_000);
  client.say('');
  expect(client.hear()).toEqual([{ event: '#removeAuthToken' }]);
  expect(client.socket.authState).toBe('unauthenticated');
  vi.useRealTimers();
});

test('a token that is revoked while the application is asked about it is refused', async () => {
  const server = makeServer();
  const answers: (() => void)[] = [];
  server.addMiddleware(server.MIDDLEWARE_AUTHENTICATE, (_request: unknown, next: () => void) => {
    answers.push(next);
  });
  const [late, early] = [new Client(server).open(), new Client(server)];
  const signed = sign({ username: 'eve' });
  late.say({ event: '#authenticate', data: signed, cid: 2 });
  early.say({ event: '#handshake', data: { authToken: signed }, cid: 1 });
  await server.revokeToken(signed);
  for (const answer of answers) answer();
  expect(answers).toHaveLength(2);
  expect(late.hear()).toMatchObject([
    { rid: 2, error: { name: 'AuthTokenInvalidError', message: 'jwt revoked' } },
    { event: '#removeAuthToken' },
  ]);
  expect(early.hear()).toMatchObject([
    { rid: 1, data: { isAuthenticated: false, authError: { message: 'jwt revoked' } } },
    { event: '#removeAuthToken' },
  ]);
});

test('a remembered token does not pass by the application', () => {
  const server = makeServer();
  const asked = vi.fn((_request: unknown, next: () => void) => next());
  server.addMiddleware(server.MIDDLEWARE_AUTHENTICATE, asked);
  const signed = sign({ username: 'eve' });
  for (const _ of [1, 2, 3]) {
    new Client(server).open().say({ event: '#authenticate', data: signed, cid: 2 });
  }
  expect(asked).toHaveBeenCalledTimes(3);
});
