import { expect, test } from 'vitest';
import { createCollector, HeapMeter } from './heap.ts';

/** Garbage of so many arrays of a thousand numbers. */
function litter(arrays: number): unknown[] {
  return Array.from({ length: arrays }, () => new Array<number>(1_000).fill(0.5)).slice(-1);
}

test('HeapMeter counts what was allocated, also when it has been collected since', () => {
  const meter = new HeapMeter();
  meter.begin();
  litter(20_000);
  const { allocatedBytes, gcMicros } = meter.end();
  expect(allocatedBytes).toBeGreaterThan(0.9 * 20_000 * 8_000);
  expect(allocatedBytes).toBeLessThan(2 * 20_000 * 8_000);
  expect(gcMicros).toBeGreaterThan(0);
});

test('HeapMeter says nothing was used when it was not begun', () => {
  expect(new HeapMeter().end()).toEqual({ allocatedBytes: 0, gcMicros: 0 });
});

test('createCollector() makes a function that gives back what nobody holds', () => {
  const collect = createCollector();
  const target = new WeakRef(litter(1));
  return new Promise<void>((resolve) => {
    // A reference lives on until the end of its turn.
    setImmediate(() => {
      collect();
      expect(target.deref()).toBeUndefined();
      resolve();
    });
  });
});
