import { expect, onTestFinished, test, vi } from 'vitest';
import { Client, makeServer, settled } from '../testing.ts';

test('emit() with a callback is a call the client answers', () => {
  const client = new Client(makeServer()).open();
  const answered = vi.fn();
  client.socket.emit('srvack', { x: 2 }, answered);
  expect(client.hear()).toEqual([{ event: 'srvack', data: { x: 2 }, cid: 1 }]);
  client.say({ data: 'client-ack', error: null, rid: 1 });
  expect(answered).toHaveBeenCalledExactlyOnceWith(null, 'client-ack');
});

test('emit() without a callback, and transmit(), are no calls', () => {
  const client = new Client(makeServer()).open();
  client.socket.emit('a', 1);
  client.socket.transmit('b');
  expect(client.hear()).toEqual([{ event: 'a', data: 1 }, { event: 'b' }]);
});

test('invoke() rejects with the error of the client', async () => {
  const client = new Client(makeServer()).open();
  const call = client.socket.invoke('x');
  client.say({ rid: 1, error: { message: 'no', name: 'MyError', code: 7 } });
  const error = await call.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ message: 'no', name: 'MyError', code: 7 });
  const other = client.socket.invoke('x');
  client.say({ rid: 2, error: 'only text' });
  await expect(other).rejects.toMatchObject({ message: 'only text' });
});

test('emit() hands an error of the client to its callback as an Error', () => {
  const client = new Client(makeServer()).open();
  const answered = vi.fn();
  client.socket.emit('x', 1, answered);
  client.say({ rid: 1, error: { message: 'no', name: 'MyError' } });
  expect(answered.mock.calls[0]?.[0]).toBeInstanceOf(Error);
  expect(answered.mock.calls[0]?.[0]).toMatchObject({ message: 'no', name: 'MyError' });
});

test('emit() of data that cannot be sent throws, and calls nobody back later', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const client = new Client(makeServer({ ackTimeout: 1_000 })).open();
  const answered = vi.fn();
  expect(() => client.socket.emit('x', 10n, answered)).toThrow(TypeError);
  vi.advanceTimersByTime(3_000);
  expect(answered).not.toHaveBeenCalled();
});

test('on(), once(), emit(), transmit(), invoke() and send() refuse what is no name, no listener, no message', async () => {
  const { socket } = new Client(makeServer()).open();
  const wrong = socket as unknown as Record<string, (...details: unknown[]) => unknown>;
  for (const name of [undefined, null, 5, {}]) {
    expect(() => wrong['emit']?.(name)).toThrow(/^Cannot send an event .*wanted is text$/);
    expect(() => wrong['transmit']?.(name)).toThrow(TypeError);
    await expect(wrong['invoke']?.(name)).rejects.toThrow(TypeError);
    expect(() => wrong['on']?.(name, () => undefined)).toThrow(TypeError);
    expect(() => wrong['send']?.(name)).toThrow(/wanted is text or bytes/);
  }
  for (const listener of [undefined, null, 'x', {}]) {
    expect(() => wrong['on']?.('x', listener)).toThrow(
      /^Cannot listen to the event "x": .*wanted is a function$/,
    );
    expect(() => wrong['once']?.('x', listener)).toThrow(TypeError);
  }
});

test('invoke() rejects with a TimeoutError after ackTimeout, whenever the pings are', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const client = new Client(makeServer({ ackTimeout: 1_000 })).open();
  const rejected = vi.fn();
  client.socket.invoke('first').catch(rejected);
  await vi.advanceTimersByTimeAsync(600);
  client.socket.invoke('second').catch(rejected);
  await vi.advanceTimersByTimeAsync(500);
  expect(rejected.mock.calls).toMatchObject([[{ name: 'TimeoutError', message: /"first"/ }]]);
  await vi.advanceTimersByTimeAsync(600);
  expect(rejected.mock.calls[1]).toMatchObject([{ name: 'TimeoutError', message: /"second"/ }]);
});

test('invoke() rejects when the socket ends, and when it has ended before', async () => {
  const client = new Client(makeServer()).open();
  const under = client.socket.invoke('x');
  client.end();
  await expect(under).rejects.toMatchObject({ name: 'BadConnectionError' });
  await expect(client.socket.invoke('y')).rejects.toMatchObject({ name: 'BadConnectionError' });
});

test('on(), once() and off() rule who hears an event of the client', () => {
  const client = new Client(makeServer()).open();
  const [always, single, never] = [vi.fn(), vi.fn(), vi.fn()];
  client.socket.on('x', always).once('x', single).on('x', never).off('x', never);
  client.say({ event: 'x', data: 1 });
  client.say({ event: 'x', data: 2 });
  expect(always.mock.calls.map(([data]) => data)).toEqual([1, 2]);
  expect(single.mock.calls.map(([data]) => data)).toEqual([1]);
  expect(never).not.toHaveBeenCalled();
});

test('disconnect() announces itself to clients of ping protocol 1 only', () => {
  const server = makeServer({ protocolVersion: 'auto' });
  const [old, young] = [new Client(server).open(), new Client(server).open()];
  old.say('#2');
  young.say('');
  old.socket.disconnect(4501, { why: 'bye' });
  young.socket.disconnect(4501, 'bye');
  expect(old.hear()).toEqual([{ event: '#disconnect', data: { code: 4501, data: { why: 'bye' } } }]);
  expect(young.hear()).toEqual([]);
  expect(old.wire.closedWith).toEqual({ code: 4501, reason: '' });
  expect(young.wire.closedWith).toEqual({ code: 4501, reason: 'bye' });
});

test('disconnect() puts nothing but text into the close frame', () => {
  const server = makeServer({ protocolVersion: 'auto' });
  const secret = Buffer.from('what memory held before');
  for (const data of [
    secret,
    new Uint16Array(64),
    secret.buffer,
    125,
    true,
    null,
    { length: 125 },
    () => 125,
    ['x'],
  ]) {
    const client = new Client(server).open();
    client.say('');
    client.socket.disconnect(4_501, data);
    expect(client.wire.closedWith).toEqual({ code: 4_501, reason: '' });
    expect(client.wire.texts.join()).not.toContain('memory');
  }
});

test('disconnect() refuses a code that may not be sent', () => {
  const { socket } = new Client(makeServer()).open();
  expect(() => socket.disconnect(1005)).toThrow(RangeError);
  expect(() => socket.disconnect(9999)).toThrow(RangeError);
});

test('kickOut() ends a subscription once and is no error for one that is none', async () => {
  const server = makeServer();
  const client = new Client(server).open();
  client.say({ event: '#subscribe', data: 'k1', cid: 2 });
  client.say({ event: '#subscribe', data: 'k2', cid: 3 });
  await settled();
  client.hear();
  const left: unknown[] = [];
  server.on('unsubscription', (socket, channel) => left.push([channel, socket.subscriptions()]));
  client.socket.kickOut('nope', 'ignored');
  client.socket.kickOut('k1', 'go away');
  client.socket.kickOut();
  expect(client.hear()).toEqual([
    { event: '#kickOut', data: { channel: 'k1', message: 'go away' } },
    { event: '#kickOut', data: { channel: 'k2' } },
  ]);
  expect(left).toEqual([
    ['k1', ['k2']],
    ['k2', []],
  ]);
  await server.exchange.publish('k1', 1);
  expect(client.hear()).toEqual([]);
});

test('setAuthToken() signs, keeps and sends the token, deauthenticate() takes it back', () => {
  const server = makeServer();
  const [authentication, deauthentication] = [vi.fn(), vi.fn()];
  server.on('authentication', authentication);
  server.on('deauthentication', deauthentication);
  const client = new Client(server).open();
  const { socket } = client;
  void socket.setAuthToken({ username: 'eve' }, { expiresIn: 60 });
  const token = socket.authToken;
  expect(token).toMatchObject({ username: 'eve', exp: expect.any(Number) });
  expect(socket.authState).toBe('authenticated');
  expect(server.check(socket.signedAuthToken).payload).toEqual(token);
  void socket.deauthenticate();
  void socket.deauthenticate();
  expect(client.hear()).toMatchObject([
    { event: '#setAuthToken', data: { token: expect.any(String) } },
    { event: '#removeAuthToken' },
    { event: '#removeAuthToken' },
  ]);
  expect(socket).toMatchObject({ authToken: null, signedAuthToken: null });
  expect(authentication).toHaveBeenCalledExactlyOnceWith(socket, token);
  expect(deauthentication).toHaveBeenCalledExactlyOnceWith(socket, token);
});
