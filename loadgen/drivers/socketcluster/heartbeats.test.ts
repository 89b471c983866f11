import { expect, test } from 'vitest';
import { Heartbeats } from './heartbeats.ts';
import { heartbeatFrames } from './packets.ts';

const { 1: one, 2: two } = heartbeatFrames;

test.each([
  ['auto', [1, 2, 1, 2], [undefined, two, undefined, two]],
  ['auto', [1, 1, 1], [undefined, one, one]],
  ['auto', [2, 1], [two, undefined]],
  [1, [1, 2, 1], [one, undefined, one]],
  [2, [1, 2, 1], [undefined, two, undefined]],
] as const)('Heartbeats of protocol %s asked by %j answers in its own way', (version, asked, answers) => {
  const heartbeats = new Heartbeats(2, version);
  expect(asked.map((protocol) => heartbeats.answer(1, protocol))).toEqual(answers);
});

test('Heartbeats.reset() finds out anew', () => {
  const heartbeats = new Heartbeats(1, 'auto');
  heartbeats.answer(0, 2);
  heartbeats.reset(0);
  expect([heartbeats.answer(0, 1), heartbeats.answer(0, 1)]).toEqual([undefined, one]);
});
