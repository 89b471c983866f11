import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Batch } from './batch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const frame = (size = 1): Buffer => Buffer.alloc(size);

test('Batch waits from its first frame, and not at all when it is empty', () => {
  const send = vi.fn();
  const batch = new Batch(send, 50);
  vi.advanceTimersByTime(30);
  batch.add(frame(1));
  vi.advanceTimersByTime(30);
  batch.add(frame(2));
  expect(send).not.toHaveBeenCalled();
  vi.advanceTimersByTime(20);
  expect(send).toHaveBeenCalledExactlyOnceWith([frame(1), frame(2)]);
  vi.advanceTimersByTime(500);
  batch.flush();
  expect(send).toHaveBeenCalledOnce();
});

test('Batch without a time waits until flush()', () => {
  const send = vi.fn();
  const batch = new Batch(send);
  batch.add(frame());
  vi.advanceTimersByTime(100_000);
  expect(send).not.toHaveBeenCalled();
  batch.flush();
  expect(send).toHaveBeenCalledExactlyOnceWith([frame()]);
});

test('Batch leaves when it is large, in packets or in bytes', () => {
  const send = vi.fn();
  const batch = new Batch(send);
  for (let count = 0; count < 2_500; count += 1) {
    batch.add(frame());
  }
  expect(send.mock.calls.map(([frames]) => frames.length)).toEqual([1_000, 1_000]);
  batch.add(frame(65_536));
  expect(send).toHaveBeenCalledTimes(3);
});

test('drop() forgets what waits', () => {
  const send = vi.fn();
  const batch = new Batch(send, 50);
  batch.add(frame());
  batch.drop();
  vi.advanceTimersByTime(100);
  batch.flush();
  expect(send).not.toHaveBeenCalled();
});
