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
  client.say({ rid: 1, error: { message: 'no' } });
  await expect(call).rejects.toMatchObject({ cause: { message: 'no' } });
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
  client.socket.kickOut('nope', 'ignored');
  client.socket.kickOut('k1', 'go away');
  client.socket.kickOut();
  expect(client.hear()).toEqual([
    { event: '#kickOut', data: { channel: 'k1', message: 'go away' } },
    { event: '#kickOut', data: { channel: 'k2' } },
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
  socket.setAuthToken({ username: 'eve' }, { expiresIn: 60 });
  const token = socket.authToken;
  expect(token).toMatchObject({ username: 'eve', exp: expect.any(Number) });
  expect(socket.authState).toBe('authenticated');
  expect(server.check(socket.signedAuthToken).payload).toEqual(token);
  socket.deauthenticate();
  socket.deauthenticate();
  expect(client.hear()).toMatchObject([
    { event: '#setAuthToken', data: { token: expect.any(String) } },
    { event: '#removeAuthToken' },
    { event: '#removeAuthToken' },
  ]);
  expect(socket).toMatchObject({ authToken: null, signedAuthToken: null });
  expect(authentication).toHaveBeenCalledExactlyOnceWith(socket, token);
  expect(deauthentication).toHaveBeenCalledExactlyOnceWith(socket, token);
});
