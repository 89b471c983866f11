import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { minBinCodec } from '../../protocol/index.ts';
import { Client, makeServer } from '../testing.ts';

test('any other message before #handshake closes with 4009', () => {
  const server = makeServer();
  for (const message of ['{"event":"x"}', '#2', '', 'nonsense', '{"rid":1}', '[]', '{"event":"#publish"}']) {
    const client = new Client(server);
    client.say(message);
    const expected = message === '[]' ? undefined : 4009;
    expect(client.wire.closedWith?.code).toBe(expected);
  }
});

test('what is no packet is raised as raw', () => {
  const server = makeServer();
  const client = new Client(server).open();
  const raw: unknown[] = [];
  client.socket.on('raw', (message) => raw.push(message));
  client.say('hello');
  client.say('[1,{"event":"x"}]');
  server.wires.message(client.wire, Buffer.from([1, 2]));
  expect(raw).toEqual(['hello', 1, Buffer.from([1, 2])]);
});

test('an array of more than 1,000 packets closes with 1008', () => {
  const server = makeServer();
  const client = new Client(server).open();
  client.say(JSON.stringify(Array.from({ length: 1_001 }, () => 0)));
  expect(client.wire.closedWith?.code).toBe(1008);
});

test('ping protocol auto sends both pings until the first pong tells', () => {
  const server = makeServer({ protocolVersion: 'auto' });
  for (const [pong, ping] of [
    ['#2', '#1'],
    ['', ''],
  ] as const) {
    const client = new Client(server);
    client.say({ event: '#handshake', cid: 1 });
    expect(client.hear().slice(1)).toEqual(['#1', '']);
    client.say(pong);
    client.socket.ping();
    expect(client.hear()).toEqual([ping]);
  }
});

test("a client's #disconnect tells the reason of its end", () => {
  const server = makeServer();
  const disconnected = vi.fn();
  const client = new Client(server).open();
  client.socket.on('disconnect', disconnected);
  client.say({ event: '#disconnect', data: { code: 4321, data: { my: 'data' } }, cid: 9 });
  server.wires.closed(client.wire, 4321, '');
  expect(client.hear()).toEqual([]);
  expect(disconnected).toHaveBeenCalledExactlyOnceWith(4321, { my: 'data' });
});

test('receive() hears nothing of a client that was sent away, not even a handshake', () => {
  const server = makeServer();
  const connection = vi.fn();
  server.on('connection', connection);
  const early = new Client(server);
  early.say([{ event: 'x' }, { event: '#handshake', cid: 1 }]);
  early.say({ event: '#handshake', cid: 2 });
  expect(early.wire.closedWith?.code).toBe(4009);
  expect(connection).not.toHaveBeenCalled();

  const client = new Client(server).open();
  const heard = vi.fn();
  client.socket.on('leave', () => client.socket.disconnect());
  client.socket.on('more', heard);
  client.socket.on('raw', heard);
  client.say([{ event: 'leave' }, { event: 'more' }]);
  client.say({ event: 'more' });
  client.say('more');
  server.wires.message(client.wire, Buffer.from('more'));
  expect(heard).not.toHaveBeenCalled();
});

test('receive() takes JSON too deep to be sent on for raw', () => {
  const server = makeServer();
  const client = new Client(server).open();
  const raw = vi.fn();
  client.socket.on('echo', (data, respond) => respond(null, data));
  client.socket.on('raw', raw);
  const nested = (depth: number): string =>
    `{"event":"echo","data":${'['.repeat(depth)}${']'.repeat(depth)},"cid":1}`;
  client.say(nested(100_000));
  expect(raw).toHaveBeenCalledOnce();
  client.say(nested(900));
  expect(client.hear()).toHaveLength(1);
});

test('receive() does not take an empty array for a sign of life before the handshake', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const server = makeServer({ handshakeTimeout: 1_000 });
  const client = new Client(server);
  vi.advanceTimersByTime(900);
  client.say('[]');
  vi.advanceTimersByTime(200);
  expect(client.wire.closedWith?.code).toBe(4005);
});

test('nothing that an engine is given makes receive() throw', () => {
  const server = makeServer();
  server.setCodecEngine(minBinCodec);
  const client = new Client(server);
  const say = (message: Uint8Array): void => server.wires.message(client.wire, Buffer.from(message));
  say(minBinCodec.encode({ event: '#handshake', cid: 1 }));
  const packet = fc
    .tuple(fc.constantFrom('e', 'p', 'r', 'x'), fc.array(fc.jsonValue(), { maxLength: 4 }))
    .map(([letter, fields]) => minBinCodec.encode({ [letter]: fields }));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), packet), (message) => {
      say(message);
    }),
    { numRuns: 1_000 },
  );
  say(new Uint8Array(100_000).fill(0x91));
  const answered = vi.fn();
  client.socket.on('still there', answered);
  say(minBinCodec.encode({ event: 'still there' }));
  expect(answered).toHaveBeenCalledOnce();
});
