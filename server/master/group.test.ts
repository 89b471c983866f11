import { expect, test, vi } from 'vitest';
import { allReady, range, restartAll, sendAll, stopAll } from './group.ts';

test('range() numbers processes from 0', () => {
  expect(range(3)).toEqual([0, 1, 2]);
  expect(range(0)).toEqual([]);
});

test('sendAll() sends the same message to each', () => {
  const processes = [{ send: vi.fn() }, { send: vi.fn() }];
  const message = { type: 'x' };
  sendAll(processes, message);
  for (const { send } of processes) {
    expect(send).toHaveBeenCalledExactlyOnceWith(message);
  }
});

test('allReady() waits for the last, and rejects with one that does not get ready', async () => {
  await expect(
    allReady([{ ready: Promise.resolve() }, { ready: Promise.resolve() }]),
  ).resolves.toBeUndefined();
  const failed = Promise.reject(new Error('no'));
  await expect(allReady([{ ready: Promise.resolve() }, { ready: failed }])).rejects.toThrow('no');
});

test('stopAll() stops all at once and waits for the last', async () => {
  const ends: (() => void)[] = [];
  const stop = vi.fn((_withinMs: number) => new Promise<void>((resolve) => ends.push(resolve)));
  let hasEnded = false;
  const all = stopAll([{ stop }, { stop }], 500).then(() => {
    hasEnded = true;
  });
  expect(stop.mock.calls).toEqual([[500], [500]]);
  ends[0]?.();
  await Promise.resolve();
  expect(hasEnded).toBe(false);
  ends[1]?.();
  await all;
});

test('restartAll() replaces all at once', async () => {
  const restart = vi.fn(async () => undefined);
  await restartAll([{ restart }, { restart }], 500);
  expect(restart.mock.calls).toEqual([[500], [500]]);
});
