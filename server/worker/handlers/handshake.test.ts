import { expect, test, vi } from 'vitest';
import { Client, makeServer, sign } from '../testing.ts';

test('#handshake is answered with id, ping time-out and state', () => {
  const server = makeServer();
  const client = new Client(server);
  client.say('{"event":"#handshake","data":{"authToken":null},"cid":57}');
  expect(client.hear()).toEqual([
    { rid: 57, data: { id: client.socket.id, pingTimeout: 20_000, isAuthenticated: false } },
  ]);
  expect(client.socket.id).toMatch(/^[\w-]{20}$/);
  expect(server.clientsCount).toBe(1);
});

test('#handshake takes every form a published client sends', () => {
  const server = makeServer();
  for (const packet of [
    '{"data":{},"event":"#handshake","cid":1}',
    '{"event":"#handshake","cid":1}',
    '{"cid": 1, "data": {"authToken": null}, "event": "#handshake"}',
    '[{"event":"#handshake","data":{"authToken":null},"cid":1}]',
  ]) {
    const client = new Client(server);
    client.say(packet);
    expect(client.hear()).toHaveLength(1);
    expect(client.socket.state).toBe('open');
  }
});

test('#handshake without cid opens and answers nothing', () => {
  const server = makeServer();
  const client = new Client(server);
  client.say('{"event":"#handshake"}');
  expect(client.hear()).toEqual([]);
  expect(client.socket.state).toBe('open');
});

test('#handshake of a second time is refused and connects nobody twice', () => {
  const server = makeServer();
  const connection = vi.fn();
  server.on('connection', connection);
  const client = new Client(server).open();
  client.say({ event: '#handshake', data: { authToken: null }, cid: 2 });
  client.say({ event: '#handshake', data: { authToken: null } });
  expect(client.hear()).toMatchObject([{ rid: 2, error: { name: 'InvalidActionError' } }]);
  expect(connection).toHaveBeenCalledOnce();
  expect(server.clientsCount).toBe(1);
});

test('#handshake with a good token authenticates', () => {
  const server = makeServer();
  const client = new Client(server);
  client.say({ event: '#handshake', data: { authToken: sign({ username: 'bob' }) }, cid: 1 });
  expect(client.hear()).toMatchObject([{ rid: 1, data: { isAuthenticated: true } }]);
  expect(client.socket.authToken).toMatchObject({ username: 'bob' });
});

test('#handshake with a bad token connects unauthenticated and takes the token away', () => {
  const server = makeServer();
  const client = new Client(server);
  client.say({ event: '#handshake', data: { authToken: sign({}, 'other') }, cid: 1 });
  expect(client.hear()).toMatchObject([
    {
      rid: 1,
      data: { isAuthenticated: false, authError: { name: 'AuthTokenInvalidError', isBadToken: true } },
    },
    { event: '#removeAuthToken' },
  ]);
});

test('#handshake with a token that is not valid yet leaves it with the client', () => {
  const server = makeServer();
  const client = new Client(server);
  const nbf = Math.floor(Date.now() / 1_000) + 100;
  client.say({ event: '#handshake', data: { authToken: sign({ nbf }) }, cid: 1 });
  expect(client.hear()).toMatchObject([{ data: { authError: { name: 'AuthTokenNotBeforeError' } } }]);
});
