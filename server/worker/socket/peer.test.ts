import { expect, test, vi } from 'vitest';
import type { Wire } from '../../engine/index.ts';
import { FakeWire } from '../../testing.ts';
import { Outbox } from './outbox.ts';
import { Peer } from './peer.ts';

/** A peer whose outbox holds data back from 100 bytes on and gives up at `hardLimit`. */
function makePeer(
  protocolVersion: 1 | 2 | 'auto' = 2,
  hardLimit = 1_000,
): { peer: Peer; wire: FakeWire; tooSlow: () => number } {
  const wire = new FakeWire();
  const tooSlow = vi.fn((_wire: Wire) => peer.close('tooSlow'));
  const outbox = new Outbox({ softLimit: 100, hardLimit, tooSlow });
  const peer = new Peer(wire, outbox, protocolVersion);
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
    peer.sendText('x');
    expect(tooSlow()).toBe(1);
    expect(wire.closedWith).toEqual({ code: 4100, reason: 'Client reads too slowly' });
  }
});

test('Peer sends what waits before it closes', () => {
  const { peer, wire } = makePeer(1);
  wire.waiting = 200;
  peer.sendText('one');
  peer.sendText('two');
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
  peer.sendText('late');
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
  peer.sendText('packet');
  peer.sendText('waits');
  peer.send('raw');
  peer.send(Uint8Array.of(1, 2, 3));
  expect(wire.texts).toEqual(['packet']);
  wire.drain();
  expect(wire.texts).toEqual(['packet', 'waits', 'raw', '\x01\x02\x03']);
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
