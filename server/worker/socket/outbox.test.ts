import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Wire } from '../../engine/index.ts';
import { FakeWire } from '../../testing.ts';
import { Outbox } from './outbox.ts';

const frame = (size: number): Buffer => Buffer.alloc(size);

function makeOutbox(): { outbox: Outbox; tooSlow: ReturnType<typeof vi.fn<(wire: Wire) => void>> } {
  const tooSlow = vi.fn<(wire: Wire) => void>();
  return { outbox: new Outbox({ softLimit: 100, hardLimit: 1_000, tooSlow }), tooSlow };
}

test('Outbox corks a wire at its first frame of a turn and uncorks it once at the end', async () => {
  const { outbox } = makeOutbox();
  const wire = new FakeWire();
  outbox.send(wire, frame(1));
  outbox.send(wire, frame(2));
  outbox.send(wire, frame(3));
  expect(wire).toMatchObject({ corks: 1, uncorks: 0 });
  await turn();
  expect(wire).toMatchObject({ corks: 1, uncorks: 1 });
  expect(wire.frames.map((each) => each.length)).toEqual([1, 2, 3]);
  expect(outbox.frames).toBe(3);
});

test('Outbox writes what has waited for 10 ms in a turn that goes on', async () => {
  const { outbox } = makeOutbox();
  const [slow, other] = [new FakeWire(), new FakeWire()];
  const clock = vi.spyOn(performance, 'now').mockReturnValue(1_000);
  onTestFinished(() => clock.mockRestore());
  const sendSome = (): void => {
    for (let sent = 0; sent < 32; sent += 1) outbox.send(slow, frame(1));
  };
  outbox.send(other, frame(1));
  clock.mockReturnValue(1_009);
  sendSome();
  expect([slow.uncorks, other.uncorks]).toEqual([0, 0]);
  clock.mockReturnValue(1_011);
  sendSome();
  expect([slow.uncorks, other.uncorks]).toEqual([1, 1]);
  outbox.send(other, frame(2));
  expect([other.corks, other.uncorks]).toEqual([2, 1]);
  await turn();
  expect([other.corks, other.uncorks]).toEqual([2, 2]);
  expect(slow.frames).toHaveLength(64);
  expect(slow.corks).toBe(slow.uncorks);
});

test('Outbox holds data of a congested wire back, lets pings overtake it, and keeps the order', () => {
  const { outbox } = makeOutbox();
  const wire = new FakeWire();
  wire.waiting = 200;
  outbox.send(wire, frame(1));
  outbox.send(wire, frame(2));
  outbox.send(wire, frame(3));
  outbox.ping(wire, frame(9));
  expect(wire.frames.map((each) => each.length)).toEqual([1, 9]);
  expect(outbox.congested).toBe(1);
  wire.drain();
  expect(wire.frames.map((each) => each.length)).toEqual([1, 9, 2, 3]);
  expect(outbox.congested).toBe(0);
});

test('Outbox reports a wire as too slow when the frame that is added passes the hard limit', () => {
  const { outbox, tooSlow } = makeOutbox();
  const wire = new FakeWire();
  wire.waiting = 200;
  outbox.send(wire, frame(10));
  outbox.send(wire, frame(800));
  expect(tooSlow).not.toHaveBeenCalled();
  outbox.send(wire, frame(1));
  expect(tooSlow).toHaveBeenCalledExactlyOnceWith(wire);
  expect(outbox.congested).toBe(0);
});

test('Outbox does not take corked bytes for waiting ones', () => {
  const { outbox, tooSlow } = makeOutbox();
  const wire = new FakeWire();
  // A healthy peer: the kernel takes everything as soon as it is uncorked.
  wire.uncork = () => {
    wire.waiting = 0;
  };
  wire.waiting = 2_000;
  outbox.send(wire, frame(2_000));
  expect(tooSlow).not.toHaveBeenCalled();
  expect(outbox.congested).toBe(0);
});

test('Outbox sends nothing to a wire that is no longer open', () => {
  const { outbox } = makeOutbox();
  const wire = new FakeWire();
  wire.isOpen = false;
  outbox.send(wire, frame(1));
  outbox.ping(wire, frame(1));
  expect(wire.frames).toEqual([]);
});

test('Outbox writes out all that waits, and a last frame, when a wire is finished', () => {
  const { outbox, tooSlow } = makeOutbox();
  const wire = new FakeWire();
  wire.waiting = 5_000;
  outbox.finish(wire, frame(1));
  wire.waiting = 200;
  outbox.send(wire, frame(2));
  outbox.send(wire, frame(3));
  outbox.finish(wire);
  expect(wire.frames.map((each) => each.length)).toEqual([1, 2, 3]);
  expect(wire.corks).toBe(wire.uncorks);
  expect(outbox.congested).toBe(0);
  expect(tooSlow).not.toHaveBeenCalled();
});
