import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textsOf } from '../wire/index.ts';
import { PacketReader } from './packet-reader.ts';
import { encodePublish } from './packets.ts';
import { noise } from './testing.ts';

const MARK = 'abc123';

const [read, readWhole] = [readerOf('pong'), readerOf(undefined)];

/** What a reader makes of texts, told as short lines. */
function readerOf(reply: string | undefined) {
  return (...texts: string[]): string[] => readAll(texts, reply);
}

function readAll(texts: string[], reply: string | undefined): string[] {
  return readBytes(
    texts.map((text) => Buffer.from(text)),
    reply,
  );
}

function readBytes(messages: Uint8Array[], reply: string | undefined): string[] {
  const seen: string[] = [];
  const reader = new PacketReader(
    {
      heartbeat: (_user, protocol) => seen.push(`heartbeat ${protocol}`),
      answer: (_user, count) => seen.push(`answer ${count}`),
      publication: (_user, { channel, publisher, sequence, intended }) =>
        seen.push(`publication ${channel} ${publisher} ${sequence} ${intended.toFixed(6)}`),
      foreign: () => seen.push('foreign'),
      response: (_user, call, isError, packet) =>
        seen.push(`response ${call} ${isError}${packet === undefined ? ' unparsed' : ''}`),
      event: (_user, event, data, call) => seen.push(`event ${event} ${JSON.stringify(data)} ${call}`),
      broken: () => seen.push('broken'),
    },
    { reply, mark: () => MARK },
  );
  for (const message of messages) {
    const bytes = Buffer.concat([Buffer.from('###'), message, Buffer.from('###')]);
    reader.read(0, bytes, 3, bytes.length - 3);
  }
  return seen;
}

const textOf = (frame: Buffer): string => textsOf(frame)[0] ?? '';

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
  fc.assert(
    fc.property(fc.nat(), fc.nat(), times, fc.nat(), (publisher, sequence, intended, channel) => {
      const options = { mark: MARK, filler: 'ff' };
      const text = textOf(encodePublish({ channel, publisher, sequence, intended }, options));
      const { event, data } = JSON.parse(text) as { event: string; data: { channel: string; data: object } };
      expect({ event, channel: data.channel }).toEqual({ event: '#publish', channel: `bench/${channel}` });
      const turned = JSON.stringify({ data: { data: data.data, channel: data.channel }, event });
      const expected = [`publication ${channel} ${publisher} ${sequence} ${intended.toFixed(6)}`];
      expect(read(text)).toEqual(expected);
      expect(read(turned)).toEqual(expected);
      const [other, otherTurned] = [text, turned].map((each) => each.replace(MARK, '000000'));
      expect([read(other ?? ''), read(otherTurned ?? '')]).toEqual([['foreign'], ['foreign']]);
    }),
  );
});

test.each([
  ['an answer without a count', '{"event":"pong"}', ['answer NaN']],
  ['an answer with other data', '{"event":"pong","data":{"count":"5"}}', ['answer NaN']],
  [
    'a publication of somebody else',
    '{"event":"#publish","data":{"channel":"a","data":7}}',
    ['publication NaN NaN NaN NaN'],
  ],
  ['a response', '{"rid":2}', ['response 2 false unparsed']],
  ['a response with data', '{"rid":2,"data":[{}]}', ['response 2 false unparsed']],
  ['a response without an error', '{"rid":2,"error":null}', ['response 2 false']],
  ['a response with an error', '{"rid":3,"error":{"message":"no"}}', ['response 3 true']],
  ['several packets in one text', '[{"rid":2},{"rid":3}]', ['response 2 false', 'response 3 false']],
  ['an empty text', '', ['heartbeat 2']],
  ['the older heartbeat', '#1', ['heartbeat 1']],
  ['another event', '{"event":"pongs","data":{"count":1}}', ['event pongs {"count":1} undefined']],
  [
    'a call of the server',
    '{"event":"#setAuthToken","data":{"token":"t"},"cid":4}',
    ['event #setAuthToken {"token":"t"} 4'],
  ],
  ['an event without data', '{"event":"#removeAuthToken"}', ['event #removeAuthToken undefined undefined']],
  ['a response beyond all numbers', '{"rid":1e999}', ['response Infinity false']],
  ['a response without a number', '{"rid":}', []],
  ['fields that are null', '{"rid":null,"event":null,"cid":null}', []],
  [
    'several packets, one of which is broken',
    '[{"rid":2},{"rid":"3"},{"rid":4}]',
    ['response 2 false', 'broken', 'response 4 false'],
  ],
  ['text that is no JSON', '#12', []],
  ['JSON that is no packet', '[null,7,"pong"]', []],
])('PacketReader understands %s', (_what, text, expected) => {
  expect(read(text)).toEqual(expected);
});

test.each([
  '{"event":"#publish"}',
  '{"event":"#publish","data":null}',
  '{"event":"#publish","data":["bench/1"]}',
  '{"event":"#publish","data":{"channel":7,"data":1}}',
  '{"event":"#publish","data":{"channel":{"toString":1,"valueOf":2}}}',
  '{"event":"#setAuthToken"}',
  '{"event":"#setAuthToken","data":"token","cid":1}',
  '{"event":"#setAuthToken","data":{"token":[]}}',
  '{"event":"#setAuthToken","data":{"token":null}}',
  '{"event":7}',
  '{"event":{},"data":{}}',
  '{"event":"news","cid":"1"}',
  '{"rid":"1"}',
  '{"rid":[1]}',
  '{"rid":{},"event":"pong"}',
])('PacketReader calls %s broken, whoever hears it', (text) => {
  expect([read(text), readWhole(text)]).toEqual([['broken'], ['broken']]);
});

test('PacketReader throws at nothing a target can send, and takes all of it for something it knows', () => {
  const known =
    /^(heartbeat [12]|answer \S+|publication( \S+){4}|foreign|response \S+ (true|false).*|event .*|broken)$/s;
  fc.assert(
    fc.property(fc.array(noise, { maxLength: 4 }), (messages) => {
      for (const told of [...readBytes(messages, 'pong'), ...readBytes(messages, undefined)]) {
        expect(told).toMatch(known);
      }
    }),
    { numRuns: 500 },
  );
});

test('PacketReader without a reply tells answers and publications as events, and responses whole', () => {
  const publication = { channel: 'bench/1', data: { p: 1, n: 2, t: 3, f: '' } };
  const texts = [
    '{"event":"pong","data":{"count":1}}',
    JSON.stringify({ event: '#publish', data: publication }),
  ];
  expect(readWhole(...texts, '{"rid":2,"data":7}', '#1', '')).toEqual([
    'event pong {"count":1} undefined',
    `event #publish ${JSON.stringify(publication)} undefined`,
    'response 2 false',
    'heartbeat 1',
    'heartbeat 2',
  ]);
});
