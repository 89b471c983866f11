import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Message } from '../../process/index.ts';
import { Relay } from './relay.ts';

/** A worker that takes connections when the test says so. */
class FakeReceiver {
  readonly pid: number;
  readonly received: Message[] = [];
  readonly settlers: (() => void)[] = [];

  constructor(pid: number) {
    this.pid = pid;
  }

  sendHandle(message: Message, _handle: unknown, settled: () => void): void {
    this.received.push(message);
    this.settlers.push(settled);
  }
}

const tell = vi.fn<(message: Message) => void>();
let relay: Relay;
let worker: FakeReceiver;

beforeEach(() => {
  vi.useFakeTimers();
  tell.mockClear();
  relay = new Relay(tell);
  worker = new FakeReceiver(100);
  relay.add(worker);
  relay.open(0, 100);
  onTestFinished(() => relay.stop());
});
afterEach(() => vi.useRealTimers());

const connectionFor = (id: number, isUpgrade = true): Message => ({
  type: 'connection',
  worker: id,
  isUpgrade,
  head: 'h',
});
const makeHandle = (): { close: ReturnType<typeof vi.fn<() => void>> } => ({ close: vi.fn<() => void>() });

test('Relay passes a connection on and closes its own end once it has left', () => {
  const handle = makeHandle();
  relay.take(connectionFor(0), handle);
  expect(worker.received).toEqual([{ type: 'connection', head: 'h' }]);
  expect(handle.close).not.toHaveBeenCalled();
  worker.settlers[0]?.();
  expect(handle.close).toHaveBeenCalledOnce();
});

test('Relay closes a connection for a worker that is not there, or not ready', () => {
  relay.add(new FakeReceiver(101));
  for (const id of [1, 2, Number.NaN]) {
    const handle = makeHandle();
    relay.take(connectionFor(id), handle);
    expect(handle.close).toHaveBeenCalledOnce();
  }
});

test('Relay closes what still waits for a worker that ends', () => {
  const handles = [makeHandle(), makeHandle(), makeHandle()];
  for (const handle of handles) {
    relay.take(connectionFor(0), handle);
  }
  worker.settlers[0]?.();
  relay.close(100);
  expect(handles.map(({ close }) => close.mock.calls.length)).toEqual([1, 1, 1]);
  expect(relay.round().running).toEqual([]);
});

test('Relay counts sockets, not plain requests, on top of what a worker says of itself', () => {
  relay.noteFigures(0, { connections: 10, accepted: 30 });
  relay.take(connectionFor(0), makeHandle());
  relay.take(connectionFor(0, false), makeHandle());
  relay.noteDealt({ type: 'dealt', worker: 0, isUpgrade: true });
  expect(relay.round().running).toEqual([{ id: 0, connections: 12, isFull: false }]);
  relay.noteFigures(0, { connections: 12, accepted: 32 });
  expect(relay.round().running).toEqual([{ id: 0, connections: 12, isFull: false }]);
});

test('Relay counts those that are on their way to a worker, until that had the time to take them', () => {
  const counted = (): number | undefined => relay.round().running[0]?.connections;
  for (let n = 0; n < 30; n += 1) {
    relay.take(connectionFor(0), makeHandle());
  }
  relay.noteFigures(0, { connections: 4, accepted: 5 }); // one of five has left again
  expect(counted()).toBe(29);
  relay.take(connectionFor(0), makeHandle());
  relay.noteFigures(0, { connections: 28, accepted: 29 }); // the first of the two has gone on its way
  expect(counted()).toBe(29);
  relay.noteFigures(0, { connections: 29, accepted: 30 });
  expect(counted()).toBe(29);
});

test('Relay tells balancers at once who comes, goes, is full or not, and of all once a second', () => {
  expect(tell).toHaveBeenCalledTimes(1);
  relay.noteFull(0, true);
  expect(tell).toHaveBeenLastCalledWith({
    type: 'workers',
    running: [{ id: 0, connections: 0, isFull: true }],
  });
  relay.noteFull(0, false);
  expect(tell.mock.lastCall?.[0]).toMatchObject({ running: [{ isFull: false }] });
  relay.close(100);
  expect(tell).toHaveBeenLastCalledWith({ type: 'workers', running: [] });
  tell.mockClear();
  vi.advanceTimersByTime(3_000);
  expect(tell).toHaveBeenCalledTimes(3);
  relay.stop();
  vi.advanceTimersByTime(3_000);
  expect(tell).toHaveBeenCalledTimes(3);
});

test('Relay spares a worker that stands still, and lets no more than so many wait for it', () => {
  const handles = Array.from({ length: 1_100 }, makeHandle);
  handles.forEach((handle, index) => {
    relay.take(connectionFor(0), handle);
    if (index === 62) {
      expect(relay.round().running[0]?.isFull).toBe(false);
    }
  });
  expect(relay.round().running[0]?.isFull).toBe(true);
  expect(handles.filter(({ close }) => close.mock.calls.length === 0)).toHaveLength(1_024);
});

test('Relay passes connections to the process that took a worker over, and lets those on their way arrive', () => {
  const successor = new FakeReceiver(101);
  relay.add(successor);
  const [early, late] = [makeHandle(), makeHandle()];
  relay.take(connectionFor(0), early);
  relay.open(0, 101);
  relay.take(connectionFor(0), late);
  expect([worker.received.length, successor.received.length]).toEqual([1, 1]);
  expect(relay.round().running).toEqual([{ id: 0, connections: 1, isFull: false }]);
  relay.close(100);
  expect([early.close.mock.calls.length, late.close.mock.calls.length]).toEqual([1, 0]);
  expect(relay.round().running).toHaveLength(1);
});

test('Relay has a worker that stands still passed over as long as another is heard', () => {
  relay.add(new FakeReceiver(101));
  relay.open(1, 101);
  const fullOnes = (): boolean[] => relay.round().running.map(({ isFull }) => isFull);
  vi.advanceTimersByTime(2_000);
  relay.noteFigures(1, { connections: 5, accepted: 5 });
  vi.advanceTimersByTime(1_500);
  expect(fullOnes()).toEqual([true, false]);
  relay.noteFigures(0, { connections: 5, accepted: 5 });
  expect(fullOnes()).toEqual([false, false]);
  vi.advanceTimersByTime(4_000); // nobody is heard, so somebody must get what comes
  expect(fullOnes()).toEqual([false, false]);
});
