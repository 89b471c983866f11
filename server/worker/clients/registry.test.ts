import { expect, onTestFinished, test, vi } from 'vitest';
import { Client, makeServer, settled, sign } from '../testing.ts';

/** Notes what a server tells, with the ids of sockets. */
function note(server: ReturnType<typeof makeServer>, events: readonly string[]): unknown[] {
  const told: unknown[] = [];
  for (const event of events) {
    server.on(event as 'closure', (_socket, ...details) => told.push([event, ...details]));
  }
  return told;
}

test('handshake comes with the socket, connect and connection after its own', () => {
  const server = makeServer();
  const told: unknown[] = [];
  server.on('handshake', (socket) => {
    told.push([
      'handshake',
      socket.state,
      server.pendingClientsCount,
      server.pendingClients[socket.id] === socket,
    ]);
    socket.on('connect', (status) => told.push(['connect', status]));
  });
  server.on('connection', (_socket, status) => told.push(['connection', status]));
  new Client(server).open();
  const status = expect.objectContaining({ isAuthenticated: false });
  expect(told).toEqual([
    ['handshake', 'connecting', 1, true],
    ['connect', status],
    ['connection', status],
  ]);
  expect([server.pendingClientsCount, server.clientsCount, server.connections]).toEqual([0, 1, 1]);
});

test('closure follows disconnection and connectionAbort alike', () => {
  const server = makeServer();
  const told = note(server, ['closure', 'disconnection', 'connectionAbort']);
  new Client(server).open().end(4500, 'enough');
  new Client(server).end(1006);
  expect(told).toEqual([
    ['disconnection', 4500, 'enough'],
    ['closure', 4500, 'enough'],
    ['connectionAbort', 1006, ''],
    ['closure', 1006, ''],
  ]);
});

test('notify() raises the event of the socket before that of the server', async () => {
  const server = makeServer();
  const told = note(server, ['subscription', 'unsubscription']);
  const client = new Client(server).open();
  for (const event of ['subscribe', 'unsubscribe']) {
    client.socket.on(event, (channel) => told.push([event, channel]));
  }
  client.say({ event: '#subscribe', data: { channel: 'news' }, cid: 2 });
  await settled();
  client.say({ event: '#unsubscribe', data: 'news', cid: 3 });
  expect(told).toEqual([
    ['subscribe', 'news'],
    ['subscription', 'news'],
    ['unsubscribe', 'news'],
    ['unsubscription', 'news'],
  ]);
});

test('badAuthToken tells the socket which token was not accepted', () => {
  const server = makeServer();
  const client = new Client(server).open();
  const told = vi.fn();
  client.socket.on('badAuthToken', told);
  const signed = sign({}, 'another key');
  client.say({ event: '#authenticate', data: signed, cid: 2 });
  expect(told).toHaveBeenCalledExactlyOnceWith({
    authError: expect.objectContaining({ name: 'AuthTokenInvalidError' }),
    signedAuthToken: signed,
  });
});

test('beReady() says so once', () => {
  const server = makeServer();
  const ready = vi.fn();
  server.on('ready', ready);
  expect(server.isReady).toBe(false);
  server.beReady();
  server.beReady();
  expect([server.isReady, ready.mock.calls.length]).toEqual([true, 1]);
});

test('isAuthTokenExpired() looks at the expiry alone', () => {
  const server = makeServer();
  const now = Date.now() / 1_000;
  const tokens = [null, {}, { exp: now + 60 }, { exp: now - 60 }];
  expect(tokens.map((token) => server.isAuthTokenExpired(token))).toEqual([false, false, false, true]);
});

test('emitWarning() and emitError() reach the listeners of the server', () => {
  const server = makeServer({ path: '/elsewhere/' });
  const told = note(server, []);
  server.on('warning', ({ message }) => told.push(message)).on('error', ({ message }) => told.push(message));
  server.emitWarning(new Error('mind'));
  server.emitError(new Error('help'));
  expect([server.getPath(), ...told]).toEqual(['/elsewhere/', 'mind', 'help']);
});

test('emitError() that nobody listens to is a warning of the process', () => {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  onTestFinished(() => warn.mockRestore());
  const error = new Error('help');
  makeServer().emitError(error);
  expect(warn).toHaveBeenCalledExactlyOnceWith(error);
});
