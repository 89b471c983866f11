import { expect, onTestFinished, test, vi } from 'vitest';
import type { Wire } from '../../engine/index.ts';
import { minBinCodec } from '../../protocol/index.ts';
import { FakeWire } from '../../testing.ts';
import { Codec } from '../codec/index.ts';
import { Outbox } from './outbox.ts';
import { Peer } from './peer.ts';

/** A peer whose outbox holds data back from 100 bytes on and gives up at `hardLimit`. */
function makePeer(
  protocolVersion: 1 | 2 | 'auto' = 2,
  hardLimit = 1_000,
  codec = new Codec(),
): { peer: Peer; wire: FakeWire; tooSlow: () => number } {
  const wire = new FakeWire();
  const tooSlow = vi.fn((_wire: Wire) => peer.close('tooSlow'));
  const outbox = new Outbox({ softLimit: 100, hardLimit, tooSlow });
  const peer = new Peer(wire, { outbox, codec }, protocolVersion);
  return { peer, wire, tooSlow: () => tooSlow.mock.calls.length };
}

test('Peer pings in the protocol of the client, in both while it is unknown', () => {
  for (const [version, pings] of [
    [1, ['#1']],
    [2, ['']],
    ['auto', ['#1', '']],
  ] as const) {
    const { peer, wire } = makePeer(version);
    peer.ping();
    expect(wire.texts).toEqual(pings);
  }
});

test('Peer closes a slow client of either ping protocol once, however much waits', () => {
  for (const version of [1, 2] as const) {
    const { peer, wire, tooSlow } = makePeer(version, 100);
    wire.waiting = 5_000;
    peer.send('x');
    expect(tooSlow()).toBe(1);
    expect(wire.closedWith).toEqual({ code: 4100, reason: 'Client reads too slowly' });
  }
});

test('Peer sends what waits before it closes', () => {
  const { peer, wire } = makePeer(1);
  wire.waiting = 200;
  peer.send('one');
  peer.send('two');
  peer.closeWith(4321, 'bye');
  expect(wire.texts).toEqual(['one', 'two', '{"event":"#disconnect","data":{"code":4321,"data":"bye"}}']);
  expect(wire.corks).toBe(wire.uncorks);
  expect(wire.closedWith).toEqual({ code: 4321, reason: 'bye' });
});

test('Peer closes once and says nothing afterwards', () => {
  const { peer, wire } = makePeer(1);
  expect(peer.isReachable).toBe(true);
  peer.close('goingAway');
  peer.close('normal');
  peer.send('late');
  peer.send('late');
  peer.ping();
  expect(peer.isReachable).toBe(false);
  expect(wire.frames).toHaveLength(1);
  expect(wire.closedWith?.code).toBe(1001);
});

test('Peer cuts a reason to what a close frame can hold', () => {
  const { peer, wire } = makePeer();
  peer.closeWith(4000, 'é'.repeat(100));
  expect(wire.closedWith?.reason).toBe('é'.repeat(61));
});

test('Peer keeps raw messages in order with packets and within the limits', () => {
  const { peer, wire, tooSlow } = makePeer();
  wire.waiting = 200;
  peer.sendEvent('packet');
  peer.sendEvent('waits');
  peer.send('raw');
  peer.send(Uint8Array.of(1, 2, 3));
  expect(wire.texts).toEqual(['{"event":"packet"}']);
  wire.drain();
  expect(wire.texts).toEqual(['{"event":"packet"}', '{"event":"waits"}', 'raw', '\x01\x02\x03']);
  expect(wire.frames.map((frame) => frame[0])).toEqual([0x81, 0x81, 0x81, 0x82]);
  wire.waiting = 200;
  peer.send('x');
  peer.send('x'.repeat(900));
  expect(tooSlow()).toBe(1);
});

test('Peer terminates without a word', () => {
  const { peer, wire } = makePeer(1);
  peer.terminate();
  expect(wire.isOpen).toBe(false);
  expect(wire.frames).toEqual([]);
});

test('Peer behind an engine is pinged in protocol 1, then, when it answers to none, in protocol 2', () => {
  const codec = new Codec();
  codec.use(minBinCodec, 0);
  const { peer, wire } = makePeer('auto', 1_000, codec);
  for (let count = 0; count < 4; count += 1) {
    peer.ping();
  }
  expect(wire.texts).toEqual(['\ufffd#1', '\ufffd#1', '', '']);
  expect(peer.pingVersion).toBe(2);
  const old = makePeer('auto', 1_000, codec);
  old.peer.ping();
  old.peer.pingVersion = 1;
  old.peer.ping();
  old.peer.ping();
  expect(old.wire.texts).toEqual(['\ufffd#1', '\ufffd#1', '\ufffd#1']);
});

test('Peer behind an engine that encodes no pings gets those of protocol 2', () => {
  const codec = new Codec();
  const encode = (packet: unknown): string => String((packet as { event: string }).event.length);
  codec.use({ encode, decode: () => undefined }, 0);
  for (const version of [2, 'auto'] as const) {
    const { peer, wire } = makePeer(version, 1_000, codec);
    peer.ping();
    expect(wire.texts).toEqual(['']);
  }
});

test('startBatch() collects packets until flushBatch(), a single one without an array', () => {
  const { peer, wire } = makePeer();
  peer.startBatch();
  peer.sendEvent('a');
  peer.respond(1, undefined, 2);
  expect(wire.texts).toEqual([]);
  peer.flushBatch();
  peer.sendEvent('b');
  peer.startBatch();
  peer.sendEvent('c');
  peer.flushBatch();
  expect(wire.texts).toEqual(['[{"event":"a"},{"rid":1,"data":2}]', '{"event":"b"}', '{"event":"c"}']);
});

test('cancelBatch() and cancelBatching() forget what was collected', () => {
  const { peer, wire } = makePeer();
  peer.startBatch();
  peer.sendEvent('a');
  peer.cancelBatch();
  peer.batchEvery(10);
  peer.sendEvent('b');
  peer.cancelBatching();
  peer.sendEvent('c');
  expect(wire.texts).toEqual(['{"event":"c"}']);
});

test('batchEvery() sends an array per interval until stopBatching()', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { peer, wire } = makePeer();
  peer.batchEvery(50);
  for (const event of ['a', 'b']) {
    peer.sendEvent(event);
    peer.sendEvent(event);
    vi.advanceTimersByTime(50);
  }
  peer.sendEvent('c');
  peer.flushBatch();
  peer.sendEvent('d');
  expect(wire.texts).toHaveLength(3);
  peer.stopBatching();
  peer.sendEvent('e');
  expect(wire.texts).toEqual([
    '[{"event":"a"},{"event":"a"}]',
    '[{"event":"b"},{"event":"b"}]',
    '{"event":"c"}',
    '{"event":"d"}',
    '{"event":"e"}',
  ]);
});

test('batchFor() ends by itself, but not what the application has started meanwhile', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const [first, second] = [makePeer(), makePeer()];
  first.peer.batchFor(1_000, 400);
  first.peer.sendEvent('a');
  second.peer.batchFor(1_000, 400);
  second.peer.batchEvery(1_000);
  second.peer.sendEvent('a');
  vi.advanceTimersByTime(400);
  first.peer.sendEvent('b');
  expect(first.wire.texts).toEqual(['{"event":"a"}', '{"event":"b"}']);
  expect(second.wire.texts).toEqual([]);
});

test('Peer keeps pings, raw messages and its end in order with a batch', () => {
  const { peer, wire } = makePeer();
  peer.startBatch();
  peer.sendEvent('a');
  peer.ping();
  peer.send('raw');
  peer.sendEvent('b');
  peer.sendArray([Buffer.from([0x81, 2, 0x7b, 0x7d])]);
  peer.close('normal');
  expect(wire.texts).toEqual(['', '{"event":"a"}', 'raw', '[{"event":"b"},{}]']);
});
