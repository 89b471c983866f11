import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Wheel } from './wheel.ts';

test('Wheel visits each item at its tick, once', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 100 }), (waits) => {
      const visits: [number, number][] = [];
      const wheel = new Wheel<number>(50, (item, tick) => {
        visits.push([item, tick]);
        return 0;
      });
      for (const [item, wait] of waits.entries()) {
        wheel.add(item, wait);
      }
      for (let tick = 0; tick < 60; tick += 1) {
        wheel.advance();
      }
      expect(visits.toSorted(([a], [b]) => a - b)).toEqual(waits.map((wait, item) => [item, wait]));
    }),
  );
});

test('Wheel visits an item again after what its visit returned', () => {
  const ticks: number[] = [];
  const wheel = new Wheel<string>(10, (_item, tick) => {
    ticks.push(tick);
    return tick < 20 ? 7 : 0;
  });
  wheel.add('a', 3);
  for (let tick = 0; tick < 60; tick += 1) {
    wheel.advance();
  }
  expect(ticks).toEqual([3, 10, 17, 24]);
});

test('Wheel keeps a wait that is longer than itself to its longest', () => {
  const ticks: number[] = [];
  const wheel = new Wheel<string>(5, (_item, tick) => {
    ticks.push(tick);
    return 0;
  });
  wheel.add('a', 500);
  for (let tick = 0; tick < 10; tick += 1) {
    wheel.advance();
  }
  expect(ticks).toEqual([5]);
});
