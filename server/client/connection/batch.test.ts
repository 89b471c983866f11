import { beforeEach, expect, test } from 'vitest';
import { MAX_BATCH } from '../../protocol/index.ts';
import { ManualClock } from '../testing.ts';
import { Batch } from './batch.ts';

let clock: ManualClock;
let sent: (number | number[])[];
let batch: Batch<number>;

beforeEach(() => {
  clock = new ManualClock();
  sent = [];
  batch = new Batch<number>((packets) => sent.push(packets), clock);
});

test('Batch sends each packet alone unless told to collect', () => {
  batch.add(1);
  batch.start();
  batch.add(2);
  batch.add(3);
  expect(sent).toEqual([1]);
  batch.flush();
  batch.add(4);
  expect(sent).toEqual([1, [2, 3], 4]);
});

test('flush() sends nothing for nothing and never more than a server takes', () => {
  batch.flush();
  expect(sent).toEqual([]);
  batch.start();
  for (let count = 0; count < MAX_BATCH + 1; count += 1) {
    batch.add(count);
  }
  batch.flush();
  expect(sent.map((packets) => (packets as number[]).length)).toEqual([MAX_BATCH, 1]);
});

test('cancel() forgets and ends the collecting, drop() only forgets', () => {
  batch.start();
  batch.add(1);
  batch.drop();
  batch.add(2);
  expect(sent).toEqual([]);
  batch.cancel();
  batch.add(3);
  expect(sent).toEqual([3]);
});

test('around() sends in one message, and leaves an outer batch to its owner', () => {
  batch.around(() => {
    batch.add(1);
    batch.add(2);
  });
  expect(sent).toEqual([[1, 2]]);
  batch.start();
  batch.around(() => batch.add(3));
  expect(sent).toHaveLength(1);
  batch.flush();
  expect(sent).toEqual([[1, 2], [3]]);
});

test('startRegular() sends every interval until stopRegular()', () => {
  batch.startRegular(50);
  batch.add(1);
  clock.advance(50);
  batch.add(2);
  clock.advance(50);
  batch.add(3);
  batch.stopRegular();
  batch.add(4);
  expect(sent).toEqual([[1], [2], [3], 4]);
  expect(clock.pauses).toEqual([]);
});

test('startFor() collects for a while, then no more', () => {
  batch.startFor(100);
  batch.add(1);
  batch.add(2);
  clock.advance(100);
  batch.add(3);
  expect(sent).toEqual([[1, 2], 3]);
});
