import { afterEach, beforeEach, expect, type Mock, onTestFinished, test, vi } from 'vitest';
import { limitMemory } from './memory.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

interface Scene {
  /** Bytes of each worker. */
  bytes: number[];
  restarted: number[];
  finish: () => void;
  warn: Mock<(id: number, pid: number, warning: Error) => void>;
  giveUp: Mock<(id: number, pid: number, error: Error) => void>;
}

function begin(bytes: number[], restart?: () => Promise<void>): Scene {
  const scene: Scene = { bytes, restarted: [], finish: () => undefined, warn: vi.fn(), giveUp: vi.fn() };
  const stop = limitMemory({
    mostBytes: 100,
    intervalMs: 1_000,
    withinMs: 50,
    workers: bytes.map((_, id) => ({
      pid: 10 + id,
      restart:
        restart ??
        (() => {
          scene.restarted.push(id);
          return new Promise((resolve) => {
            scene.finish = resolve;
          });
        }),
    })),
    snapshots: () => scene.bytes.map((rssBytes, id) => ({ pid: 10 + id, rssBytes })),
    warn: scene.warn,
    giveUp: scene.giveUp,
  });
  onTestFinished(stop);
  return scene;
}

test('limitMemory() replaces workers above the limit, one after the other, and says why', async () => {
  const scene = begin([101, 100, 500]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(scene.restarted).toEqual([0]);
  expect(scene.warn).toHaveBeenCalledExactlyOnceWith(
    0,
    10,
    new Error('Cannot keep worker 0: it holds 101 bytes, wanted are at most 100'),
  );
  await vi.advanceTimersByTimeAsync(5_000);
  expect(scene.restarted).toEqual([0]);
  scene.bytes[0] = 50;
  scene.finish();
  await vi.advanceTimersByTimeAsync(0);
  expect(scene.restarted).toEqual([0, 2]);
});

test('limitMemory() goes on looking when a new worker does not get ready', async () => {
  const scene = begin([101], () => Promise.reject(new Error('planted')));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(scene.warn.mock.calls.map(([, , { message }]) => message)).toEqual([
    'Cannot keep worker 0: it holds 101 bytes, wanted are at most 100',
    'planted',
    'Cannot keep worker 0: it holds 101 bytes, wanted are at most 100',
    'planted',
  ]);
});

test('limitMemory() gives up on a worker whose successor is as large, and says so once', async () => {
  const scene = begin([101], async () => undefined);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(scene.warn).toHaveBeenCalledOnce();
  expect(scene.giveUp).toHaveBeenCalledExactlyOnceWith(
    0,
    10,
    new Error(
      'Cannot keep worker 0 below 100 bytes: a new one holds 101 bytes already, wanted is more for killWorkerMemoryThreshold',
    ),
  );
});
