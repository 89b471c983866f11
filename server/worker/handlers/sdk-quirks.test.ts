/**
 * What clients in other languages do differently from the JavaScript client, frame by frame, and captured
 * frames of real clients that no other test here sends.
 */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { Client, makeServer, settled, sign } from '../testing.ts';

/** A client whose socket answers each `echo` with what it was sent. */
function makeEcho(input: Parameters<typeof makeServer>[0] = {}): Client {
  const client = new Client(makeServer(input));
  client.socket.on('echo', (data, respond) => respond(null, data));
  return client;
}

// Python

test('Python: keys in any order, spaces, and a null error in an acknowledgement', async () => {
  const client = makeEcho();
  client.say('{"cid": 1, "data": {"authToken": null}, "event": "#handshake"}');
  client.say('{"cid": 2, "data": {"a": 1}, "event": "echo"}');
  client.say('{"cid": 3, "data": {"channel": "foo"}, "event": "#subscribe"}');
  await settled();
  client.say('{"cid": 4, "data": {"channel": "foo", "data": "x"}, "event": "#publish"}');
  await settled();
  expect(client.hear().slice(1)).toEqual([
    { rid: 2, data: { a: 1 } },
    { rid: 3 },
    { event: '#publish', data: { channel: 'foo', data: 'x' } },
    { rid: 4 },
  ]);
  const question = client.socket.invoke('question', 1);
  client.say('{"data": "answer", "error": null, "rid": 1}');
  expect(await question).toBe('answer');
});

test('Python, Java, Go: what follows #handshake in the same breath is served after its answer', async () => {
  const client = makeEcho();
  client.say('{"event":"#handshake","data":{"authToken":null},"cid":1}');
  client.say('{"event":"#subscribe","data":{"channel":"foo"},"cid":2}');
  client.say('{"event":"echo","data":"early","cid":3}');
  await settled();
  expect(client.hear()).toMatchObject([{ rid: 1 }, { rid: 3, data: 'early' }, { rid: 2 }]);
});

// Java

test('Java: no token in the handshake, an answer without error, and a subscription of its own besides', async () => {
  const client = makeEcho();
  client.say('{"data":{},"event":"#handshake","cid":1}');
  expect(client.hear()).toEqual([
    { rid: 1, data: { id: client.socket.id, pingTimeout: 20_000, isAuthenticated: false } },
  ]);
  client.say('{"data":{"channel":"foo"},"event":"#subscribe","cid":2}');
  client.say('{"data":{"channel":"foo"},"event":"#subscribe","cid":3}');
  await settled();
  client.say('{"data":{"channel":"foo","data":"x"},"event":"#publish","cid":4}');
  await settled();
  expect(client.hear()).toEqual([
    { rid: 2 },
    { rid: 3 },
    { event: '#publish', data: { channel: 'foo', data: 'x' } },
    { rid: 4 },
  ]);
  const question = client.socket.invoke('question');
  client.say('{"data":"answer","rid":1}');
  expect(await question).toBe('answer');
});

// Go

test('Go: both pongs are life, and neither reaches the application', () => {
  const server = makeServer({ protocolVersion: 'auto' });
  const client = new Client(server);
  const raw = vi.fn();
  client.socket.on('raw', raw);
  client.say('{"event":"#handshake","data":{"authToken":null},"cid":1}');
  expect(client.hear().slice(1)).toEqual(['#1', '']);
  client.say('#2');
  client.say('');
  client.socket.ping();
  expect(client.hear()).toEqual(['#1']);
  expect(raw).not.toHaveBeenCalled();
  expect(client.wire.isOpen).toBe(true);
});

test('Go: a cid with every event, null for no data, and #unsubscribe with an object', async () => {
  const client = makeEcho().open();
  const heard = vi.fn();
  client.socket.on('tell', heard);
  client.say('{"event":"tell","data":null,"cid":2}');
  client.say('{"event":"#subscribe","data":{"channel":"foo"},"cid":3}');
  await settled();
  client.say('{"event":"#unsubscribe","data":{"channel":"foo"},"cid":9}');
  expect(heard).toHaveBeenCalledExactlyOnceWith(null, expect.any(Function));
  expect(client.hear()).toEqual([{ rid: 3 }, { rid: 9 }]);
  expect(client.socket.subscriptions()).toEqual([]);
});

// .NET

test('.NET: indentation, line ends of Windows, and a cid of more than 32 bits', () => {
  const client = makeEcho().open();
  client.say('{\r\n  "event": "echo",\r\n  "data": "x",\r\n  "cid": 9007199254740991\r\n}');
  expect(client.hear()).toEqual([{ rid: 9_007_199_254_740_991, data: 'x' }]);
});

// Ruby

test('Ruby: a misspelt c_id asks for no answer, and an answer under cid settles nothing and harms nothing', () => {
  const client = makeEcho().open();
  const raw = vi.fn();
  const answered = vi.fn();
  client.socket.on('raw', raw);
  client.socket.emit('question', 1, answered);
  client.hear();
  client.say('{"event":"echo","data":"x","c_id":2}');
  client.say('{"event":"echo","data":"x","cid":null}');
  client.say('{"cid":1,"data":"answer"}');
  expect(client.hear()).toEqual([]);
  expect(raw).toHaveBeenCalledExactlyOnceWith('{"cid":1,"data":"answer"}');
  expect(answered).not.toHaveBeenCalled();
  expect(client.wire.isOpen).toBe(true);
});

// C, Dart and others from before 2020

test('SDKs from before 2020: the ping they know comes first', () => {
  const client = new Client(makeServer({ protocolVersion: 'auto' })).open();
  client.socket.ping();
  expect(client.hear()).toEqual(['#1', '']);
});

// The oldest JavaScript clients

test('JavaScript up to 4: the second #disconnect, which has no data, does not undo the first', () => {
  const server = makeServer();
  const client = new Client(server).open();
  const disconnected = vi.fn();
  client.socket.on('disconnect', disconnected);
  client.say('{"event":"#disconnect","data":{"code":4321,"data":{"my":"data"}},"cid":2}');
  client.say('{"event":"#disconnect","data":{"code":4321},"cid":3}');
  server.wires.closed(client.wire, 4321, '');
  expect(client.hear()).toEqual([]);
  expect(disconnected).toHaveBeenCalledExactlyOnceWith(4321, { my: 'data' });
});

test('JavaScript up to 4: #unsubscribe and #publish with a cid are answered, a plain event is not', async () => {
  const client = new Client(makeServer()).open();
  client.socket.on('tell', () => undefined);
  client.say('{"event":"#subscribe","data":"foo","cid":2}');
  client.say('{"event":"tell","data":1,"cid":3}');
  await settled();
  client.say('{"event":"#unsubscribe","data":"foo","cid":4}');
  client.say('{"event":"#publish","data":{"channel":"foo","data":1},"cid":5}');
  await settled();
  expect(client.hear()).toEqual([{ rid: 2 }, { rid: 4 }, { rid: 5 }]);
});

// Arrays of JavaScript 8 and later

test('an array is answered packet by packet, never with an array, the copy before its rid', async () => {
  const client = makeEcho().open();
  client.say(
    '[{"event":"#subscribe","data":{"channel":"b1","batch":true},"cid":32},{"event":"#subscribe","data":{"channel":"b2","batch":true},"cid":33}]',
  );
  await settled();
  expect(client.hear()).toEqual([{ rid: 32 }, { rid: 33 }]);
  client.say(
    '[{"event":"echo","data":1,"cid":9001},{"event":"echo","data":2,"cid":9002},{"event":"#publish","data":{"channel":"b1","data":"z"},"cid":9003}]',
  );
  await settled();
  expect(client.hear()).toEqual([
    { rid: 9001, data: 1 },
    { rid: 9002, data: 2 },
    { event: '#publish', data: { channel: 'b1', data: 'z' } },
    { rid: 9003 },
  ]);
});

// Tokens, as captured

test('#setAuthToken and #removeAuthToken ask for no answer, and survive one', () => {
  const client = new Client(makeServer()).open();
  void client.socket.setAuthToken({ username: 'eve' });
  void client.socket.deauthenticate();
  expect(client.wire.texts.map((text) => Object.keys(JSON.parse(text)))).toEqual([
    ['event', 'data'],
    ['event'],
  ]);
  client.say({ rid: 1, error: { message: 'No token data provided', name: 'InvalidMessageError' } });
  expect(client.wire.isOpen).toBe(true);
});

test('#handshake with an expired token tells when it expired, then takes it away', () => {
  const client = new Client(makeServer());
  client.say({ event: '#handshake', data: { authToken: sign({ exp: 1_000 }) }, cid: 1 });
  expect(client.hear()).toEqual([
    {
      rid: 1,
      data: {
        id: client.socket.id,
        pingTimeout: 20_000,
        isAuthenticated: false,
        authError: {
          message: 'jwt expired',
          name: 'AuthTokenExpiredError',
          expiry: '1970-01-01T00:16:40.000Z',
          isBadToken: true,
        },
      },
    },
    { event: '#removeAuthToken' },
  ]);
});

test('#authenticate with a token whose time is to come is no error and takes nothing away', () => {
  const client = new Client(makeServer()).open();
  const nbf = Math.floor(Date.now() / 1_000) + 100;
  client.say({ event: '#authenticate', data: sign({ nbf }), cid: 30 });
  expect(client.hear()).toEqual([
    {
      rid: 30,
      data: {
        isAuthenticated: false,
        authError: {
          message: 'jwt not active',
          name: 'AuthTokenNotBeforeError',
          date: new Date(nbf * 1_000).toISOString(),
          isBadToken: false,
        },
      },
    },
  ]);
});

test('#authenticate with null says that a token must be provided', () => {
  const client = new Client(makeServer()).open();
  client.say({ event: '#authenticate', data: null, cid: 31 });
  expect(client.hear()).toMatchObject([
    { rid: 31, error: { message: 'jwt must be provided', name: 'AuthTokenInvalidError' } },
    { event: '#removeAuthToken' },
  ]);
});

test('Java: isAuthenticated, which it takes for a handshake, stands in answers about tokens and nowhere else', async () => {
  const server = makeServer();
  const client = new Client(server).open();
  client.say({ event: '#subscribe', data: 'c', cid: 2 });
  client.say({ event: '#publish', data: { channel: 'c', data: 1 }, cid: 3 });
  client.say({ event: '#handshake', cid: 4 });
  await settled();
  void client.socket.setAuthToken({ name: 'eve' });
  client.socket.emit('x', {});
  void client.socket.deauthenticate();
  client.socket.kickOut();
  expect(client.wire.texts).toHaveLength(8);
  expect(client.wire.texts.join()).not.toContain('isAuthenticated');
  client.hear();
  client.say({ event: '#authenticate', data: sign({ name: 'eve' }), cid: 5 });
  expect(client.hear()).toMatchObject([{ rid: 5, data: { isAuthenticated: true } }]);
});

// Answers

test('a call may be answered with text for an error, with an error and data, and with nothing', () => {
  const client = new Client(makeServer()).open();
  client.socket.on('say', (data, respond) => respond(...(data as [unknown, unknown])));
  client.say({ event: 'say', data: ['plain string'], cid: 5 });
  client.say({ event: 'say', data: ['plain string', { also: 'data' }], cid: 6 });
  client.say({ event: 'say', data: [], cid: 7 });
  expect(client.hear()).toEqual([
    { rid: 5, error: 'plain string' },
    { rid: 6, error: 'plain string', data: { also: 'data' } },
    { rid: 7 },
  ]);
});

test('a slow answer is overtaken by a fast one', async () => {
  const client = makeEcho().open();
  client.socket.on('slow', (_data, respond) => void settled().then(() => respond(null, 'at last')));
  client.say({ event: 'slow', cid: 6 });
  client.say({ event: 'echo', data: 'at once', cid: 8 });
  await vi.waitFor(() => expect(client.wire.frames).toHaveLength(2));
  expect(client.hear()).toEqual([
    { rid: 8, data: 'at once' },
    { rid: 6, data: 'at last' },
  ]);
});

test('no answer bears a number that was not asked, and none comes twice', async () => {
  const cid = fc.option(fc.oneof(fc.integer(), fc.string()), { nil: undefined });
  const channel = fc.constantFrom('a', 'b', '__proto__');
  const packet = fc.oneof(
    fc.record({ event: fc.constantFrom('echo', 'unknown', '#unknown', '#handshake'), data: fc.jsonValue() }),
    fc.record({
      event: fc.constantFrom('#subscribe', '#publish', '#unsubscribe'),
      data: fc.oneof(channel, fc.record({ channel, data: fc.jsonValue() }), fc.jsonValue()),
    }),
    fc.record({
      event: fc.constantFrom('#authenticate', '#removeAuthToken', '#disconnect'),
      data: fc.jsonValue(),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(packet, cid), { maxLength: 20 }), async (packets) => {
      const server = makeServer();
      const client = new Client(server).open();
      client.socket.on('echo', (data, respond) => respond(null, data));
      const asked = packets.flatMap(([, id]) => (id === undefined ? [] : [JSON.stringify(id)]));
      for (const [each, id] of packets) {
        client.say({ ...each, cid: id });
      }
      await settled();
      for (const answer of client.hear() as { rid?: number | string }[]) {
        if (answer.rid === undefined) continue;
        const place = asked.indexOf(JSON.stringify(answer.rid));
        expect(place).not.toBe(-1);
        asked.splice(place, 1);
      }
      server.heartbeat.stop();
    }),
    { numRuns: 200 },
  );
});
