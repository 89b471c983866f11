import { beforeEach, expect, test, vi } from 'vitest';
import { Core } from './core.ts';
import { type ClientOptions, resolveOptions } from './options.ts';
import { fakeSockets, ManualClock, turn } from './testing.ts';

const TOKEN = `h.${Buffer.from('{"username":"bob"}').toString('base64url')}.s`;

const noteError = vi.fn();
let clock: ManualClock;
let sockets: ReturnType<typeof fakeSockets>;

beforeEach(() => {
  clock = new ManualClock();
  sockets = fakeSockets();
  noteError.mockReset();
});

function makeCore(options: ClientOptions = {}): Core {
  const core = new Core(resolveOptions({ webSocket: sockets.webSocket, ...options }), clock);
  core.listeners.add('error', noteError);
  return core;
}

async function openCore(options: ClientOptions = {}): Promise<Core> {
  const core = makeCore(options);
  core.connection.connect();
  await sockets.latest().welcome();
  return core;
}

/** Names of the events sent after the handshake. */
const sentEvents = (): unknown[] =>
  sockets
    .latest()
    .packets.slice(1)
    .map((packet) => (packet as { event: string }).event);

test('Core raises the life of a connection in its order', async () => {
  const core = makeCore();
  const life: unknown[] = [];
  for (const event of ['connecting', 'connect', 'disconnect', 'connectAbort', 'close'] as const) {
    core.listeners.add(event, (...details: unknown[]) => life.push([event, ...details.slice(0, 1)]));
  }
  noteError.mockImplementationOnce((error) => life.push(error));
  core.connection.connect();
  await sockets.latest().welcome();
  expect(core.id).toBe('socket-1');
  sockets.latest().end(4001, 'slept');
  expect(core.id).toBeNull();
  clock.advance(0);
  sockets.latest().end(1001);
  expect(life).toEqual([
    ['connecting'],
    ['connect', { id: 'socket-1', pingTimeout: 20_000, isAuthenticated: false }],
    ['disconnect', 4001],
    ['close', 4001],
    expect.objectContaining({ name: 'SocketProtocolError', code: 4001 }),
    ['connecting'],
    ['connectAbort', 1001],
    ['close', 1001],
  ]);
});

test('Core logs the first error that nobody listens to, throws none', async () => {
  const log = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const core = await openCore();
  core.listeners.remove('error');
  for (const code of [4100, 1006]) {
    sockets.latest().end(code);
    clock.advance(60_000);
  }
  expect(log).toHaveBeenCalledTimes(1);
  log.mockRestore();
});

test('Core subscribes ahead of what waited, and again after a reconnect', async () => {
  const core = makeCore();
  core.channels.subscribe('a');
  core.transmit('hello', 1);
  await sockets.latest().welcome();
  expect(sentEvents()).toEqual(['#subscribe', 'hello']);
  sockets.latest().receive({ rid: 2 });
  expect(core.channels.isSubscribed('a', false)).toBe(true);
  sockets.latest().end(4000);
  clock.advance(0);
  expect(core.channels.isSubscribed('a', false)).toBe(false);
  await sockets.latest().welcome();
  expect(sentEvents()).toEqual(['#subscribe']);
});

test('Core leaves subscribing to the application without autoSubscribeOnConnect', async () => {
  const core = makeCore({ autoSubscribeOnConnect: false });
  core.channels.subscribe('a');
  let process = (): void => undefined;
  core.listeners.add('connect', (_status: unknown, processSubscriptions: () => void) => {
    process = processSubscriptions;
  });
  core.connection.connect();
  await sockets.latest().welcome();
  expect(sentEvents()).toEqual([]);
  process();
  expect(sentEvents()).toEqual(['#subscribe']);
});

test('Core offers the token that the server has set', async () => {
  const core = await openCore();
  sockets.latest().receive({ event: '#setAuthToken', data: { token: TOKEN }, cid: 1 });
  await turn();
  expect(core.auth.token).toEqual({ username: 'bob' });
  expect(sockets.latest().packets.at(-1)).toEqual({ rid: 1 });
  core.connection.disconnect(1000);
  core.connection.connect();
  await sockets.latest().open();
  expect(sockets.latest().packets).toEqual([{ event: '#handshake', data: { authToken: TOKEN }, cid: 1 }]);
});

test('authenticate() keeps a token that is accepted, then asks for channels that wait for it', async () => {
  const core = await openCore();
  core.channels.subscribe('secret', { waitForAuth: true });
  expect(sentEvents()).toEqual([]);
  const status = core.authenticate(TOKEN);
  sockets.latest().receive({ rid: 2, data: { isAuthenticated: true, authError: null } });
  expect(await status).toEqual({ isAuthenticated: true, authError: null });
  expect(core.auth.signedToken).toBe(TOKEN);
  expect(sentEvents()).toEqual(['#authenticate', '#subscribe']);
});

test('authenticate() drops the token when it is refused, keeps it when nobody answers', async () => {
  const core = await openCore();
  await core.auth.keep(TOKEN);
  const unanswered = core.authenticate('other');
  clock.advance(10_000);
  await expect(unanswered).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(core.auth.state).toBe('authenticated');
  const refused = core.authenticate('other');
  sockets.latest().receive({ rid: 3, error: { name: 'AuthTokenInvalidError', message: 'invalid token' } });
  await expect(refused).rejects.toMatchObject({ name: 'AuthTokenInvalidError' });
  expect(core.auth.state).toBe('unauthenticated');
});

test('authenticate() resolves unauthenticated for a token that is not valid yet', async () => {
  const core = await openCore();
  const status = core.authenticate(TOKEN);
  const authError = { name: 'AuthTokenNotBeforeError', message: 'jwt not active' };
  sockets.latest().receive({ rid: 2, data: { isAuthenticated: false, authError } });
  expect(await status).toMatchObject({
    isAuthenticated: false,
    authError: { name: 'AuthTokenNotBeforeError' },
  });
});

test('deauthenticate() tells the server and withdraws channels that want a token', async () => {
  const core = await openCore();
  await core.auth.keep(TOKEN);
  core.channels.subscribe('secret', { waitForAuth: true });
  await core.deauthenticate();
  expect(sentEvents()).toEqual(['#subscribe', '#removeAuthToken', '#unsubscribe']);
  expect(core.auth.state).toBe('unauthenticated');
  sockets.latest().end(1000);
  await core.deauthenticate();
  expect(sockets.made).toHaveLength(1);
});

test('batchOnHandshake sends the first packets in one message', async () => {
  const core = makeCore({ batchOnHandshake: true });
  core.channels.subscribe('a');
  core.transmit('b', 1);
  await sockets.latest().welcome();
  expect(sockets.latest().sent).toHaveLength(1);
  clock.advance(100);
  expect(sockets.latest().packets[1]).toMatchObject([{ event: '#subscribe' }, { event: 'b' }]);
});

test('Core sends no event that only the client itself raises', () => {
  const core = makeCore();
  expect(() => core.transmit('connect', 1)).toThrow(TypeError);
  expect(() => core.call('error', 1, vi.fn())).toThrow(/"error"/);
  expect(sockets.made).toEqual([]);
});

test('what a callback throws does not keep the others from their answers', async () => {
  const afterwards = vi.spyOn(globalThis, 'queueMicrotask').mockImplementation(() => undefined);
  const core = await openCore({ autoReconnect: false });
  const second = vi.fn();
  core.call('first', 1, () => {
    throw new Error('of the application');
  });
  core.call('second', 2, second);
  sockets.latest().end(1006);
  expect(second).toHaveBeenCalledOnce();
  afterwards.mockRestore();
});
