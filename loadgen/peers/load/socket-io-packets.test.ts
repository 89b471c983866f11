import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textsOf } from '../../drivers/wire/index.ts';
import { callOf, encodeSocketIoEvent, heartbeatFrame, joinFrame, meaningOf } from './socket-io-packets.ts';

/** As a packet lies in a buffer that holds others too. */
function meaning(text: string, [before, behind] = ['', '']): string {
  const start = Buffer.byteLength(before);
  const bytes = Buffer.from(before + text + behind);
  return meaningOf(bytes, start, start + Buffer.byteLength(text));
}

test.each([
  ['0{"sid":"a","upgrades":[],"pingInterval":25000}', 'open'],
  ['40{"sid":"b"}', 'joined'],
  ['2', 'heartbeat'],
  ['42["pong",{"count":3}]', 'answer'],
  ['42["publish","bench/0",{"n":1}]', 'publication'],
  ['437[]', 'acknowledgement'],
  ['44{"message":"Invalid namespace"}', 'ended'],
  ['41', 'ended'],
  ['1', 'ended'],
  ['42["pongs"]', 'other'],
  ['42["other"]', 'other'],
  ['6', 'other'],
  ['', 'other'],
])('meaningOf() takes %s for %s, wherever it lies', (text, wanted) => {
  expect(meaning(text)).toBe(wanted);
  const around = fc.tuple(fc.string(), fc.string());
  const property = fc.property(around, (others) => {
    expect(meaning(text, others)).toBe(wanted);
  });
  fc.assert(property);
});

test('meaningOf() reads no further than the packet, however much lies behind it', () => {
  const packet = '42["publish","bench/0",{"n":1}]';
  const cuts = fc.integer({ min: 0, max: '42["publish'.length });
  fc.assert(
    fc.property(cuts, (length) => {
      expect(meaning(packet.slice(0, length), ['', packet.slice(length)])).not.toBe('publication');
    }),
  );
});

test('meaningOf() takes any bytes, and knows only what it was told', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const found = meaningOf(Buffer.from(bytes), 0, bytes.length);
      const text = Buffer.from(bytes).toString('latin1');
      expect(found === 'answer').toBe(text.startsWith('42["pong"'));
      expect(found === 'publication').toBe(text.startsWith('42["publish"'));
    }),
  );
});

test('encodeSocketIoEvent() writes what a server reads back, with a call number before the list', () => {
  const parameters = fc.tuple(fc.string(), fc.jsonValue());
  const calls = fc.option(fc.nat(), { nil: undefined });
  fc.assert(
    fc.property(parameters, calls, (event, call) => {
      const [text = ''] = textsOf(encodeSocketIoEvent(event, call));
      const [, number, list = ''] = /^42(\d*)(\[[\s\S]*)$/.exec(text) ?? [];
      expect(number).toBe(call === undefined ? '' : String(call));
      expect(JSON.stringify(JSON.parse(list))).toBe(JSON.stringify(event));
    }),
  );
});

test('callOf() reads the number that an acknowledgement bears', () => {
  fc.assert(
    fc.property(fc.nat(), fc.string(), (call, before) => {
      const text = `43${call}["done"]`;
      const start = Buffer.byteLength(before);
      expect(callOf(Buffer.from(before + text), start, start + text.length)).toBe(call);
    }),
  );
  expect(callOf(Buffer.from('43[]'), 0, 4)).toBeNaN();
});

test('joinFrame and heartbeatFrame are the two words of a user that says nothing else', () => {
  expect([joinFrame, heartbeatFrame].flatMap(textsOf)).toEqual(['40', '3']);
});
