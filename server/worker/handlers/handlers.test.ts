import jwt from 'jsonwebtoken';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMemoryBroker } from '../../broker/index.ts';
import type { OptionsInput } from '../../options/index.ts';
import { FakeWire, testOptions } from '../../testing.ts';
import { Exchange } from '../exchange.ts';
import { SCServer } from '../server.ts';
import type { SCSocket } from '../socket/index.ts';

let server: SCServer;

beforeEach(() => start());
afterEach(() => server.heartbeat.stop());

function start(input: Partial<OptionsInput> = {}): void {
  server?.heartbeat.stop();
  const exchange = new Exchange();
  exchange.attach(createMemoryBroker(exchange.deliver));
  server = new SCServer(testOptions({ protocolVersion: 2, ...input }), exchange);
}

/** A client of the server under test, without a network. */
class Client {
  readonly wire = new FakeWire();

  constructor() {
    server.admit(this.wire, '127.0.0.1');
  }

  get socket(): SCSocket {
    return this.wire.owner as SCSocket;
  }

  say(message: unknown): void {
    const text = typeof message === 'string' ? message : JSON.stringify(message);
    server.wires.message(this.wire, Buffer.from(text), false);
  }

  /** What the server has said since the last call, parsed. */
  hear(): unknown[] {
    return this.wire.frames.splice(0).map((frame) => {
      const text = frame.subarray(frame[1] === 126 ? 4 : 2).toString();
      return text.startsWith('{') ? JSON.parse(text) : text;
    });
  }

  open(): this {
    this.say({ event: '#handshake', data: { authToken: null }, cid: 1 });
    this.hear();
    return this;
  }
}

const sign = (payload: object, secret = 'secret'): string => jwt.sign(payload, secret);
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('#handshake is answered with id, ping time-out and state', () => {
  const client = new Client();
  client.say('{"event":"#handshake","data":{"authToken":null},"cid":57}');
  expect(client.hear()).toEqual([
    { rid: 57, data: { id: client.socket.id, pingTimeout: 20_000, isAuthenticated: false } },
  ]);
  expect(client.socket.id).toMatch(/^[\w-]{20}$/);
  expect(server.clientsCount).toBe(1);
});

test('#handshake takes every form a published client sends', () => {
  for (const packet of [
    '{"data":{},"event":"#handshake","cid":1}',
    '{"event":"#handshake","cid":1}',
    '{"cid": 1, "data": {"authToken": null}, "event": "#handshake"}',
    '[{"event":"#handshake","data":{"authToken":null},"cid":1}]',
  ]) {
    const client = new Client();
    client.say(packet);
    expect(client.hear()).toHaveLength(1);
    expect(client.socket.state).toBe('open');
  }
});

test('#handshake without cid opens and answers nothing', () => {
  const client = new Client();
  client.say('{"event":"#handshake"}');
  expect(client.hear()).toEqual([]);
  expect(client.socket.state).toBe('open');
});

test('#handshake of a second time is refused and connects nobody twice', () => {
  const connection = vi.fn();
  server.on('connection', connection);
  const client = new Client().open();
  client.say({ event: '#handshake', data: { authToken: null }, cid: 2 });
  client.say({ event: '#handshake', data: { authToken: null } });
  expect(client.hear()).toMatchObject([{ rid: 2, error: { name: 'InvalidActionError' } }]);
  expect(connection).toHaveBeenCalledOnce();
  expect(server.clientsCount).toBe(1);
});

test('#handshake with a good token authenticates', () => {
  const client = new Client();
  client.say({ event: '#handshake', data: { authToken: sign({ username: 'bob' }) }, cid: 1 });
  expect(client.hear()).toMatchObject([{ rid: 1, data: { isAuthenticated: true } }]);
  expect(client.socket.authToken).toMatchObject({ username: 'bob' });
});

test('#handshake with a bad token connects unauthenticated and takes the token away', () => {
  const client = new Client();
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
  const client = new Client();
  const nbf = Math.floor(Date.now() / 1_000) + 100;
  client.say({ event: '#handshake', data: { authToken: sign({ nbf }) }, cid: 1 });
  expect(client.hear()).toMatchObject([{ data: { authError: { name: 'AuthTokenNotBeforeError' } } }]);
});

test('any other message before #handshake closes with 4009', () => {
  for (const message of ['{"event":"x"}', '#2', '', 'nonsense', '{"rid":1}', '[]', '{"event":"#publish"}']) {
    const client = new Client();
    client.say(message);
    const expected = message === '[]' ? undefined : 4009;
    expect(client.wire.closedWith?.code).toBe(expected);
  }
});

test('an event reaches its listeners, and a call gets their answer', () => {
  const heard: unknown[] = [];
  const client = new Client().open();
  client.socket.on('echo', (data, respond) => {
    heard.push(data);
    respond(null, data);
  });
  client.say({ event: 'echo', data: { a: 1 } });
  client.say({ event: 'echo', data: null, cid: 0 });
  client.say({ event: 'echo', cid: 'abc' });
  expect(heard).toEqual([{ a: 1 }, null, undefined]);
  expect(client.hear()).toEqual([{ rid: 0, data: null }, { rid: 'abc' }]);
});

test('a call can be answered with an error, and only once', () => {
  const client = new Client().open();
  let again: () => void = () => undefined;
  client.socket.on('fail', (_data, respond) => {
    respond(Object.assign(new Error('boom'), { code: 'E1' }));
    again = () => respond();
  });
  client.say({ event: 'fail', cid: 5 });
  expect(client.hear()).toEqual([{ rid: 5, error: { message: 'boom', code: 'E1' } }]);
  expect(again).toThrow('Response 5 has already been sent');
});

test('a call nobody listens to gets no answer', () => {
  const client = new Client().open();
  client.say({ event: 'unknown', cid: 3 });
  client.say({ event: '#unknown', cid: 4 });
  expect(client.hear()).toEqual([]);
});

test('a client cannot raise the local events of its socket', () => {
  const client = new Client().open();
  const listener = vi.fn();
  client.socket.on('disconnect', listener);
  client.socket.on('error', listener);
  client.say({ event: 'disconnect', data: 1, cid: 1 });
  client.say({ event: 'error', data: 1 });
  expect(listener).not.toHaveBeenCalled();
});

test('what is no packet is raised as raw', () => {
  const client = new Client().open();
  const raw: unknown[] = [];
  client.socket.on('raw', (message) => raw.push(message));
  client.say('hello');
  client.say('[1,{"event":"x"}]');
  server.wires.message(client.wire, Buffer.from([1, 2]), true);
  expect(raw).toEqual(['hello', 1, Buffer.from([1, 2])]);
});

test('an array of more than 1,000 packets closes with 1008', () => {
  const client = new Client().open();
  client.say(JSON.stringify(Array.from({ length: 1_001 }, () => 0)));
  expect(client.wire.closedWith?.code).toBe(1008);
});

test('#subscribe is answered after the broker took note, in text and object form', async () => {
  const client = new Client().open();
  client.say({ event: '#subscribe', data: 'old', cid: 2 });
  client.say({ event: '#subscribe', data: { channel: 'new' }, cid: 3 });
  client.say({ event: '#subscribe', data: { channel: 'new' }, cid: 4 });
  await settled();
  expect(client.hear()).toEqual([{ rid: 2 }, { rid: 3 }, { rid: 4 }]);
  expect(client.socket.subscriptions()).toEqual(['old', 'new']);
});

test('#subscribe refuses a name that is no text and a channel too many', async () => {
  start({ socketChannelLimit: 1 });
  const client = new Client().open();
  client.say({ event: '#subscribe', data: { channel: 7 }, cid: 2 });
  client.say({ event: '#subscribe', cid: 3 });
  client.say({ event: '#subscribe', data: 'a', cid: 4 });
  client.say({ event: '#subscribe', data: 'b', cid: 5 });
  await settled();
  expect(client.hear()).toMatchObject([
    { rid: 2, error: { name: 'InvalidActionError' } },
    { rid: 3, error: { name: 'InvalidActionError' } },
    { rid: 5, error: { name: 'BrokerError' } },
    { rid: 4 },
  ]);
});

test('#publish reaches every subscriber once, the publisher before its answer', async () => {
  const [one, two] = [new Client().open(), new Client().open()];
  one.say({ event: '#subscribe', data: { channel: 'foo' }, cid: 2 });
  one.say({ event: '#subscribe', data: { channel: 'foo' }, cid: 3 });
  two.say({ event: '#subscribe', data: 'foo', cid: 2 });
  await settled();
  one.hear();
  two.hear();
  one.say({ event: '#publish', data: { channel: 'foo', data: { n: 1 } }, cid: 4 });
  await settled();
  const copy = { event: '#publish', data: { channel: 'foo', data: { n: 1 } } };
  expect(one.hear()).toEqual([copy, { rid: 4 }]);
  expect(two.hear()).toEqual([copy]);
});

test('#publish without data, without a subscription and without cid is delivered as it came', async () => {
  const [one, two] = [new Client().open(), new Client().open()];
  two.say({ event: '#subscribe', data: 'foo', cid: 2 });
  await settled();
  two.hear();
  one.say({ event: '#publish', data: { channel: 'foo' } });
  await settled();
  expect(one.hear()).toEqual([]);
  expect(two.hear()).toEqual([{ event: '#publish', data: { channel: 'foo' } }]);
});

test('#publish is refused without a name and where clients may not publish', async () => {
  const client = new Client().open();
  client.say({ event: '#publish', data: { data: 1 }, cid: 2 });
  client.say({ event: '#publish', data: 'foo', cid: 3 });
  await settled();
  expect(client.hear()).toMatchObject([
    { rid: 2, error: { name: 'InvalidActionError' } },
    { rid: 3, error: { name: 'InvalidActionError' } },
  ]);
  start({ allowClientPublish: false });
  const other = new Client().open();
  other.say({ event: '#publish', data: { channel: 'foo' }, cid: 2 });
  await settled();
  expect(other.hear()).toMatchObject([{ rid: 2, error: { message: 'Client publish feature is disabled' } }]);
});

test('#unsubscribe ends deliveries, in text and object form, and refuses what is not subscribed', async () => {
  const client = new Client().open();
  client.say({ event: '#subscribe', data: 'a', cid: 2 });
  client.say({ event: '#subscribe', data: 'b', cid: 3 });
  await settled();
  client.hear();
  client.say({ event: '#unsubscribe', data: 'a', cid: 4 });
  client.say({ event: '#unsubscribe', data: { channel: 'b' }, cid: 5 });
  client.say({ event: '#unsubscribe', data: 'nope', cid: 6 });
  client.say({ event: '#unsubscribe', data: 'nope' });
  await server.exchange.publish('a', 1);
  await server.exchange.publish('b', 1);
  expect(client.hear()).toMatchObject([{ rid: 4 }, { rid: 5 }, { rid: 6, error: { name: 'BrokerError' } }]);
});

test('channel names from Object.prototype are names like any other', async () => {
  const client = new Client().open();
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''];
  for (const [index, channel] of names.entries()) {
    client.say(`{"event":"#subscribe","data":{"channel":${JSON.stringify(channel)}},"cid":${index + 2}}`);
  }
  await settled();
  client.hear();
  for (const channel of names) {
    await server.exchange.publish(channel, 'x');
  }
  expect(client.hear()).toEqual(
    names.map((channel) => ({ event: '#publish', data: { channel, data: 'x' } })),
  );
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test('a socket that ends leaves its channels', async () => {
  const disconnection = vi.fn();
  server.on('disconnection', disconnection);
  const client = new Client().open();
  client.say({ event: '#subscribe', data: 'a', cid: 2 });
  await settled();
  const { socket } = client;
  server.wires.closed(client.wire, 1006, '');
  await server.exchange.publish('a', 1);
  expect(socket).toMatchObject({ state: 'closed' });
  expect(server.connections).toBe(0);
  expect(disconnection).toHaveBeenCalledExactlyOnceWith(socket, 1006, '');
});

test('#authenticate takes a good token and takes a bad one away', () => {
  const client = new Client().open();
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
  const client = new Client().open();
  client.say({ event: '#authenticate', data: sign({ username: 'eve' }), cid: 2 });
  client.hear();
  client.say({ event: '#removeAuthToken' });
  expect(client.hear()).toEqual([]);
  expect(client.socket.authState).toBe('unauthenticated');
});

test('a token whose time is up goes with the next packet or pong', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const client = new Client().open();
  client.socket.setAuthToken({ username: 'eve' }, { expiresIn: 10 });
  expect(client.hear()).toMatchObject([{ event: '#setAuthToken', data: { token: expect.any(String) } }]);
  vi.setSystemTime(Date.now() + 11_000);
  client.say('');
  expect(client.hear()).toEqual([{ event: '#removeAuthToken' }]);
  expect(client.socket.authState).toBe('unauthenticated');
  vi.useRealTimers();
});

test('kickOut() ends a subscription once and is no error for one that is none', async () => {
  const client = new Client().open();
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

test('emit() with a callback is a call the client answers', () => {
  const client = new Client().open();
  const answered = vi.fn();
  client.socket.emit('srvack', { x: 2 }, answered);
  expect(client.hear()).toEqual([{ event: 'srvack', data: { x: 2 }, cid: 1 }]);
  client.say({ data: 'client-ack', error: null, rid: 1 });
  expect(answered).toHaveBeenCalledExactlyOnceWith(null, 'client-ack');
});

test('invoke() rejects with the error of the client', async () => {
  const client = new Client().open();
  const call = client.socket.invoke('x');
  client.say({ rid: 1, error: { message: 'no' } });
  await expect(call).rejects.toMatchObject({ cause: { message: 'no' } });
});

test('ping protocol auto sends both pings until the first pong tells', () => {
  start({ protocolVersion: 'auto' });
  for (const [pong, ping] of [
    ['#2', '#1'],
    ['', ''],
  ] as const) {
    const client = new Client();
    client.say({ event: '#handshake', cid: 1 });
    expect(client.hear().slice(1)).toEqual(['#1', '']);
    client.say(pong);
    client.socket.ping();
    expect(client.hear()).toEqual([ping]);
  }
});

test('disconnect() announces itself to clients of ping protocol 1 only', () => {
  start({ protocolVersion: 'auto' });
  const [old, young] = [new Client().open(), new Client().open()];
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
  const { socket } = new Client().open();
  expect(() => socket.disconnect(1005)).toThrow(RangeError);
  expect(() => socket.disconnect(9999)).toThrow(RangeError);
});

test("a client's #disconnect tells the reason of its end", () => {
  const disconnected = vi.fn();
  const client = new Client().open();
  client.socket.on('disconnect', disconnected);
  client.say({ event: '#disconnect', data: { code: 4321, data: { my: 'data' } }, cid: 9 });
  server.wires.closed(client.wire, 4321, '');
  expect(client.hear()).toEqual([]);
  expect(disconnected).toHaveBeenCalledExactlyOnceWith(4321, { my: 'data' });
});

test('a client that reads nothing is closed with 4100 and counted', () => {
  start({ outboundSoftLimit: 1_024, outboundHardLimit: 2_048 });
  const client = new Client().open();
  client.wire.waiting = 3_000;
  client.socket.emit('x');
  expect(client.wire.closedWith?.code).toBe(4100);
  expect(server.counters.others['tooSlow']).toBe(1);
});
