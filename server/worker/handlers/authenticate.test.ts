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
  client.socket.setAuthToken({ username: 'eve' }, { expiresIn: 10 });
  expect(client.hear()).toMatchObject([{ event: '#setAuthToken', data: { token: expect.any(String) } }]);
  vi.setSystemTime(Date.now() + 11_000);
  client.say('');
  expect(client.hear()).toEqual([{ event: '#removeAuthToken' }]);
  expect(client.socket.authState).toBe('unauthenticated');
  vi.useRealTimers();
});
