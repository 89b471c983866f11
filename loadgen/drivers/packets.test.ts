import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeEvent, encodePublish, encodeSubscribe, handshakeFrame, PacketReader } from './packets.ts';

const START = 1_700_000_000_000;

/** What a reader makes of texts, told as short lines. */
function read(...texts: string[]): string[] {
  const seen: string[] = [];
  const reader = new PacketReader(
    {
      heartbeat: (_user, protocol) => seen.push(`heartbeat ${protocol}`),
      answer: (_user, count) => seen.push(`answer ${count}`),
      publication: (_user, { publisher, sequence, intended }) =>
        seen.push(`publication ${publisher} ${sequence} ${intended.toFixed(6)}`),
      response: (_user, call, isError) => seen.push(`response ${call} ${isError}`),
    },
    { reply: 'pong', startEpochMs: () => START },
  );
  for (const text of texts) {
    const bytes = Buffer.from(`###${text}###`);
    reader.read(0, bytes, 3, bytes.length - 3);
  }
  return seen;
}

/** Takes the mask off again. */
function textOf(frame: Buffer): string {
  const start = (frame[1] ?? 0) < 0xfe ? 6 : 8;
  return String(frame.subarray(start).map((byte, index) => byte ^ (frame[start - 4 + (index & 3)] ?? 0)));
}

test('PacketReader reads the same answer by bytes and by JSON.parse', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (count) => {
      const expected = [`answer ${count}`];
      expect(read(`{"event":"pong","data":{"count":${count}}}`)).toEqual(expected);
      expect(read(`{"data":{"count":${count}},"event":"pong"}`)).toEqual(expected);
      expect(read(`{"event":"pong","data":{"x":{},"count":${count}}}`)).toEqual(expected);
      expect(read(`[ {"event":"pong","data":{"count":${count}}} ]`)).toEqual(expected);
    }),
  );
});

test('PacketReader reads the same publication by bytes and by JSON.parse', () => {
  const times = fc.integer({ min: 0, max: 10 ** 10 }).map((micros) => micros / 1e6);
  const channels = fc.oneof(fc.constant('bench/3'), fc.string());
  fc.assert(
    fc.property(fc.nat(), fc.nat(), times, channels, (publisher, sequence, intended, channel) => {
      const options = { startEpochMs: START, filler: 'ff' };
      const text = textOf(encodePublish(channel, { publisher, sequence, intended }, options));
      const { event, data } = JSON.parse(text) as { event: string; data: { channel: string; data: object } };
      expect({ event, channel: data.channel }).toEqual({ event: '#publish', channel });
      const turned = JSON.stringify({ data: { data: data.data, channel: data.channel }, event });
      const expected = [`publication ${publisher} ${sequence} ${intended.toFixed(6)}`];
      expect(read(text)).toEqual(expected);
      expect(read(turned)).toEqual(expected);
    }),
  );
});

test.each([
  ['an answer without a count', '{"event":"pong"}', ['answer NaN']],
  ['an answer with other data', '{"event":"pong","data":{"count":"5"}}', ['answer NaN']],
  [
    'a publication of somebody else',
    '{"event":"#publish","data":{"channel":"a","data":7}}',
    ['publication NaN NaN NaN'],
  ],
  ['a response', '{"rid":2}', ['response 2 false']],
  ['a response with an error', '{"rid":3,"error":{"message":"no"}}', ['response 3 true']],
  ['several packets in one text', '[{"rid":2},{"rid":3}]', ['response 2 false', 'response 3 false']],
  ['an empty text', '', ['heartbeat 2']],
  ['the older heartbeat', '#1', ['heartbeat 1']],
  ['another event', '{"event":"pongs","data":{"count":1}}', []],
  ['a kick-out', '{"event":"#kickOut","data":{"channel":"a"}}', []],
  ['text that is no JSON', '#12', []],
  ['JSON that is no packet', '[null,7,"pong"]', []],
])('PacketReader understands %s', (_what, text, expected) => {
  expect(read(text)).toEqual(expected);
});

test('PacketReader throws at nothing', () => {
  const noise = fc.oneof(
    fc.string(),
    fc.json(),
    fc.json().map((json) => `{"event":"pong","data":${json}}`),
  );
  fc.assert(fc.property(noise, (text) => void read(text)));
});

test('the encoders write the packets every SocketCluster server knows', () => {
  expect(textOf(handshakeFrame)).toBe('{"event":"#handshake","data":{"authToken":null},"cid":1}');
  expect(textOf(encodeEvent('ping', { a: 1 }))).toBe('{"event":"ping","data":{"a":1}}');
  expect(textOf(encodeEvent('ping', undefined))).toBe('{"event":"ping"}');
  expect(textOf(encodeSubscribe('bench/0', 2))).toBe(
    '{"event":"#subscribe","data":{"channel":"bench/0"},"cid":2}',
  );
});
