import { expect, test } from 'vitest';
import { channels, gapOf, pingPong } from '../../plan/testing.ts';
import { textsOf } from '../wire/index.ts';
import type { PacketSink } from './packet-reader.ts';
import { createVoice } from './voice.ts';

const silent = (): void => undefined;
const sink: PacketSink = {
  heartbeat: silent,
  answer: silent,
  publication: silent,
  foreign: silent,
  response: silent,
  event: silent,
  broken: silent,
};
const voiceOf = (behaviour: Parameters<typeof createVoice>[0]) => createVoice(behaviour, sink, () => '');

test('createVoice() repeats the event of a ping-pong once, twice and so on', () => {
  const { batches, encodeCall } = voiceOf(pingPong({ payload: { a: 1 } }));
  expect(batches).toHaveLength(64);
  expect(textsOf(batches[2]!)).toEqual(Array(3).fill('{"event":"ping","data":{"a":1}}'));
  expect(encodeCall).toBeUndefined();
});

test('createVoice() keeps writes of long events short, and sends those that are longer still by themselves', () => {
  expect(voiceOf(pingPong({ payload: 'x'.repeat(100_000) })).batches).toHaveLength(2);
  expect(voiceOf(pingPong({ payload: 'x'.repeat(300_000) })).batches).toHaveLength(1);
});

test('createVoice() encodes calls, fillers and nothing else', () => {
  const calls = voiceOf({ kind: 'calls', event: 'c', payload: 7, every: gapOf(), model: 'open' });
  expect(textsOf(calls.encodeCall!(3))).toEqual(['{"event":"c","data":7,"cid":1000000003}']);
  expect(voiceOf(channels({ payloadBytes: 5 })).filler).toBe('fffff');
  expect(voiceOf({ kind: 'idle' })).toMatchObject({ batches: [], encodeCall: undefined, isCustom: false });
  expect(voiceOf({ kind: 'custom', file: 'f', options: null }).isCustom).toBe(true);
});
